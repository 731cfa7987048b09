"""Word tables: grid, merged cells, nested tables."""

from collections.abc import Callable

from lxml import etree

from ingest.blocks import Block, CellBlock, TableBlock
from ingest.table_blocks import MOST_SPAN, as_blocks
from ingest.word.names import child, integer, local, value

ReadBlocks = Callable[[etree._Element], list[Block]]


def read_table(table: etree._Element, read_blocks: ReadBlocks) -> list[Block]:
    """Read a table as a table, or as the paragraphs it lays out.

    Args:
        table: `w:tbl`.
        read_blocks: reads the content of a cell.
    """
    grid = TableBlock(cells=[])
    contents: list[list[Block]] = []
    # columns of cells merged downwards that are still open: column -> index of the cell
    open_cells: dict[int, int] = {}
    for row_number, row in enumerate(_rows(table)):
        column = integer(value(row, "trPr", "gridBefore")) or 0
        if column:
            grid.cells.append(CellBlock(row=row_number, col=0, col_span=column))
            contents.append([])
        still_open: dict[int, int] = {}
        for cell in _cells(row):
            span = max(1, min(integer(value(cell, "tcPr", "gridSpan")) or 1, MOST_SPAN))
            merge = child(cell, "tcPr", "vMerge")
            goes_on = merge is not None and (value(cell, "tcPr", "vMerge") or "continue") == "continue"
            if goes_on and column in open_cells:
                above = grid.cells[open_cells[column]]
                above.row_span = row_number - above.row + 1
                still_open[column] = open_cells[column]
            else:
                grid.cells.append(CellBlock(row=row_number, col=column, col_span=span))
                contents.append(read_blocks(cell))
                if merge is not None:
                    still_open[column] = len(grid.cells) - 1
            column += span
        open_cells = still_open
    return as_blocks(grid, contents)


def _rows(table: etree._Element) -> list[etree._Element]:
    """Rows, also those inside content controls; rows whose deletion was tracked are gone."""
    rows = []
    for element in table:
        name = local(element)
        if name == "tr" and child(element, "trPr", "del") is None:
            rows.append(element)
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            rows.extend(_rows(element))
    return rows


def _cells(row: etree._Element) -> list[etree._Element]:
    cells = []
    for element in row:
        name = local(element)
        if name == "tc":
            cells.append(element)
        elif name in ("sdt", "sdtContent", "customXml"):
            cells.extend(_cells(element))
    return cells
