"""Price lists typed with blanks: lines that fall into the same columns are a table.

    标的名称　　　规格型号　　　单位　数量　单价（元）　　金额（元）
    立式管道泵　　ISG150-315　　台　　8　　 14,600.00　　116,800.00

In files without pages (text, Word) nothing else says that these are cells. Asked for are a head of four columns or more
without figures or sentences, and below it two lines or more with as many cells, figures among them; a line of totals
may follow. A word so long that one blank is left behind it (立方米 900) ends where the next column begins above.
"""

import re
from dataclasses import replace
from typing import Final

from ingest.blocks import Block, CellBlock, ParagraphBlock, Piece, TableBlock
from ingest.characters import display_width

_GAP: Final = re.compile(r" *\u3000[ \u3000]*| {2,}")
_FEWEST_COLUMNS: Final = 4
_FEWEST_ROWS: Final = 2
_LONGEST_HEAD: Final = 14
_AS_ABOVE: Final = 1
_SENTENCE: Final = re.compile(r"[。；;！!？?]|[:：] *\Z")
_HEAD_FIGURE: Final = re.compile(r"\d{2}|\d[,.]\d")
_FIGURE: Final = re.compile(r"\d")
_MONEY: Final = re.compile(r"[¥￥]? ?\d[\d,]*(?:\.\d+)? ?元?")
_TOTAL: Final = re.compile(r"(?:合计|总计|小计|共计)[^\d。]{0,12}")


def with_typed_tables(blocks: list[Block]) -> list[Block]:
    """The same blocks with lists typed in columns as tables.

    Args:
        blocks: in reading order; those with a place on a page stay as they are.
    """
    result: list[Block] = []
    place = 0
    while place < len(blocks):
        rows = _rows(blocks, place)
        result.append(_table(rows) if rows else blocks[place])
        place += len(rows) or 1
    return result


def tabbed(lines: list[str]) -> list[str]:
    """The same lines with tabs between the cells of lists typed in columns, before wrapped lines are joined.

    Args:
        lines: of a text file.
    """
    blocks: list[Block] = [ParagraphBlock([Piece(line)]) for line in lines]
    result: list[str] = []
    while len(result) < len(lines):
        rows = _rows(blocks, len(result))
        result += ["\t".join(piece.text for piece in row) for row in rows] or [lines[len(result)]]
    return result


def _rows(blocks: list[Block], place: int) -> list[list[Piece]]:
    """Cells of the lines of a list that begins with a block; none where no list begins."""
    head = _cells(blocks[place])
    if len(head) < _FEWEST_COLUMNS or not all(_names_column(cell.text) for cell in head):
        return []
    rows = [head]
    above = _starts(blocks[place])
    for block in blocks[place + 1 :]:
        cells = _cells(block)
        if len(cells) == len(head) - 1:
            cells = _parted(block, cells, above)
        elif len(cells) == len(head):
            above = _starts(block)
        if len(cells) != len(head) or not any(_FIGURE.search(cell.text) for cell in cells):
            break
        if any(_SENTENCE.search(cell.text) for cell in cells):
            break
        rows.append(cells)
    if len(rows) <= _FEWEST_ROWS:
        return []
    behind = place + len(rows)
    total = _cells(blocks[behind]) if behind < len(blocks) else []
    return [*rows, _padded(total, rows)] if _is_total(total) else rows


def _cells(block: Block) -> list[Piece]:
    """The cells of a line; none of what is no plain line of its own."""
    if not isinstance(block, ParagraphBlock) or len(block.pieces) != 1 or block.picture or block.number:
        return []
    piece = block.pieces[0]
    if piece.box is not None or piece.marks or piece.suspects or not _GAP.search(piece.text):
        return []
    return [replace(piece, text=words) for words in _GAP.split(piece.text.strip(" \u3000"))]


def _starts(block: Block) -> list[int]:
    """Where the cells of a line begin, in columns of the screen."""
    text = block.text if isinstance(block, ParagraphBlock) else ""
    first = len(text) - len(text.lstrip(" \u3000"))
    return [display_width(text[:place]) for place in (first, *(gap.end() for gap in _GAP.finditer(text, first)))]


def _parted(block: Block, cells: list[Piece], above: list[int]) -> list[Piece]:
    """The cells of a line with one too few, parted at the one blank behind which a column begins in the line above."""
    found: list[list[Piece]] = []
    for n, (cell, start) in enumerate(zip(cells, _starts(block), strict=False)):
        for blank in re.finditer(r"(?<! ) (?! )", cell.text):
            begins = start + display_width(cell.text[: blank.end()])
            if n + 1 < len(above) and abs(begins - above[n + 1]) <= _AS_ABOVE:
                parts = [replace(cell, text=cell.text[: blank.start()]), replace(cell, text=cell.text[blank.end() :])]
                found.append([*cells[:n], *parts, *cells[n + 1 :]])
    return found[0] if len(found) == 1 else cells


def _names_column(words: str) -> bool:
    return len(words) <= _LONGEST_HEAD and not _SENTENCE.search(words) and not _HEAD_FIGURE.search(words)


def _is_total(cells: list[Piece]) -> bool:
    return len(cells) > 1 and bool(_TOTAL.fullmatch(cells[0].text) and _MONEY.fullmatch(cells[-1].text))


def _padded(total: list[Piece], rows: list[list[Piece]]) -> list[Piece]:
    """A line of totals with its last sum below the last column of sums."""
    columns = range(len(rows[0]))
    sums = [n for n in columns if all(_MONEY.fullmatch(row[n].text) for row in rows[1:])]
    last = sums[-1] if sums else len(rows[0]) - 1
    empty = replace(total[0], text="")
    return [total[0] if n == 0 else total[-1] if n == last else empty for n in columns]


def _table(rows: list[list[Piece]]) -> TableBlock:
    return TableBlock(
        [
            CellBlock(row=row, col=col, pieces=[piece] if piece.text else [])
            for row, pieces in enumerate(rows)
            for col, piece in enumerate(pieces)
        ]
    )
