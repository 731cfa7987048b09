"""Tables cut by a page break are one table again.

The part on the next page has the same columns. It may repeat the header, which is then dropped; a row cut in its middle
goes on in the first row below, which has no number and little else.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.blocks import Block, CellBlock, ParagraphBlock, TableBlock
from ingest.joining import ends_sentence
from ingest.table_header import count_header_rows

_SAME_EDGE: Final = 9.0


def join_tables(blocks: Sequence[Block]) -> list[Block]:
    """Join the parts of tables that follow each other over a page break."""
    done: list[Block] = []
    height = 0
    for block in blocks:
        before = done[-1] if done else None
        if isinstance(block, TableBlock) and isinstance(before, TableBlock) and _is_rest(before, block):
            height = _append(before, block, height)
            continue
        done.append(block)
        height = block.row_count if isinstance(block, TableBlock) else 0
    return done


def add_signatures(blocks: list[Block], below: Block, signed: TableBlock, right: int) -> bool:
    """Put the rest of a signature table that a page break cut where its sides stand.

    The upper part was read column by column (`ingest.unroll`), so the last rows of the left party belong before the
    right one and not behind it.

    Args:
        blocks: up to the page break; those of the table stand last.
        below: the first block of the next page.
        signed: the upper part as a table.
        right: how many blocks its right column became.

    Returns:
        Whether `below` was its rest and stands among the blocks now.
    """
    if not isinstance(below, TableBlock) or signed.col_count != 2 or not _is_rest(signed, below):
        return False
    sides: tuple[list[Block], list[Block]] = ([], [])
    for cell in below.cells:
        if cell.pieces:
            sides[cell.col].append(ParagraphBlock(cell.pieces))
    place = len(blocks) - right
    blocks[place:place] = sides[0]
    blocks.extend(sides[1])
    return True


def _is_rest(before: TableBlock, block: TableBlock) -> bool:
    if block.page != before.last_page + 1 or before.col_count != block.col_count:
        return False
    if before.edges and block.edges and len(before.edges) == len(block.edges):
        # scans shift a page as a whole; widths of the columns tell more than their places
        widths = [right - left for left, right in pairwise(before.edges)]
        others = [right - left for left, right in pairwise(block.edges)]
        if any(abs(one - other) > _SAME_EDGE for one, other in zip(widths, others, strict=True)):
            return False
    heads = count_header_rows(block)
    return not heads or _head_texts(block, heads) == _head_texts(before, count_header_rows(before))


def _head_texts(table: TableBlock, rows: int) -> list[str]:
    return ["".join(cell.text.split()) for cell in table.cells if cell.row < rows]


def _append(before: TableBlock, block: TableBlock, height: int) -> int:
    """Move the rows of the lower part behind the `height` rows of the upper one; the new height."""
    heads = count_header_rows(block)
    if before.header_rows is None:
        before.header_rows = count_header_rows(before)
    below = block.row_count - heads
    cells = [cell for cell in block.cells if cell.row >= heads]
    cut = _cut_row(before, cells, heads, height)
    for cell in cells:
        if cut and cell.row == heads:
            _continue_cell(before, cell, height - 1)
            continue
        cell.row += height - heads - (1 if cut else 0)
        before.cells.append(cell)
    before.last_page = block.last_page
    return height + below - (1 if cut else 0)


def _cut_row(before: TableBlock, cells: Sequence[CellBlock], heads: int, height: int) -> bool:
    """Whether the page break cut a row: the first row below has no number where the row above has one."""
    # the last row stands at the end of the list, a merged cell perhaps a little before
    upper = [cell for cell in before.cells[-200:] if cell.row + cell.row_span == height]
    lower = [cell for cell in cells if cell.row == heads]
    if len(upper) != len(lower) or any(cell.row_span > 1 or cell.col_span > 1 for cell in lower) or len(lower) < 2:
        return False
    first_above, first_below = min(upper, key=_column), min(lower, key=_column)
    if not first_above.text or first_below.text or not first_above.text[:1].isalnum():
        return False
    # at least one cell must be visibly in mid-sentence
    pairs = [(one, other) for one in upper for other in lower if one.col == other.col and other.text]
    return bool(pairs) and all(one.text and not ends_sentence(one.text) for one, _ in pairs)


def _column(cell: CellBlock) -> int:
    return cell.col


def _continue_cell(before: TableBlock, cell: CellBlock, last_row: int) -> None:
    for above in reversed(before.cells):
        if above.col == cell.col and above.row <= last_row < above.row + above.row_span:
            above.pieces.extend(cell.pieces)
            above.boxes.extend(cell.boxes)
            return
