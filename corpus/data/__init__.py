"""Word lists a lawyer can extend."""
