"""ODT: the words of an OpenDocument text as a word processor would print them."""
