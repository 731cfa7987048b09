"""Rules a lawyer can read and extend, with their examples."""
