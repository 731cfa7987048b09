"""DOCX: the words of a Word file as Word would print them."""
