"""From lines on pages to paragraphs and tables in reading order."""
