"""Character recognition engines behind one protocol."""
