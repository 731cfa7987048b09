"""PDF reader: each page by its text layer or, where that is missing or broken, by OCR."""

from collections.abc import Iterator
from typing import Final

import pypdfium2 as pdfium

from ingest.blocks import Draft
from ingest.layout.build import build_draft
from ingest.layout.page import PageContent, lost_page
from ingest.ocr.read_picture import read_picture
from ingest.ocr.reader import reader_for
from ingest.options import ReadOptions
from ingest.pdf.digital import read_digital_page
from ingest.pdf.images import page_picture
from ingest.pdf.open import open_pdf
from schema.errors import ReadError

_WHOLE_FILE: Final = frozenset({"tool_missing", "reader_timeout", "file_encrypted"})


def read_pdf(data: bytes, options: ReadOptions) -> Draft:
    """Read a PDF.

    Raises:
        ReadError: `file_encrypted`, `file_damaged`, `file_too_large`.
    """
    document = open_pdf(data, options.password, options.limits)
    try:
        return build_draft(list(read_pages(document, options)))
    finally:
        document.close()


def read_pages(document: pdfium.PdfDocument, options: ReadOptions) -> Iterator[PageContent]:
    """Read page after page; one that cannot be read is empty and says why.

    Raises:
        ReadError: trouble that concerns all pages (`tool_missing`).
    """
    total = len(document)
    for index in range(total):
        try:
            yield _page(document, index, options)
        except ReadError as error:
            if error.code in _WHOLE_FILE:
                raise
            yield lost_page(index + 1, error.message, origin="text_layer")
        except Exception as error:  # whatever a library throws at a page costs that page only
            yield lost_page(index + 1, type(error).__name__, origin="text_layer")
        if options.progress is not None:
            options.progress(index + 1, total)


def _page(document: pdfium.PdfDocument, index: int, options: ReadOptions) -> PageContent:
    page = document[index]
    try:
        content, verdict = read_digital_page(page, index + 1)
        if verdict is None:
            return content
        image = page_picture(page, most_pixels=options.limits.pixels)
        width, height = page.get_size()
        reader = reader_for(options.engine, fast=options.fast)
        return read_picture(image, reader, number=index + 1, width=width, height=height, reason=verdict)
    finally:
        page.close()
