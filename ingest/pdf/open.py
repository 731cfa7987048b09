"""Open a PDF: password, page limit, streams that unpack to far too much."""

import re
import zlib
from typing import Final

import pypdfium2 as pdfium

from ingest.options import Limits
from schema.errors import ReadError

_ERROR_PASSWORD: Final = 4
_STREAM: Final = re.compile(rb"stream\r?\n")
_ENDSTREAM: Final = b"endstream"
# zlib packs at most about 1032 : 1, so that a short stream cannot be a bomb by itself
_MOST_RATIO: Final = 1032
_STREAM_LIMIT: Final = 256_000_000
_CHUNK: Final = 1 << 20
_DOUBLE: Final = re.compile(rb"/Filter\s*\[\s*/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?")


def open_pdf(data: bytes, password: str | None, limits: Limits) -> pdfium.PdfDocument:
    """Open a PDF.

    Raises:
        ReadError: `file_encrypted`, `file_damaged`, `file_too_large`.
    """
    _refuse_bombs(data, min(_STREAM_LIMIT, limits.unpacked_bytes))
    try:
        document = pdfium.PdfDocument(data, password=password)
        # before the first page is opened, or its fields stay unknown
        document.init_forms()
        count = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _ERROR_PASSWORD:
            message = "the password does not open the PDF" if password else "the PDF is protected by a password"
            raise ReadError("file_encrypted", message) from error
        raise ReadError("file_damaged", "the PDF is cut off or broken") from error
    if count == 0:
        raise ReadError("file_damaged", "the PDF has no pages")
    if count > limits.pages:
        raise ReadError("file_too_large", f"the PDF has {count} pages, more than {limits.pages}")
    return document


def _refuse_bombs(data: bytes, most: int) -> None:
    """Unpack, without keeping it, every packed stream that could exceed the limit.

    Raises:
        ReadError: `file_too_large`.
    """
    for found in _STREAM.finditer(data):
        start = found.end()
        head = data[max(0, start - 300) : start]
        if b"/Fl" not in head.rpartition(b" obj")[2]:
            continue
        end = data.find(_ENDSTREAM, start)
        end = len(data) if end < 0 else end
        double = _DOUBLE.search(head)
        if double is None and (end - start) * _MOST_RATIO <= most:
            continue
        if _unpacked_size(data[start:end], most, twice=double is not None) > most:
            raise ReadError("file_too_large", f"a stream of the PDF unpacks to more than {most} bytes")


def _unpacked_size(packed: bytes, most: int, *, twice: bool) -> int:
    """Size a stream unpacks to, counted up to just beyond the limit; a broken one counts as far as it goes."""
    outer, inner, size = zlib.decompressobj(), zlib.decompressobj(), 0
    try:
        while size <= most and not outer.eof:
            chunk = outer.decompress(packed, _CHUNK)
            packed = outer.unconsumed_tail
            if not twice:
                size += len(chunk)
            while twice and chunk and size <= most and not inner.eof:
                size += len(inner.decompress(chunk, _CHUNK))
                chunk = inner.unconsumed_tail
            if not packed:
                break
    except zlib.error:
        pass
    return size
