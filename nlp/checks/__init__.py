"""Checks of a contract against itself: pure functions over its facts, listed in nlp.checks.rules."""
