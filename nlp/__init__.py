"""Document -> Contract."""
