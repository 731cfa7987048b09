"""What a file is, by its bytes. Names lie: scanners write PNG files named .pdf, mail programs rename .docx to .doc."""

import io
import json
import zipfile
import zlib
from typing import Final

from ingest.text_encoding import decode

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT: Final = "application/vnd.oasis.opendocument.text"
DOC: Final = "application/msword"
WPS: Final = "application/vnd.ms-works"
RTF: Final = "application/rtf"
OFD: Final = "application/ofd"
ZIP: Final = "application/zip"
HTML: Final = "text/html"
MHTML: Final = "multipart/related"
WORD_XML: Final = "application/vnd.ms-word.xml"
MARKDOWN: Final = "text/markdown"
TEXT: Final = "text/plain"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
TIFF: Final = "image/tiff"
BMP: Final = "image/bmp"
WEBP: Final = "image/webp"
GIF: Final = "image/gif"
UNKNOWN: Final = "application/octet-stream"

_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"GIF8", GIF),
    (b"{\\rtf", RTF),
)
_HEAD: Final = 4096
# Other zip containers say so themselves; reading a workbook as text would give rubbish.
_WORD_XML: Final = ("<w:worddocument", "<pkg:package", "<office:document")
_FOREIGN_PARTS: Final = ("xl/", "ppt/", "visio/")
_MARKS: Final = ((b"word/", "word/document.xml"), (b"OFD.xml", "ofd.xml"), (b"xl/", "xl/"), (b"ppt/", "ppt/"))
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, ValueError, EOFError)


def sniff(data: bytes) -> str:
    """Media type of a file.

    Returns:
        One of the constants of this module; `UNKNOWN` for anything else.
    """
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data.startswith(b"BM") and len(data) > 26 and int.from_bytes(data[14:18], "little") in (12, 40, 108, 124):
        return BMP
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    # readers of PDF allow rubbish before the header; so do scanners' web portals
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_type(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_type(data)
    return _text_type(data)


def zip_type(archive: zipfile.ZipFile) -> str:
    """Tell containers apart by the parts they must have; `ZIP` for an archive of files."""
    lower = {name.lower() for name in archive.namelist()}
    if "mimetype" in lower:
        try:
            info = archive.getinfo("mimetype")
            kind = archive.read(info)[:80] if info.file_size < 200 else b""
        except (KeyError, *_BROKEN):
            kind = b""
        if kind.startswith(b"application/vnd.oasis.opendocument."):
            return ODT if kind.startswith(b".text", 34) else UNKNOWN
    return _by_parts(lower)


def _by_parts(lower: set[str]) -> str:
    if any(name.startswith("word/document") for name in lower):
        return DOCX
    if "ofd.xml" in lower:
        return OFD
    if {"content.xml", "styles.xml", "meta-inf/manifest.xml"} <= lower:
        return ODT
    return UNKNOWN if any(name.startswith(_FOREIGN_PARTS) for name in lower) else ZIP


def _zip_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.namelist():
                return zip_type(archive)
    except _BROKEN:
        pass
    # a cut-off container has lost its directory; the local headers still tell what it was
    head = data[:_HEAD]
    parts = {part for mark, part in _MARKS if mark in head}
    return _by_parts(parts) if parts else ODT if b"opendocument.text" in head else ZIP


def _ole_type(data: bytes) -> str:
    """Word, an encrypted OOXML file, or something else in the old container; stream names are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return DOCX
    if "WordDocument".encode("utf-16-le") in data:
        return DOC
    if "WpsDocument".encode("utf-16-le") in data or "MatOST".encode("utf-16-le") in data:
        return WPS
    # a file that was cut off has lost the names of its streams; the text stream begins on a sector
    starts = range(512, min(len(data), 1 << 22), 512)
    return DOC if any(data.startswith(b"\xec\xa5\xc1\x00", start) for start in starts) else UNKNOWN


def _text_type(data: bytes) -> str:
    text = decode(data[: 64 * 1024], cut=len(data) > 64 * 1024)
    if text is None:
        return UNKNOWN
    if _is_json(text, data):
        return UNKNOWN
    start = text.lstrip("\ufeff \t\r\n").lower()
    head = start[:3000]
    if start.startswith(("mime-version:", "from:")) and "multipart/related" in head:
        return MHTML
    if start.startswith(("<!doctype html", "<html", "<head", "<body", "<meta", "<table", "<div", "<p>")):
        return HTML
    if start.startswith("<?xml") or "<w:worddocument" in head:
        if "<html" in head:
            return HTML
        # other XML is no text that anybody could read
        return WORD_XML if any(mark in head for mark in _WORD_XML) else UNKNOWN
    from ingest.markup.is_markdown import is_markdown

    return MARKDOWN if is_markdown(text) else TEXT


def _is_json(text: str, data: bytes) -> bool:
    """Whether it is data of a program: exports lie beside contracts in folders and would be stored as contracts."""
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return False
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
