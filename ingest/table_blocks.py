"""Rows of cells to a table block: merged cells laid on a grid, tables inside cells, lay-out tables unrolled.

Shared by all formats that write tables as rows (Word, OpenDocument, HTML, Markdown).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.blocks import Block, CellBlock, ParagraphBlock, TableBlock
from ingest.table_header import count_header_rows
from ingest.unroll import fill_cells, is_layout, unrolled

MOST_SPAN: Final = 1000


@dataclass(slots=True)
class RowCell:
    """A cell as its row writes it.

    Attributes:
        blocks: its content.
        row_span: rows it covers.
        col_span: columns it covers.
    """

    blocks: list[Block] = field(default_factory=list)
    row_span: int = 1
    col_span: int = 1


def lay_out(rows: Sequence[Sequence[RowCell]], *, header_rows: int | None = None) -> list[Block]:
    """Lay rows on a grid and decide what the table is.

    Args:
        rows: cells that begin in each row; places covered by a cell from above are left out.
        header_rows: how many rows are heads, where the format says so.
    """
    grid = TableBlock(cells=[], header_rows=header_rows)
    contents: list[list[Block]] = []
    taken: dict[int, int] = {}  # column -> first row that is free again
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while taken.get(column, 0) > number:
                column += 1
            wide = max(1, min(cell.col_span, MOST_SPAN))
            deep = max(1, min(cell.row_span, len(rows) - number))
            grid.cells.append(CellBlock(row=number, col=column, row_span=deep, col_span=wide))
            contents.append(cell.blocks)
            if deep > 1:
                taken.update(dict.fromkeys(range(column, column + wide), number + deep))
            column += wide
    return as_blocks(grid, contents)


def as_blocks(grid: TableBlock, contents: Sequence[list[Block]]) -> list[Block]:
    """A table as a table, or as the paragraphs it places on the page.

    Args:
        grid: its cells, still empty.
        contents: what each of `grid.cells` holds.
    """
    if not grid.cells:
        return []
    pictures = [block for inside in contents for block in inside if isinstance(block, ParagraphBlock) and block.picture]
    paragraphs = [[words for block in inside for words in _paragraphs(block)] for inside in contents]
    fill_cells(grid, paragraphs)
    if any(isinstance(block, TableBlock) for inside in contents for block in inside) and not count_header_rows(grid):
        # a table inside a cell is kept as a table when the outer one only places it on the page
        order = sorted(range(len(grid.cells)), key=lambda place: (grid.cells[place].row, grid.cells[place].col))
        return [block for place in order for block in contents[place]]
    if is_layout(grid, paragraphs):
        return [*unrolled(grid, paragraphs), *pictures]
    return [grid, *pictures]


def _paragraphs(block: Block) -> list[ParagraphBlock]:
    """A paragraph itself; a table inside a cell of a price list as one paragraph a row."""
    if isinstance(block, ParagraphBlock):
        return [block] if not block.picture else []
    rows = [[piece for cell in row for piece in cell.pieces if piece.text] for row in block.rows()]
    for pieces in rows:
        for piece in pieces[1:]:
            piece.glue = " "
    return [ParagraphBlock(pieces) for pieces in rows if pieces]
