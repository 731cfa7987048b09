"""What a caller may ask of a reading, and how much a file may cost.

The limits here are those a reader keeps by counting (pages, pixels, unpacked bytes). Wall time, CPU time and memory are
kept from outside, by the process a file is read in; see `ingest.limits`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.ocr.engine import OcrEngine

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold.

    Attributes:
        file_bytes: size of the file itself.
        pages: pages of a document; one more is `file_too_large`.
        pixels: pixels of one picture; a larger one costs its page, not the file.
        unpacked_bytes: bytes all parts of an archive or one stream of a PDF may unpack to.
        ratio: unpacked over packed size of one archive member, beyond the first megabyte.
        members: entries of an archive.
        depth: nesting of archives, 1 = an archive in an archive.
        characters: length of the canonical text.
        page_seconds: time for one page before it is given up; the rest of the file goes on.
        tool_seconds: time for an outside converter (LibreOffice, antiword, catdoc).
    """

    file_bytes: int = 500 * MEGABYTE
    pages: int = 3000
    pixels: int = 100_000_000
    unpacked_bytes: int = 1000 * MEGABYTE
    ratio: int = 200
    members: int = 10_000
    depth: int = 1
    characters: int = 20_000_000
    page_seconds: float = 120.0
    tool_seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file.

    Attributes:
        name: name for people; of a path its last part is taken when this is None.
        password: opens an encrypted file.
        fast: tiny OCR weights only: about a third of the time, a few more wrong characters, no second reader.
        limits: what the file may cost.
        engine: OCR engine to use instead of the bundled one.
        progress: told after each page: pages done, pages in all.
    """

    name: str | None = None
    password: str | None = None
    fast: bool = False
    limits: Limits = field(default_factory=Limits)
    engine: OcrEngine | None = None
    progress: Callable[[int, int], None] | None = None
