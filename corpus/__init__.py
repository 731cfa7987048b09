"""The collection, store of record."""
