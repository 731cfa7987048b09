"""Tables without rules: price lists and schedules whose columns only stand below each other.

    序号    货物名称      数量    单价(元)
    1       离心水泵      2       35,000.00
    2       控制柜        1       8,600.00
    合计                          78,600.00

Taken for a table is only what begins with heads of columns and holds figures below them; everything else stays text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from ingest.blocks import CellBlock, TableBlock
from ingest.layout.page import TextLine
from ingest.layout.paragraphs import to_piece
from ingest.layout.rows import Row, make_rows
from ingest.table_header import are_heads, count_header_rows
from schema.base import Box

_LEAST_COLUMNS: Final = 3
_LEAST_ROWS: Final = 2
_FARTHEST: Final = 3.0
_SLACK: Final = 0.3


@dataclass(slots=True)
class OpenTable:
    """A table without rules: its place, its cells, and the lines it is made of."""

    box: Box
    block: TableBlock
    lines: list[TextLine]


@dataclass(slots=True)
class _Columns:
    """What is known of the columns so far: how far each reaches; and the rows, one list of lines a column."""

    spans: list[tuple[float, float]]
    rows: list[list[list[TextLine]]] = field(default_factory=list)

    def take(self, row: Row) -> bool:
        """Put a row into the columns; False when it does not fit."""
        places: list[tuple[int, TextLine]] = []
        for line in row.lines:
            slack = _SLACK * line.size
            touched = [
                place
                for place, (left, right) in enumerate(self.spans)
                if line.left + slack < right and left < line.right - slack
            ]
            if not touched:
                touched = self._between(line)
            if len(touched) != 1 or any(touched[0] == place for place, _ in places):
                return False
            places.append((touched[0], line))
        if not self._begins(places):
            return False
        for place, line in places:
            left, right = self.spans[place]
            self.spans[place] = (min(left, line.left), max(right, line.right))
            self.rows[-1][place].append(line)
        return True

    def _between(self, line: TextLine) -> list[int]:
        """The column next to a line that stands in a gap."""
        middle = (line.left + line.right) / 2
        if not self.spans[0][0] - 4 * line.size <= middle <= self.spans[-1][1] + 4 * line.size:
            return []
        nearest = min(
            range(len(self.spans)),
            key=lambda place: max(self.spans[place][0] - line.right, line.left - self.spans[place][1]),
        )
        return [nearest]

    def _begins(self, places: Sequence[tuple[int, TextLine]]) -> bool:
        """Make room for a new row, or go on with the last one, of which only a cell or two is wrapped."""
        first = any(place == 0 for place, _ in places)
        if first and len(places) > 1:
            self.rows.append([[] for _ in self.spans])
            return True
        # the rest of a cell stands in a column that has words above
        return bool(self.rows) and not first and all(self.rows[-1][place] for place, _ in places)


def find_open_tables(lines: Sequence[TextLine], page: int) -> list[OpenTable]:
    """Find the tables without rules among the lines of a page.

    Args:
        lines: those in no ruled table.
        page: number of the page.
    """
    rows = make_rows(lines)
    found: list[OpenTable] = []
    place = 0
    while place < len(rows):
        made = _table_at(rows, place, page) if _is_head(rows[place]) else None
        if made is None:
            place += 1
            continue
        table, place = made
        found.append(table)
    return found


def _is_head(row: Row) -> bool:
    """Whether a row may be the heads of columns: three names or more, clearly apart."""
    apart = all(
        right.left - left.right > 0.8 * left.size for left, right in zip(row.lines, row.lines[1:], strict=False)
    )
    return len(row.lines) >= _LEAST_COLUMNS and apart and are_heads([line.text for line in row.lines])


def _table_at(rows: Sequence[Row], start: int, page: int) -> tuple[OpenTable, int] | None:
    """The table that begins with a row, and the first row behind it."""
    head = rows[start]
    columns = _Columns([(line.left, line.right) for line in head.lines])
    end = start + 1
    while end < len(rows):
        row = rows[end]
        if row.top - rows[end - 1].bottom > _FARTHEST * row.lines[0].size or not columns.take(row):
            break
        end += 1
    if len(columns.rows) < _LEAST_ROWS:
        return None
    block = _block([[[line] for line in head.lines], *columns.rows], columns.spans, page)
    if not count_header_rows(block):
        return None
    used = [line for row in rows[start:end] for line in row.lines]
    box = (
        min(line.left for line in used),
        min(row.top for row in rows[start:end]),
        max(line.right for line in used),
        max(row.bottom for row in rows[start:end]),
    )
    return OpenTable(box, block, used), end


def _block(rows: Sequence[Sequence[Sequence[TextLine]]], spans: Sequence[tuple[float, float]], page: int) -> TableBlock:
    edges = [spans[0][0], *((one[1] + two[0]) / 2 for one, two in pairwise(spans)), spans[-1][1]]
    block = TableBlock(cells=[], edges=edges, page=page, last_page=page)
    for number, row in enumerate(rows):
        inside = [line for cell in row for line in cell]
        top, bottom = min(line.box[1] for line in inside), max(line.box[3] for line in inside)
        for column, cell in enumerate(row):
            block.cells.append(
                CellBlock(
                    row=number,
                    col=column,
                    pieces=[to_piece(line, page) for line in cell],
                    boxes=[(page, (edges[column], top, edges[column + 1], bottom))],
                )
            )
    return block
