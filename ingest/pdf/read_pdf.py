"""PDF reader: each page by its text layer or, where that is missing or broken, by OCR."""

from collections.abc import Iterator

import pypdfium2 as pdfium

from ingest.blocks import Draft, PageInfo
from ingest.layout.build import build_draft
from ingest.layout.page import PageContent
from ingest.options import ReadOptions
from ingest.pdf.digital import read_digital_page
from ingest.pdf.open import open_pdf
from schema.problem import Problem


def read_pdf(data: bytes, options: ReadOptions) -> Draft:
    """Read a PDF.

    Raises:
        ReadError: `file_encrypted`, `file_damaged`, `file_too_large`.
    """
    document = open_pdf(data, options.password, options.limits)
    try:
        return build_draft(list(_pages(document, options)))
    finally:
        document.close()


def _pages(document: pdfium.PdfDocument, options: ReadOptions) -> Iterator[PageContent]:
    total = len(document)
    for index in range(total):
        try:
            yield _page(document, index, options)
        except (pdfium.PdfiumError, ValueError, ArithmeticError, LookupError, MemoryError) as error:
            yield _lost_page(index + 1, error)
        if options.progress is not None:
            options.progress(index + 1, total)


def _page(document: pdfium.PdfDocument, index: int, options: ReadOptions) -> PageContent:
    page = document[index]
    try:
        return read_digital_page(page, index + 1)
    finally:
        page.close()


def _lost_page(number: int, error: Exception) -> PageContent:
    """A page that cannot be read costs itself only."""
    info = PageInfo(
        number=number, width=595.0, height=842.0, origin="text_layer", reason="page failed", grade="poor",
        grade_reason="the page could not be read",
    )  # fmt: skip
    problem = Problem(
        code="page_failed",
        severity="error",
        message=f"page {number} could not be read ({type(error).__name__}): look at it by eye",
        page=number,
    )
    return PageContent(info, problems=[problem])
