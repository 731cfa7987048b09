"""Characters with places to lines: rows by height, cut where a gap is too wide to be a blank.

甲方（盖章）：            乙方（盖章）：      two lines side by side
第一条  标的                                  one line, its blank kept
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from ingest.characters import BLANKS, clean, is_han
from ingest.layout.page import TextLine

_SAME_ROW: Final = 0.45
_GAP: Final = 1.8
_BLANK: Final = 0.28


@dataclass(slots=True)
class Glyph:
    """A character and its box in points of the upright page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool = False


def glyph_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Group characters to lines.

    Args:
        glyphs: characters of one page, any order, blanks included.

    Returns:
        Lines from top to bottom, left to right within a row.
    """
    lines: list[TextLine] = []
    for row in _rows([glyph for glyph in glyphs if glyph.x1 >= glyph.x0 and glyph.y1 > glyph.y0]):
        for run in _runs(row):
            line = _line(run)
            if line is not None:
                lines.append(line)
    return lines


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters whose middles lie within half a height of each other, in one row; larger ones lead."""
    rows: list[list[Glyph]] = []
    middles: list[float] = []
    heights: list[float] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.y0 + glyph.y1) / 2):
        middle, height = (glyph.y0 + glyph.y1) / 2, glyph.y1 - glyph.y0
        # only the last rows can match, for glyphs come sorted
        for place in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            if abs(middle - middles[place]) <= _SAME_ROW * max(height, heights[place]):
                rows[place].append(glyph)
                if height > heights[place] * 1.2:
                    heights[place], middles[place] = height, middle
                break
        else:
            rows.append([glyph])
            middles.append(middle)
            heights.append(height)
    return [sorted(row, key=lambda glyph: (glyph.x0, glyph.x1)) for row in rows]


def _runs(row: list[Glyph]) -> list[list[Glyph]]:
    """Cut a row at wide gaps; printed blanks do not bridge a gap, they are one."""
    size = _size(row)
    runs: list[list[Glyph]] = []
    blanks: list[Glyph] = []
    for glyph in row:
        if glyph.text in BLANKS:
            if runs:
                blanks.append(glyph)
            continue
        if runs and glyph.x0 - runs[-1][-1].x1 <= _GAP * size:
            last = runs[-1][-1]
            if _doubled(last, glyph):
                continue
            runs[-1].extend(blanks)
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        blanks = []
    return runs


def _doubled(last: Glyph, glyph: Glyph) -> bool:
    """Bold made by printing a character twice, a hair apart; a ligature gives both its letters one box."""
    if glyph.text == "f" and last.x0 == glyph.x0 and last.x1 == glyph.x1:
        return False
    return last.text == glyph.text and abs(last.x0 - glyph.x0) < 0.25 * max(1.0, last.x1 - last.x0)


def _size(row: list[Glyph]) -> float:
    """Height of a Chinese character: the width of one, where there is any."""
    widths = [glyph.x1 - glyph.x0 for glyph in row if is_han(glyph.text)]
    heights = [glyph.y1 - glyph.y0 for glyph in row if glyph.text not in BLANKS]
    height = median(heights) if heights else 10.0
    return min(median(widths), height * 1.3) if widths else height * 0.9


def _line(run: list[Glyph]) -> TextLine | None:
    """A run of characters as a line; a gap without a printed blank becomes one between Latin words."""
    size = _size(run)
    text: list[str] = []
    centres: list[float] = []
    previous: Glyph | None = None
    for glyph in run:
        if previous is not None and _is_gap(previous, glyph, size):
            text.append(" ")
            centres.append((previous.x1 + glyph.x0) / 2)
        # nearly all characters are plain: only the others need cleaning
        for char in glyph.text if _is_plain(glyph.text) else clean(glyph.text):
            text.append(char)
            centres.append((glyph.x0 + glyph.x1) / 2)
        previous = glyph
    words = "".join(text)
    if not words.strip(BLANKS):
        return None
    seen = [glyph for glyph in run if glyph.text not in BLANKS]
    box = (
        min(glyph.x0 for glyph in seen),
        min(glyph.y0 for glyph in seen),
        max(glyph.x1 for glyph in seen),
        max(glyph.y1 for glyph in seen),
    )
    return TextLine(words, box, centres, size, bold=sum(glyph.bold for glyph in seen) * 2 > len(seen))


def _is_plain(text: str) -> bool:
    return len(text) == 1 and ("\u4e00" <= text <= "\u9fff" or " " <= text <= "~")


def _is_gap(left: Glyph, right: Glyph, size: float) -> bool:
    if left.text in BLANKS or right.text in BLANKS:
        return False
    gap = right.x0 - left.x1
    if is_han(left.text) or is_han(right.text):
        return gap > 0.6 * size
    return gap > _BLANK * size
