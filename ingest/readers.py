"""READERS: media type -> the function that reads it. A new format is one file and one line in the table.

Modules are named, not imported: the libraries of a format load when a file of that format comes.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Final, cast

from ingest import sniff
from ingest.blocks import Draft
from ingest.options import ReadOptions

Reader = Callable[[bytes, ReadOptions], Draft]

READERS: Final[dict[str, str]] = {
    sniff.TEXT: "ingest.text:read_text",
    sniff.HTML: "ingest.markup.read_html:read_html",
    sniff.MHTML: "ingest.markup.read_html:read_mhtml",
    sniff.MARKDOWN: "ingest.markup.read_markdown:read_markdown",
    sniff.PDF: "ingest.pdf.read_pdf:read_pdf",
    sniff.DOC: "ingest.legacy_doc:read_legacy",
    sniff.WORD_XML: "ingest.legacy_doc:read_legacy",
    sniff.WPS: "ingest.legacy_doc:read_legacy",
    sniff.RTF: "ingest.rtf.read_rtf:read_rtf",
    sniff.ODT: "ingest.odt.read_odt:read_odt",
    sniff.OFD: "ingest.ofd.read_ofd:read_ofd",
    sniff.DOCX: "ingest.word.read_docx:read_docx",
    **dict.fromkeys((sniff.PNG, sniff.JPEG, sniff.TIFF, sniff.BMP, sniff.WEBP, sniff.GIF), "ingest.image:read_image"),
}


def reader_for(media_type: str) -> Reader | None:
    """The reader of a media type, None when there is none."""
    place = READERS.get(media_type)
    if place is None:
        return None
    module, _, function = place.partition(":")
    return cast(Reader, getattr(import_module(module), function))
