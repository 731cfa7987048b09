"""Tables: one class for what ingest finds and what the record holds.

In the canonical text a row is one line, its cells separated by tabs; a merged cell stands once, at its top left place.
"""

from schema.base import Box, Model
from schema.span import Span


class CellBox(Model):
    """Where a cell stands: a cell cut by a page break has one box a page."""

    page: int
    box: Box


class Cell(Model):
    """A table cell.

    Attributes:
        span: its words in the canonical text; empty span for an empty cell.
        text: its words (`text[span]`, line breaks inside the cell joined).
        row_span: rows it covers, 1 and more.
        col_span: columns it covers, 1 and more.
        boxes: places on the pages, in points; empty for formats without pages.
    """

    span: Span
    text: str
    row_span: int = 1
    col_span: int = 1
    boxes: tuple[CellBox, ...] = ()


class Row(Model):
    """A row that is not a header.

    Attributes:
        id: address of the row: part and printed number (`annex1/9`), `annex1/total` for a total,
            `annex1/t2/9` in the second table of a part. Ingest gives a provisional id (`t1/9`).
        cells: cells that begin in this row, left to right.
    """

    id: str
    cells: tuple[Cell, ...]


class Table(Model):
    """One table; parts of it that a page break cut are one table.

    Attributes:
        id: `t1`, `t2` … in document order.
        span: from its first to its last character, header included.
        part: id of the part it stands in; None until the parts are known.
        header_rows: rows of column heads, top to bottom; not in `rows`.
        columns: one name a column, joined from the header rows; empty when there is no header.
        rows: the body.
    """

    id: str
    span: Span
    part: str | None = None
    header_rows: tuple[tuple[Cell, ...], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
