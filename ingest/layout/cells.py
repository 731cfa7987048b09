"""Lines into the cells of ruled tables."""

from collections.abc import Sequence
from typing import Final

from ingest.blocks import CellBlock, ParagraphBlock, TableBlock
from ingest.layout.grid import Grid, GridCell
from ingest.layout.order import Column, merge_row
from ingest.layout.page import TextLine
from ingest.layout.paragraphs import make_paragraphs
from ingest.layout.rows import make_rows
from schema.base import Box

_MOSTLY: Final = 0.85


def fill_grid(grid: Grid, lines: Sequence[TextLine], page: int) -> tuple[TableBlock, list[list[ParagraphBlock]]]:
    """Make a table of a grid and the lines that stand in it.

    Args:
        grid: its cells.
        lines: lines whose middle lies inside the grid.
        page: number of the page.

    Returns:
        The table, and the paragraphs of each of its cells (which tell whether it is a table at all).
    """
    inside: list[list[TextLine]] = [[] for _ in grid.cells]
    for line in lines:
        for place, part in _parts(line, grid.cells):
            inside[place].append(part)
    table = TableBlock(cells=[], edges=list(grid.xs), page=page, last_page=page)
    contents: list[list[ParagraphBlock]] = []
    for cell, found in zip(grid.cells, inside, strict=True):
        table.cells.append(
            CellBlock(
                row=cell.row,
                col=cell.col,
                row_span=cell.row_span,
                col_span=cell.col_span,
                boxes=[(page, cell.box)],
            )
        )
        contents.append(_paragraphs(found, cell.box, page))
    return table, contents


def within(line: TextLine, box: Box, slack: float = 1.0) -> bool:
    """Whether the middle of a line lies in a box."""
    x = (line.left + line.right) / 2
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= line.middle <= box[3] + slack


def _parts(line: TextLine, cells: Sequence[GridCell]) -> list[tuple[int, TextLine]]:
    """The cells a line stands in; one that crosses a rule is cut where its characters do."""
    at_height = [place for place, cell in enumerate(cells) if cell.box[1] <= line.middle <= cell.box[3]]
    overlaps = {
        place: min(line.right, cells[place].box[2]) - max(line.left, cells[place].box[0]) for place in at_height
    }
    touched = sorted((place for place in at_height if overlaps[place] > 0), key=lambda place: cells[place].box[0])
    if not touched:
        nearest = min(range(len(cells)), key=lambda place: _distance(line, cells[place].box))
        return [(nearest, line)]
    widest = max(touched, key=lambda place: overlaps[place])
    total = sum(overlaps[place] for place in touched)
    if overlaps[widest] >= _MOSTLY * total or len(line.text) < 2:
        return [(widest, line)]
    parts = []
    for place in touched:
        left, _, right, _ = cells[place].box
        chosen = [index for index, x in enumerate(line.centres) if left <= x < right]
        if chosen and line.text[chosen[0] : chosen[-1] + 1].strip():
            parts.append((place, line.cut(chosen[0], chosen[-1] + 1)))
    return parts or [(widest, line)]


def _distance(line: TextLine, box: Box) -> float:
    x, y = (line.left + line.right) / 2, line.middle
    return max(box[0] - x, 0, x - box[2]) + max(box[1] - y, 0, y - box[3])


def _paragraphs(lines: Sequence[TextLine], box: Box, page: int) -> list[ParagraphBlock]:
    """Paragraphs of one cell."""
    if not lines:
        return []
    merged = [merge_row(row) for row in make_rows(lines)]
    left, right = min(line.left for line in merged), max(line.right for line in merged)
    column = Column(merged, left, max(right, left + 0.8 * (box[2] - box[0])))
    return make_paragraphs(column, page)
