"""Characters with places to lines: rows by height, cut where a gap is too wide to be a blank.

甲方（盖章）：            乙方（盖章）：      two lines side by side
第一条  标的                                  one line, its blank kept
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import eq
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.characters import BLANKS, clean, is_han
from ingest.layout.page import TextLine

_SAME_ROW: Final = 0.45
_GAP: Final = 1.8
_BLANK: Final = 0.28
# a box comes from another font than the words; LibreOffice drops the blank between them and leaves its gap
_BOXES: Final = frozenset("☑☒☐□■√✓✔")
_BEHIND_BOX: Final = 0.15


@dataclass(slots=True)
class Glyph:
    """A character and its box in points of the upright page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool = False


@dataclass(slots=True)
class GlyphColumns:
    """Characters of one page column by column: a page has thousands, and an object for each costs more than reading it.

    Attributes:
        texts: the characters, any order, blanks included.
        boxes: a row of x0, y0, x1, y1 for each.
        bold: for each, whether it is bold.
    """

    texts: list[str]
    boxes: NDArray[np.float64]
    bold: NDArray[np.bool_]


def glyph_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Group characters to lines.

    Args:
        glyphs: characters of one page, any order, blanks included.

    Returns:
        Lines from top to bottom, left to right within a row.
    """
    chars = list(glyphs)
    boxes = np.array([(char.x0, char.y0, char.x1, char.y1) for char in chars], np.float64).reshape(-1, 4)
    return column_lines(
        GlyphColumns([char.text for char in chars], boxes, np.array([char.bold for char in chars], bool))
    )


def column_lines(glyphs: GlyphColumns) -> list[TextLine]:
    """Group characters to lines; see `glyph_lines`."""
    boxes = glyphs.boxes
    sound = np.flatnonzero((boxes[:, 2] >= boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1]))
    order = sound[np.argsort(boxes[sound, 1] + boxes[sound, 3], kind="stable")]
    rows = _rows(boxes[order])
    order = order[np.lexsort((boxes[order, 2], boxes[order, 0], rows))]
    texts = [glyphs.texts[place] for place in order.tolist()]
    page = _Ordered(texts, boxes[order], glyphs.bold[order].tolist())
    ends = np.cumsum(np.bincount(rows)).tolist() if len(rows) else []
    found = [page.line(run) for start, end in pairwise([0, *ends]) for run in page.runs(start, end)]
    return [line for line in found if line is not None]


def _rows(boxes: NDArray[np.float64]) -> NDArray[np.intp]:
    """The row of each character: middles within half a height of each other; larger characters lead.

    Args:
        boxes: sorted by the height of their middles.
    """
    found: list[int] = []
    middles: list[float] = []
    heights: list[float] = []
    last = -1
    at, tall = ((boxes[:, 1] + boxes[:, 3]) / 2).tolist(), (boxes[:, 3] - boxes[:, 1]).tolist()
    for middle, height in zip(at, tall, strict=True):
        # only the last rows can match, for characters come sorted
        for place in range(last, max(-1, last - 3), -1):
            if abs(middle - middles[place]) <= _SAME_ROW * max(height, heights[place]):
                found.append(place)
                if height > heights[place] * 1.2:
                    heights[place], middles[place] = height, middle
                break
        else:
            last += 1
            found.append(last)
            middles.append(middle)
            heights.append(height)
    return np.array(found, np.intp)


class _Ordered:
    """Characters of a page row after row, left to right, with what is asked of each made ready for all at once."""

    def __init__(self, texts: list[str], boxes: NDArray[np.float64], bold: list[bool]) -> None:
        """Note widths, heights and the gap before each character."""
        x0, y0, x1, y1 = boxes.T
        self.texts, self.bold = texts, bold
        self.x0: list[float] = x0.tolist()
        self.y0: list[float] = y0.tolist()
        self.x1: list[float] = x1.tolist()
        self.y1: list[float] = y1.tolist()
        self.widths: list[float] = (x1 - x0).tolist()
        self.heights: list[float] = (y1 - y0).tolist()
        self.centres = ((x0 + x1) / 2).tolist()
        self.gaps = [0.0, *(x0[1:] - x1[:-1]).tolist()]
        self.again = [False, *map(eq, texts, texts[1:])]
        kinds = {char: (char in BLANKS, is_han(char), len(char) == 1 and clean(char) == char) for char in set(texts)}
        self.blank = [kinds[char][0] for char in texts]
        self.han = [kinds[char][1] for char in texts]
        self.plain = [kinds[char][2] for char in texts]
        self.boxes = not _BOXES.isdisjoint(texts)

    def size(self, run: Sequence[int]) -> float:
        """Height of a Chinese character: the width of one, where there is any."""
        widths = sorted([self.widths[place] for place in run if self.han[place]])
        heights = sorted([self.heights[place] for place in run if not self.blank[place]])
        height = _middle_of(heights) if heights else 10.0
        return min(_middle_of(widths), height * 1.3) if widths else height * 0.9

    def runs(self, start: int, end: int) -> list[Sequence[int]]:
        """Cut a row at wide gaps; printed blanks do not bridge a gap, they are one."""
        row = range(start, end)
        widest = _GAP * self.size(row)
        again = any(self._doubled(place - 1, place) for place in row[1:] if self.again[place])
        if not again and not any(self.blank[start:end]) and max(self.gaps[start + 1 : end], default=0.0) <= widest:
            return [row]
        runs: list[list[int]] = []
        blanks: list[int] = []
        for place in row:
            if self.blank[place]:
                if runs:
                    blanks.append(place)
                continue
            last = runs[-1][-1] if runs else None
            if last is not None and self.x0[place] - self.x1[last] <= widest:
                if self._doubled(last, place):
                    continue
                runs[-1] += [*blanks, place]
            else:
                runs.append([place])
            blanks = []
        return list(runs)

    def _doubled(self, last: int, place: int) -> bool:
        """Bold made by printing a character twice, a hair apart; a ligature gives both its letters one box."""
        if self.texts[last] != self.texts[place]:
            return False
        if self.texts[place] == "f" and self.x0[last] == self.x0[place] and self.x1[last] == self.x1[place]:
            return False
        return abs(self.x0[last] - self.x0[place]) < 0.25 * max(1.0, self.widths[last])

    def line(self, run: Sequence[int]) -> TextLine | None:
        """A run of characters as a line; a gap without a printed blank becomes one between Latin words."""
        size = self.size(run)
        words, centres = self._whole(run, size) or self._spaced(run, size)
        if not words.strip(BLANKS):
            return None
        seen = [place for place in run if not self.blank[place]]
        box = (
            min([self.x0[place] for place in seen]),
            min([self.y0[place] for place in seen]),
            max([self.x1[place] for place in seen]),
            max([self.y1[place] for place in seen]),
        )
        bold = sum([self.bold[place] for place in seen]) * 2 > len(seen)
        return TextLine(words, box, centres, size, bold=bold)

    def _whole(self, run: Sequence[int], size: float) -> tuple[str, list[float]] | None:
        """Neighbours without a gap that could be one, and without anything to clean: nearly all of printed text."""
        start, end = run[0], run[-1] + 1
        if len(run) != end - start or not all(self.plain[start:end]):
            return None
        if self.boxes and not _BOXES.isdisjoint(self.texts[start:end]):
            return None
        if max(self.gaps[start + 1 : end], default=0.0) > _BLANK * size:
            return None
        return "".join(self.texts[start:end]), self.centres[start:end]

    def _spaced(self, run: Sequence[int], size: float) -> tuple[str, list[float]]:
        """The characters of a run, cleaned, and the blanks its gaps stand for."""
        text: list[str] = []
        centres: list[float] = []
        previous: int | None = None
        for place in run:
            if previous is not None and self._is_gap(previous, place, size):
                text.append(" ")
                centres.append((self.x1[previous] + self.x0[place]) / 2)
            char = self.texts[place]
            for shown in char if self.plain[place] else clean(char):
                text.append(shown)
                centres.append(self.centres[place])
            previous = place
        return "".join(text), centres

    def _is_gap(self, left: int, right: int, size: float) -> bool:
        if self.blank[left] or self.blank[right]:
            return False
        gap = self.x0[right] - self.x1[left]
        if self.texts[left] in _BOXES:
            return gap > _BEHIND_BOX * size
        return gap > (0.6 if self.han[left] or self.han[right] else _BLANK) * size


def _middle_of(ordered: Sequence[float]) -> float:
    """Median of sorted numbers."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
