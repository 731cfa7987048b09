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
from ingest.pdf.embedded import read_embedded
from ingest.pdf.images import picture_and_size
from ingest.pdf.open import open_pdf
from ingest.pdf.triage import agrees
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
        found = read_digital_page(page, index + 1)
        if found.verdict is None and not found.doubtful:
            if found.pictures:
                reader = reader_for(options.engine, fast=options.fast)
                read_embedded(page, found.content, found.pictures, reader)
            return found.content
        seen = _by_eye(page, index + 1, found.verdict or "text layer disagrees with the picture", options)
        if found.verdict is None and agrees(_words(found.content), _words(seen)):
            return found.content
        return seen
    finally:
        page.close()


def _by_eye(page: pdfium.PdfPage, number: int, reason: str, options: ReadOptions) -> PageContent:
    """A page by OCR."""
    image, (width, height) = picture_and_size(page, most_pixels=options.limits.pixels)
    reader = reader_for(options.engine, fast=options.fast)
    return read_picture(image, reader, number=number, width=width, height=height, reason=reason)


def _words(content: PageContent) -> str:
    return "".join(line.text for line in content.lines)
