"""The canonical text as lines, with what the page tells about each.

In the canonical text a line is a paragraph or a table row, so clause numbers can only stand where a line begins, or
inside a line behind the end of a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.clauses.clause_tables import clause_rows
from schema.document import Alignment, Document, Paragraph

# a heading style of a word processor: `Heading 2`, `标题 1`, `heading3`
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks around it.

    Attributes:
        index: place among the lines.
        start: offset of its first character that is no blank.
        end: offset behind its last character that is no blank.
        text: folded words.
        row: whether it is a table row.
        page: page its paragraph begins on.
        bold: whether all of it is bold; None when the format does not tell.
        centered: whether it stands in the middle; None when the format does not tell.
        size: font size in points.
        heading_level: of a heading style in the file (`Heading 2`), or None.
        listed: level of automatic numbering, or None.
    """

    index: int
    start: int
    end: int
    text: str
    row: bool = False
    page: int = 1
    bold: bool | None = None
    centered: bool | None = None
    size: float | None = None
    heading_level: int | None = None
    listed: int | None = None


def split_lines(document: Document, text: str) -> list[Line]:
    """Cut the text into lines that are not blank.

    Args:
        document: for paragraphs and tables.
        text: its folded canonical text.
    """
    looks = {paragraph.span.start: paragraph for paragraph in document.paragraphs}
    rows = sorted((table.span.start, table.span.end) for table in document.tables)
    return list(_lines(text, looks, rows, clause_rows(document.tables, text)))


def _lines(
    text: str, looks: dict[int, Paragraph], rows: list[tuple[int, int]], clauses: frozenset[int]
) -> Iterator[Line]:
    index = table = 0
    page = 1
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if not words:
            continue
        start = match.start() + match[0].index(words[0])
        while table < len(rows) and rows[table][1] <= start:
            table += 1
        row = start not in clauses and ("\t" in words or (table < len(rows) and rows[table][0] <= start))
        look = looks.get(match.start()) or looks.get(start)
        page = look.page if look else page
        yield _line(index, start, words, row, page, look)
        index += 1


def _line(index: int, start: int, words: str, row: bool, page: int, look: Paragraph | None) -> Line:
    end = start + len(words)
    if look is None:
        return Line(index, start, end, words, row, page)
    styled = _HEADING_STYLE.search(look.style or "")
    level = int(styled[1]) if styled else None
    centered = _is_centered(look.alignment)
    return Line(index, start, end, words, row, page, look.bold, centered, look.size, level, look.list_level)


def _is_centered(alignment: Alignment | None) -> bool | None:
    return None if alignment is None else alignment == "center"
