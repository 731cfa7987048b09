"""Tables that are no tables: page lay-out drawn with cells is read as paragraphs.

A bilingual contract in two columns, a box around a clause, a signature block: their cells hold whole clauses or several
paragraphs, and a row has no meaning beyond "stands beside". A price list, a schedule, a form with a value in each cell
is data and stays a table.
"""

import re
from collections.abc import Sequence
from typing import Final

from ingest.blocks import CellBlock, ParagraphBlock, TableBlock, join_pieces
from ingest.characters import count_han
from ingest.joining import ends_sentence, is_running
from ingest.table_header import count_header_rows

_CLAUSE: Final = 60
_CUT_NUMBER: Final = re.compile(r"\d[.,]\Z")
_NUMBER_REST: Final = re.compile(r"[.,]\d|%")
_PARTY: Final = re.compile(
    r"[（(]?\s*(?:[甲乙丙丁]\s*方|[买卖]\s*方|[供需]\s*方|出租|承租|出卖|买受|发包|承包|委托|受托|用人单位|用工|劳动者|转让|受让|许可|被许可|定作|承揽|保证人|债权人|债务人|房东|租客)"
)


def is_layout(table: TableBlock, paragraphs: Sequence[Sequence[ParagraphBlock]]) -> bool:
    """Whether a table only places paragraphs on the page.

    Args:
        table: the grid.
        paragraphs: paragraphs of each of `table.cells`, in the same order.
    """
    filled = [(cell, inside) for cell, inside in zip(table.cells, paragraphs, strict=True) if inside]
    if not filled:
        return False
    if table.col_count == 1 or (table.row_count == 1 and len(filled) == 1):
        return True
    if is_signature_block(table) or is_bilingual(table):
        return True
    if count_header_rows(table) and table.row_count > 2:
        return _prose_share(filled) > 0.5
    # one row of columns that each hold a text
    if table.row_count == 1 and any(len(inside) > 1 for _, inside in filled):
        return True
    return _prose_share(filled) >= 0.4


def _prose_share(filled: Sequence[tuple[CellBlock, Sequence[ParagraphBlock]]]) -> float:
    """Share of the words that stand in cells of prose."""
    total = sum(len(cell.text) for cell, _ in filled)
    prose = sum(len(cell.text) for cell, inside in filled if _is_prose(inside))
    return prose / total if total else 0.0


def _is_prose(inside: Sequence[ParagraphBlock]) -> bool:
    """Several paragraphs of sentences, or one as long as a clause."""
    texts = [block.text for block in inside]
    sentences = sum(ends_sentence(text) or is_running(text) for text in texts)
    return (len(texts) > 1 and sentences >= 1 and sum(map(len, texts)) > 30) or max(map(len, texts)) > _CLAUSE * 2


def is_signature_block(table: TableBlock) -> bool:
    """Two columns, each headed by a party: 甲方（盖章）： | 乙方（盖章）：."""
    rows = table.rows()
    if table.col_count != 2 or not rows or len(rows[0]) != 2:
        return False
    return all(_PARTY.match(cell.text) for cell in rows[0])


def is_bilingual(table: TableBlock) -> bool:
    """Two columns that say the same in two scripts: sentences in Latin letters on one side, in Chinese on the other."""
    sides: list[list[str]] = [[], []]
    cells = table.cells if table.col_count == 2 else []
    for cell in cells:
        if cell.col_span == 1 and cell.text:
            sides[cell.col].append(cell.text)
    if not all(sides) or not all(any(ends_sentence(text) for text in side) for side in sides):
        return False
    shares = sorted(sum(map(count_han, side)) / sum(map(len, side)) for side in sides)
    return shares[0] < 0.1 and shares[1] > 0.5


def is_party(text: str) -> bool:
    """Whether words begin with the role of a party."""
    return bool(_PARTY.match(text))


def unrolled(table: TableBlock, paragraphs: Sequence[Sequence[ParagraphBlock]]) -> list[ParagraphBlock]:
    """Paragraphs of a lay-out table in reading order.

    Signature blocks are read column by column, so that name, signature and date stay with their party; everything else
    row by row, as the eye goes.
    """
    order = range(len(table.cells))
    key = _by_column if is_signature_block(table) else _by_row
    return [block for place in sorted(order, key=lambda place: key(table.cells[place])) for block in paragraphs[place]]


def _by_row(cell: CellBlock) -> tuple[int, int]:
    return cell.row, cell.col


def _by_column(cell: CellBlock) -> tuple[int, int]:
    return cell.col, cell.row


def fill_cells(table: TableBlock, paragraphs: Sequence[Sequence[ParagraphBlock]]) -> None:
    """Put the paragraphs of each cell into it; line breaks inside a cell are joined."""
    for cell, inside in zip(table.cells, paragraphs, strict=True):
        cell.pieces = []
        for block in inside:
            before = join_pieces(cell.pieces)
            # sentences and labels that stood on lines of their own keep a blank between them
            if before and block.pieces and block.pieces[0].glue is None and _apart(before, block.text):
                block.pieces[0].glue = " "
            cell.pieces.extend(block.pieces)


def _apart(before: str, after: str) -> bool:
    if (_CUT_NUMBER.search(before) and after[:1].isdigit()) or (before[-1:].isdigit() and _NUMBER_REST.match(after)):
        return False  # 76,800. above 00 in a narrow cell
    return before[-1:].isascii() and after[:1].isascii() and not (before[-1:].isdigit() and after[:1].isdigit())
