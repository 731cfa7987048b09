"""bytes of a file -> Document."""
