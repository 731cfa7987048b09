"""PDF: words and lines of the text layer, or pictures for OCR, page by page."""
