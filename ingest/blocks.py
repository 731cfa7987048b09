"""What readers make and `ingest.assemble` turns into a `Document`: paragraphs and tables in reading order.

A reader decides what belongs together and in which order; it knows nothing of offsets. Spans are made once, when the
canonical text is put together.
"""

from dataclasses import dataclass, field

from schema.base import Box
from schema.document import Alignment, MarkKind
from schema.page import Furniture, Grade, Origin
from schema.problem import Problem


@dataclass(slots=True)
class LocalMark:
    """A mark of a piece; offsets count from the start of the piece, half open."""

    kind: MarkKind
    start: int
    end: int


@dataclass(slots=True)
class LocalSuspect:
    """A doubtful reading in a piece; offsets count from the start of the piece, half open."""

    start: int
    end: int
    alternative: str
    reason: str


@dataclass(slots=True)
class Piece:
    """Characters printed in one place, most often one line.

    Attributes:
        text: without line breaks, tabs and blanks at its ends.
        page: number of its page.
        box: its place in points of the upright page; None in formats without pages.
        confidence: 0..1, 1.0 for digital text.
        grade: whether to trust it.
        reason: why not.
        glue: what stands between the piece before and this one; None leaves it to the characters that meet.
        marks: blanks and boxes in it.
        suspects: doubtful readings in it.
    """

    text: str
    page: int = 1
    box: Box | None = None
    confidence: float = 1.0
    grade: Grade = "good"
    reason: str | None = None
    glue: str | None = None
    marks: list[LocalMark] = field(default_factory=list)
    suspects: list[LocalSuspect] = field(default_factory=list)


@dataclass(slots=True)
class ParagraphBlock:
    """A paragraph; its looks are those of `schema.document.Paragraph`.

    `picture` makes it the place of a picture and no paragraph: its name, width and height in points; see
    `ingest.embedded`.
    """

    pieces: list[Piece]
    bold: bool | None = None
    size: float | None = None
    alignment: Alignment | None = None
    indent: float | None = None
    style: str | None = None
    list_level: int | None = None
    number: str | None = None
    picture: tuple[str, float | None, float | None] | None = None

    @property
    def text(self) -> str:
        """The words, pieces joined."""
        return join_pieces(self.pieces)

    def prefix(self, words: str) -> None:
        """Put words in front, such as an automatic number, and move the marks along."""
        first = self.pieces[0]
        first.text = words + first.text
        for mark in first.marks:
            mark.start, mark.end = mark.start + len(words), mark.end + len(words)
        for doubt in first.suspects:
            doubt.start, doubt.end = doubt.start + len(words), doubt.end + len(words)

    @property
    def tail(self) -> str:
        """Its last few lines: what tells whether a sentence is over, without joining a chapter."""
        return join_pieces(self.pieces[-4:])


@dataclass(slots=True)
class CellBlock:
    """A table cell; `row` and `col` count from 0 over the whole grid."""

    row: int
    col: int
    pieces: list[Piece] = field(default_factory=list)
    row_span: int = 1
    col_span: int = 1
    boxes: list[tuple[int, Box]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, pieces joined."""
        return join_pieces(self.pieces)


@dataclass(slots=True)
class TableBlock:
    """A table.

    Attributes:
        cells: in row order; a merged cell once.
        header_rows: how many rows at its top are column heads; None until `ingest.table_header` has looked.
        edges: x of the column edges in points, where known; tells whether a part on the next page belongs to it.
        page: page of its first row.
        last_page: page of its last row.
    """

    cells: list[CellBlock]
    header_rows: int | None = None
    edges: list[float] = field(default_factory=list)
    page: int = 1
    last_page: int = 1

    @property
    def row_count(self) -> int:
        """Rows of the grid."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def col_count(self) -> int:
        """Columns of the grid."""
        return max((cell.col + cell.col_span for cell in self.cells), default=0)

    def rows(self) -> list[list[CellBlock]]:
        """The cells that begin in each row, left to right."""
        rows: list[list[CellBlock]] = [[] for _ in range(self.row_count)]
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.col)):
            rows[cell.row].append(cell)
        return rows

    @property
    def text(self) -> str:
        """All words, for tests of what it is about."""
        return " ".join(cell.text for cell in self.cells)


Block = ParagraphBlock | TableBlock

_REACH = 60


@dataclass(slots=True)
class PageInfo:
    """What is known of a page besides its words; see `schema.page.Page`."""

    number: int = 1
    width: float = 0.0
    height: float = 0.0
    origin: Origin = "flow"
    reason: str = ""
    rotation: int = 0
    grade: Grade = "good"
    grade_reason: str | None = None


@dataclass(slots=True)
class Draft:
    """A file as its reader understood it."""

    blocks: list[Block] = field(default_factory=list)
    pages: list[PageInfo] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def join_pieces(pieces: list[Piece]) -> str:
    """Join pieces as the canonical text does."""
    parts: list[str] = []
    tail = ""
    for piece in pieces:
        if piece.text:
            between = glue(tail, piece) if tail else ""
            parts += [between, piece.text]
            tail = (tail + between + piece.text)[-_REACH:]
    return "".join(parts)


def glue(before: str, piece: Piece) -> str:
    """What stands between words already written and the next piece.

    Nothing between Chinese characters, one space between Latin words. Digits that meet are one number that a narrow
    cell or a line end has cut, unless the words around them are Latin.
    """
    if piece.glue is not None:
        return piece.glue
    if not before or not piece.text:
        return ""
    left, right = before[-1], piece.text[0]
    if left in " _" or right in " _" or is_wide(left) or is_wide(right):
        return ""
    if left in "-/(" or right in ".,;:!?)%/":
        return ""
    cut = left.isdigit() or (left in ".," and before[-2:-1].isdigit())  # 76,800. above 00
    if cut and right.isdigit():
        return " " if before[-20:].isascii() and any(c.isalpha() for c in before[-20:]) else ""
    return " "


def is_wide(char: str) -> bool:
    """Whether a character is Chinese or full width, so that no blank belongs beside it."""
    code = ord(char)
    return (
        0x2E80 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or (0xFF00 <= code <= 0xFFEF or code >= 0x20000 or 0x2014 <= code <= 0x2026 or 0x2460 <= code <= 0x27BF)
    )
