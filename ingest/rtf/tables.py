r"""Tables of RTF: a row is described by the right edges of its cells (`\cellx`), columns follow from all edges."""

from dataclasses import dataclass, field
from typing import Final

from ingest.blocks import Block, CellBlock, TableBlock
from ingest.table_blocks import MOST_SPAN, as_blocks

_SAME: Final = 40  # twips: edges nearer than this are one column edge


@dataclass(slots=True)
class CellShape:
    """A cell of a row description: its right edge in twips, and merges with the cell above or to its left."""

    edge: int = 0
    down_first: bool = False
    down: bool = False
    across: bool = False


@dataclass(slots=True)
class RowShape:
    r"""A row description (`\trowd`)."""

    left: int = 0
    cells: list[CellShape] = field(default_factory=list)
    pending: CellShape = field(default_factory=CellShape)


@dataclass(slots=True)
class OpenTable:
    """A table that is being read: finished rows, and the cells of the row in hand."""

    rows: list[tuple[RowShape, list[list[Block]]]] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    inside: list[Block] = field(default_factory=list)
    shape: RowShape = field(default_factory=RowShape)

    def end_cell(self) -> None:
        """The content of a cell is complete."""
        self.cells.append(self.inside)
        self.inside = []

    def end_row(self) -> None:
        """The row is complete; words without a cell mark behind them are its last cell."""
        if self.inside:
            self.end_cell()
        if self.cells:
            self.rows.append((self.shape, self.cells))
        self.cells = []

    def blocks(self) -> list[Block]:
        """The table, or the paragraphs it lays out."""
        self.end_row()
        edges = _edges([shape for shape, _ in self.rows])
        grid = TableBlock(cells=[])
        contents: list[list[Block]] = []
        open_cells: dict[int, int] = {}
        for number, (shape, cells) in enumerate(self.rows):
            still_open: dict[int, int] = {}
            left = _place(edges, shape.left)
            last: CellBlock | None = None
            for place, inside in enumerate(cells):
                cell = shape.cells[place] if place < len(shape.cells) else None
                right = max(_place(edges, cell.edge), left + 1) if cell else left + 1
                span = min(right - left, MOST_SPAN)
                if cell is not None and cell.down and left in open_cells:
                    above = grid.cells[open_cells[left]]
                    above.row_span = number - above.row + 1
                    still_open[left] = open_cells[left]
                    contents[open_cells[left]].extend(inside)
                elif cell is not None and cell.across and last is not None:
                    last.col_span += span
                    contents[-1].extend(inside)
                else:
                    last = CellBlock(row=number, col=left, col_span=span)
                    grid.cells.append(last)
                    contents.append(inside)
                    if cell is not None and (cell.down_first or cell.down):
                        still_open[left] = len(grid.cells) - 1
                left = right
            open_cells = still_open
        return as_blocks(grid, contents)


def _edges(shapes: list[RowShape]) -> list[int]:
    """All column edges from left to right, those that nearly coincide once."""
    edges: list[int] = []
    for edge in sorted({edge for shape in shapes for edge in (shape.left, *(cell.edge for cell in shape.cells))}):
        if not edges or edge - edges[-1] > _SAME:
            edges.append(edge)
    return edges


def _place(edges: list[int], edge: int) -> int:
    """Number of the column edge nearest to a place."""
    return min(range(len(edges)), key=lambda place: abs(edges[place] - edge), default=0)
