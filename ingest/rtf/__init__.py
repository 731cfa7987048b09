"""RTF: the words of a rich text file as a word processor would print them."""
