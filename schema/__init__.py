"""The types every package speaks: frozen pydantic models, no input or output, no logging."""
