"""Reading order: rows of lines, columns of prose, blocks side by side.

A row of several lines with wide gaps is one of three things: two columns of running text (read column by column), two
signature blocks (likewise, so that name and date stay with their party), or one line with blanks in it (read across).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.blocks import Piece, glue
from ingest.layout.abreast import parties_abreast, rest_of_parties
from ingest.layout.page import TextLine
from ingest.layout.rows import Row, make_rows
from ingest.unroll import is_party
from schema.base import Box

_GUTTER: Final = 0.7
_WIDE: Final = 2.5
_SECOND_PARTY: Final = re.compile(r"(?<=\S)[ \u3000]+(?=[甲乙丙丁买卖供需出承委受发转用][^：:]{1,14}[：:])")
_LABEL: Final = re.compile(r"\s*[^\s：:，。；][^：:，。；]{0,15}[：:]")
_SECOND_LABEL: Final = re.compile(r"(?<=\S)[ \u3000]+(?=[^\s：:，。；]{2,14}[：:])")
_PROSE_ROWS: Final = 5
_FULL: Final = 0.72
_FEW_LINES: Final = 6
_USUAL_RIGHT: Final = 0.8
_LONG: Final = 0.6


@dataclass(slots=True)
class Column:
    """Lines that are read from top to bottom, and the margins they stand between."""

    lines: list[TextLine] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    parties: int = 0
    """How many parties sign side by side, of whom this is one; 0 elsewhere."""


def split_parties(line: TextLine) -> list[TextLine]:
    """Parties in one line stand side by side, however narrow the blank between them."""
    for found in _SECOND_PARTY.finditer(line.text):
        if is_party(line.text.lstrip()) and is_party(line.text[found.end() :]):
            return [line.cut(0, found.start()), *split_parties(line.cut(found.end(), len(line.text)))]
    return [line]


def usual_right(pages: Sequence[tuple[Sequence[TextLine], float]]) -> float | None:
    """Right margin of the running text of a document, by its long lines.

    Args:
        pages: lines and width of each page.

    Returns:
        None when no page has running text, or the pages differ in size.
    """
    widths = {round(width) for _, width in pages}
    if len(widths) != 1:
        return None
    rights = [line.right for lines, width in pages for line in lines if line.right - line.left >= _LONG * width]
    return median(rights) if rights else None


def margins(
    lines: Sequence[TextLine], page: Box, tables: Sequence[Box] = (), usual: float | None = None
) -> tuple[float, float]:
    """Left and right margin of a text: edges that several lines share.

    A single line may stick out (a title, a speck read as a stop, a word under a seal) and must not make all others
    short.

    Args:
        lines: of the text.
        page: box of the page.
        tables: boxes of its tables, which are set between the same margins.
        usual: right margin of the document, for a page without long lines.
    """
    if not lines:
        return page[0], page[2]
    size = max(1.0, sorted(line.size for line in lines)[len(lines) // 2])
    enough = max(2, round(len(lines) * 0.1))
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    left = next((edge for edge in lefts if sum(edge <= x <= edge + size for x in lefts) >= enough), lefts[0])
    right = next((edge for edge in rights if sum(edge - size <= x <= edge for x in rights) >= enough), rights[0])
    # long lines show the margin by themselves: a page of labels has a few of them, perhaps none of one length
    long = [line.right for line in lines if line.right - line.left >= _LONG * (page[2] - page[0])]
    if long or usual is not None:
        right = max(right, median(long) if long else usual or right)
    if len(lines) < _FEW_LINES:
        # too few to show where the margin is
        right = max(right, page[2] * _USUAL_RIGHT, *(box[2] - size for box in tables))
    return left, right


def read_columns(lines: Sequence[TextLine], page: Box, *, signing: int = 0) -> list[Column]:
    """Put lines of a page, tables apart, into reading order.

    Args:
        lines: any order.
        page: box of the page, for margins of a page with few lines.
        signing: how many parties sign side by side at the end of the page before.

    Returns:
        Columns in reading order; margins are those of the text in them.
    """
    rows = make_rows([part for line in lines for part in split_parties(line)])
    left, right = margins(lines, page)
    columns: list[Column] = []
    place = 0
    rest = rest_of_parties(rows, signing) if signing else None
    while place < len(rows):
        run = rest or parties_abreast(rows, place)
        if run is not None:
            rest, (place, sides_of_run) = None, run
            columns.extend(_of_parties(sides_of_run))
            continue
        end, gutter = _side_by_side(rows, place)
        if gutter is not None:
            halves: tuple[list[TextLine], list[TextLine]] = ([], [])
            for row in rows[place:end]:
                for half, lines_of_side in zip(halves, _sides(row, gutter), strict=True):
                    half.extend(lines_of_side)
            columns.extend(_of_parties(halves, signing=_are_parties(rows[place:end], gutter)))
            place = end
            continue
        if not columns or columns[-1].left != left or columns[-1].right != right:
            columns.append(Column(left=left, right=right))
        columns[-1].lines.append(merge_row(rows[place]))
        place += 1
    return columns


def _of_parties(sides: Sequence[list[TextLine]], *, signing: bool = True) -> list[Column]:
    """A column for each block of lines."""
    count = len(sides) if signing else 0
    return [Column(side, min(line.left for line in side), max(line.right for line in side), count) for side in sides]


def _side_by_side(rows: Sequence[Row], start: int) -> tuple[int, float | None]:
    """A run of rows that is two blocks with a gutter between: (end of the run, x of the gutter or None)."""
    low, high = _gutter_of(rows[start])
    if low is None or high is None:
        return start + 1, None
    end, both = start, 0
    size = max(line.size for line in rows[start].lines)
    parties = _are_parties(rows[start : start + 1], (low + high) / 2)
    for row in rows[start:]:
        gap = _narrowed(row, low, high)
        if gap is None and parties:
            _split_labels(row)
            gap = _narrowed(row, low, high)
        if gap is not None and gap[1] - gap[0] >= _GUTTER * size:
            low, high = gap
        elif not (parties and (_has_own_gutter(row) or _stands_left(rows, end, rows[start].lines[0]))):
            break
        both += len(row.lines) > 1
        end += 1
    # rows at the end that stand on one side only may be what follows
    while end > start + 1 and len(rows[end - 1].lines) == 1 and not _near(rows[end - 2], rows[end - 1]):
        end -= 1
    middle = (low + high) / 2
    run = rows[start:end]
    if _are_parties(run, middle) or _is_prose(run, middle, both):
        return end, middle
    return start + 1, None


def _stands_left(rows: Sequence[Row], place: int, first: TextLine) -> bool:
    """A label of the left party alone that reaches below the right one, with both parties again in the next row.

    甲方（章）          乙方（签字）：孟宪
    法定代表人或委托代理人：佟丽
    2024年2月27日       2024年2月27日
    """
    row, below = rows[place], rows[place + 1 : place + 2]
    return (
        len(row.lines) == 1
        and abs(row.lines[0].left - first.left) < row.lines[0].size
        and _LABEL.match(row.lines[0].text) is not None
        and bool(below)
        and _has_own_gutter(below[0])
    )


def _split_labels(row: Row) -> None:
    """Cut a line that holds a label of each party, which a long value on the left has pushed together."""
    if len(row.lines) != 1 or not _LABEL.match(row.lines[0].text):
        return
    (line,) = row.lines
    cuts = list(_SECOND_LABEL.finditer(line.text))
    if len(cuts) == 1:
        row.lines = [line.cut(0, cuts[0].start()), line.cut(cuts[0].end(), len(line.text))]


def _has_own_gutter(row: Row) -> bool:
    """Two halves with a wide gap: signatures typed with blanks, whose right halves do not begin below each other.

    Halves that begin with a label each (身份证号：… 法定代表人：…) are halves however narrow their gap, which is what a
    long address on the left leaves of it.
    """
    if len(row.lines) != 2:
        return False
    labelled = all(_LABEL.match(line.text) for line in row.lines)
    return labelled or row.lines[1].left - row.lines[0].right > _WIDE * row.lines[0].size


def _near(above: Row, below: Row) -> bool:
    return below.top - above.bottom < 2.5 * max(line.size for line in below.lines)


def _gutter_of(row: Row) -> tuple[float | None, float | None]:
    """The widest gap of a row."""
    gaps = [(left.right, right.left) for left, right in pairwise(row.lines)]
    if not gaps:
        return None, None
    return max(gaps, key=lambda gap: gap[1] - gap[0])


def _narrowed(row: Row, low: float, high: float) -> tuple[float, float] | None:
    """What is left of a gutter when a row stands beside it; None when a line crosses it."""
    for line in row.lines:
        middle = (line.left + line.right) / 2
        if middle < (low + high) / 2:
            low = max(low, line.right)
        else:
            high = min(high, line.left)
        if low >= high:
            return None
    return low, high


def _are_parties(run: Sequence[Row], middle: float) -> bool:
    """Two signature blocks: the first row with both sides names a party on each."""
    for row in run:
        sides = _sides(row, middle)
        if all(sides):
            return all(is_party(side[0].text) for side in sides) and sides[0][0].text[:2] != sides[1][0].text[:2]
        if len(row.lines) > 1:
            return False
    return False


def _is_prose(run: Sequence[Row], middle: float, both: int) -> bool:
    """Two columns of running text: many rows, most lines as wide as their column."""
    if both < _PROSE_ROWS:
        return False
    widths: tuple[list[float], list[float]] = ([], [])
    for row in run:
        for found, lines in zip(widths, _sides(row, middle), strict=True):
            if lines:
                found.append(lines[-1].right - lines[0].left)
    for found in widths:
        widest = max(found, default=0.0)
        if not found or sum(width >= _FULL * widest for width in found) < 0.5 * len(found):
            return False
    # a column of short entries is a list or a table, not prose
    size = max(line.size for row in run for line in row.lines)
    return min(map(max, widths)) >= 9 * size


def _sides(row: Row, middle: float) -> tuple[list[TextLine], list[TextLine]]:
    """The lines on either side of a gutter, or of the gap of a row that has its own."""
    if _has_own_gutter(row):
        return row.lines[:1], row.lines[1:]
    left = [line for line in row.lines if (line.left + line.right) / 2 < middle]
    return left, [line for line in row.lines if line not in left]


def merge_row(row: Row) -> TextLine:
    """One line of a row: gaps become blanks, about as many as fit."""
    merged = row.lines[0]
    for line in row.lines[1:]:
        merged = _joined(merged, line)
    return merged


def _joined(one: TextLine, other: TextLine) -> TextLine:
    gap = other.left - one.right
    size = max(one.size, other.size, 1.0)
    needed = 1 if glue(one.text, Piece(other.text)) or gap > 0.6 * size else 0
    blanks = min(20, round(gap / size * 2)) if gap > 2 * size else needed
    offset = len(one.text) + blanks
    joined = TextLine(
        text=one.text + " " * blanks + other.text,
        box=(
            min(one.box[0], other.box[0]),
            min(one.box[1], other.box[1]),
            max(one.box[2], other.box[2]),
            max(one.box[3], other.box[3]),
        ),
        centres=one.centres + [one.right + gap * (place + 0.5) / blanks for place in range(blanks)] + other.centres,
        size=max(one.size, other.size),
        bold=one.bold and other.bold,
        confidence=min(one.confidence, other.confidence),
        grade=one.grade if one.grade != "good" else other.grade,
        reason=one.reason or other.reason,
    )
    for mark in other.marks:
        mark.start, mark.end = mark.start + offset, mark.end + offset
    for doubt in other.suspects:
        doubt.start, doubt.end = doubt.start + offset, doubt.end + offset
    joined.marks = [*one.marks, *other.marks]
    joined.suspects = [*one.suspects, *other.suspects]
    return joined
