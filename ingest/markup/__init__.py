"""HTML and Markdown: marked-up text as a browser would show it."""
