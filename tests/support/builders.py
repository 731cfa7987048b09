"""Documents made from plain text, for tests of what comes after reading."""

import hashlib

from schema.document import Document, Paragraph
from schema.page import Page
from schema.source import SourceFile
from schema.span import Span
from schema.table import Cell, Row, Table

A4 = (595.0, 842.0)


def document(text: str, tables: bool = True) -> Document:
    """A document with a paragraph a line; runs of lines with tabs are tables with one header row.

    Args:
        text: canonical text, lines parted by one line feed.
        tables: whether lines with tabs are rows.
    """
    data = text.encode("utf-8")
    source = SourceFile(
        sha256=hashlib.sha256(data).hexdigest(), name="test.txt", media_type="text/plain", size=len(data)
    )
    paragraphs: list[Paragraph] = []
    blocks: list[list[Span]] = []
    position, in_table = 0, False
    for line in text.split("\n"):
        span = Span(start=position, end=position + len(line))
        position = span.end + 1
        if tables and "\t" in line:
            if not in_table:
                blocks.append([])
            blocks[-1].append(span)
            in_table = True
        else:
            in_table = False
            paragraphs.append(Paragraph(span=span))
    page = Page(number=1, width=A4[0], height=A4[1], origin="flow")
    made = tuple(_table(text, spans, n) for n, spans in enumerate(blocks, 1))
    return Document(source=source, text=text, pages=(page,), paragraphs=tuple(paragraphs), tables=made)


def _table(text: str, spans: list[Span], number: int) -> Table:
    rows = [_cells(text, span) for span in spans]
    body = tuple(Row(id=f"t{number}/{n}", cells=cells) for n, cells in enumerate(rows[1:], 1))
    return Table(
        id=f"t{number}",
        span=Span(start=spans[0].start, end=spans[-1].end),
        header_rows=(rows[0],),
        columns=tuple(cell.text for cell in rows[0]),
        rows=body,
    )


def _cells(text: str, span: Span) -> tuple[Cell, ...]:
    cells, position = [], span.start
    for words in span.of(text).split("\t"):
        cells.append(Cell(span=Span(start=position, end=position + len(words)), text=words))
        position += len(words) + 1
    return tuple(cells)
