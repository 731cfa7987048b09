"""Lines to paragraphs, over line ends and page breaks.

A line that reaches the right margin goes on in the next one, unless that one is indented, numbered, centred or of
another size. The last line of a page goes on in the first line of the next by the same signs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.blocks import LocalMark, LocalSuspect, ParagraphBlock, Piece
from ingest.characters import BLANKS, count_han, is_han
from ingest.joining import (
    begins_item,
    continues,
    ends_sentence,
    is_running,
    must_continue,
    starts_paragraph,
    wraps_into,
)
from ingest.layout.order import Column
from ingest.layout.page import TextLine
from schema.document import Alignment

_RAGGED: Final = 2.2
_INDENT: Final = 1.2
_OTHER_SIZE: Final = 1.18
# of a line without Chinese characters (6%。) the size is only guessed
_OTHER_GUESSED: Final = 1.5
_LONG_BROKEN: Final = 30
_CENTRED: Final = 3.2
_TITLE_SIZE: Final = 14.0
_UNBROKEN: Final = re.compile(r"[A-Za-z][A-Za-z'’-]+|[A-Za-z0-9][A-Za-z0-9@._-]{7,}")


@dataclass(slots=True)
class _Set:
    """How a line is set in its column."""

    indent: float
    short: float
    alignment: Alignment


_GROUPS: Final = re.compile(r"\d{4} \d{3,}")


def make_paragraphs(column: Column, page: int) -> list[ParagraphBlock]:
    """Group the lines of a column.

    Args:
        column: lines in reading order with the margins of their column.
        page: number of the page.
    """
    paragraphs: list[list[TextLine]] = []
    leading = _leading(column.lines)
    for line in column.lines:
        before = paragraphs[-1] if paragraphs else None
        if before is not None and _same(before, line, column, leading):
            before.append(line)
        else:
            paragraphs.append([line])
    return [_block(lines, column, page) for lines in paragraphs]


def _leading(lines: Sequence[TextLine]) -> float:
    """Usual distance from line to line; 0 when it cannot be told."""
    steps = [
        below.middle - above.middle
        for above, below in pairwise(lines)
        if 0 < below.middle - above.middle < 4 * max(above.size, 1.0)
    ]
    return median(steps) if len(steps) >= 3 else 0.0


def _set(line: TextLine, column: Column) -> _Set:
    size = max(line.size, 1.0)
    indent, short = line.left - column.left, column.right - line.right
    # an indented first line may leave as much free at its end: a title is farther in, or at least no numbered clause
    centred = abs(indent - short) < 1.5 * size and indent > _CENTRED * size
    centred = centred and (indent > 2 * _CENTRED * size or not begins_item(line.text))
    right = short < size and indent > 8 * size
    return _Set(indent, short, "center" if centred else "right" if right else "left")


def _same(before: Sequence[TextLine], line: TextLine, column: Column, leading: float) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = before[-1]
    size = max(last.size, 1.0)
    if len(line.text.strip(BLANKS)) == 1 and _is_vertical([*before, line]):
        return True
    other = _OTHER_SIZE if count_han(line.text) and count_han(last.text) else _OTHER_GUESSED
    if max(last.size, line.size) > other * min(last.size, line.size):
        return False
    text = "".join(part.text for part in before[-4:]).rstrip(BLANKS)
    upper, lower = _set(last, column), _set(line, column)
    # below a full line with the same left edge even a line in the middle of the column is the rest of it
    below = upper.short <= _RAGGED * size and abs(line.left - last.left) < 0.5 * size and upper.alignment != "center"
    if "center" in (upper.alignment, lower.alignment) and not must_continue(text) and not below:
        return _wrapped_title(before, line, upper, lower)
    step = line.middle - last.middle
    if leading and step > max(1.9 * leading, leading + 1.2 * size):
        return False
    if must_continue(text):
        return not begins_item(line.text)
    if _goes_on_blank(text, line, column, upper):
        return True
    word = _first_word(line)
    if text[-1:] in "：:" and (word or _GROUPS.match(line.text)) and upper.short <= _RAGGED * size + word:
        return True  # 统一社会信用代码： and the code, which did not fit behind it
    if upper.short > _RAGGED * size + word:
        # short, and yet in mid-sentence: broken before a long word, or by whoever typed it anew
        return (len(text) >= _LONG_BROKEN or upper.short < 4 * size) and continues(text, line.text)
    # a numbered clause whose line ends just with a semicolon goes on, unless the next line begins something
    ended = ends_sentence(text) and not (text[-1:] in "；;" and upper.short < size and begins_item(before[0].text))
    return _goes_on(before, line, column, ended=ended) and wraps_into(text.rstrip("。；;：:"), line.text)


def _is_vertical(lines: Sequence[TextLine]) -> bool:
    """Whether large characters stand below each other, one a line: a title written downwards."""
    middles = [(line.left + line.right) / 2 for line in lines]
    return (
        all(len(line.text.strip(BLANKS)) == 1 and is_han(line.text.strip(BLANKS)) for line in lines)
        and min(line.size for line in lines) >= _TITLE_SIZE
        and max(middles) - min(middles) < 0.4 * lines[0].size
    )


def _first_word(line: TextLine) -> float:
    """Width of the word, code or account a line begins with: the line above ends where it did not fit any more."""
    word = _UNBROKEN.match(line.text)
    if word is None or len(line.centres) != len(line.text):
        return 0.0
    return line.centres[word.end() - 1] - line.left + line.size / 4


def _goes_on_blank(text: str, line: TextLine, column: Column, upper: _Set) -> bool:
    """Whether a blank at the end of a line goes on in the next line, or the sentence that it is a part of."""
    size = max(line.size, 1.0)
    if not text.endswith("_"):
        return False
    if line.text.startswith("_"):
        return line.left - column.left < 3 * size
    return upper.short <= _RAGGED * size and is_running(text.rstrip("_")) and not starts_paragraph(line.text)


def _goes_on(before: Sequence[TextLine], line: TextLine, column: Column, *, ended: bool) -> bool:
    """Whether a line below a full one stands where the rest of its paragraph would stand.

    Behind a sentence that is over at the margin only the indents tell: where the paragraph began with an indent (or
    hangs behind its number), a line without it goes on.
    """
    size = max(line.size, 1.0)
    first, last = before[0].left - column.left, before[-1].left - column.left
    indent = line.left - column.left
    if len(before) > 1:
        if indent > last + _INDENT * size:
            return False
        return not ended or (abs(first - last) > _INDENT * size and abs(indent - last) < 0.6 * size)
    if indent > first + _INDENT * size:
        return starts_paragraph(before[0].text) or not ended
    return not ended or indent < first - _INDENT * size


def _wrapped_title(before: Sequence[TextLine], line: TextLine, upper: _Set, lower: _Set) -> bool:
    """Centred lines are one title when the upper one was too long, never otherwise."""
    return (
        upper.alignment == "center"
        and lower.alignment == "center"
        and upper.indent < 4 * line.size
        and upper.indent < lower.indent
        and not ends_sentence(before[-1].text)
        and not starts_paragraph(line.text)
    )


def _block(lines: Sequence[TextLine], column: Column, page: int) -> ParagraphBlock:
    first = _set(lines[0], column)
    indent = first.indent if first.alignment == "left" and first.indent > 0.5 * lines[0].size else None
    return ParagraphBlock(
        pieces=[to_piece(line, page) for line in lines],
        bold=all(line.bold for line in lines) if all(line.bold is not None for line in lines) else None,
        size=median(line.size for line in lines),
        alignment=first.alignment,
        indent=indent,
    )


def to_piece(line: TextLine, page: int) -> Piece:
    """A line as a piece of canonical text: blanks at its ends dropped."""
    begin = len(line.text) - len(line.text.lstrip(BLANKS))
    text = line.text.strip(BLANKS)
    length = len(text)
    return Piece(
        text=text,
        page=page,
        box=line.box,
        confidence=line.confidence,
        grade=line.grade,
        reason=line.reason,
        marks=[
            LocalMark(mark.kind, max(0, mark.start - begin), min(length, mark.end - begin))
            for mark in line.marks
            if mark.end - begin > 0 and mark.start - begin < length
        ],
        suspects=[
            LocalSuspect(max(0, doubt.start - begin), min(length, doubt.end - begin), doubt.alternative, doubt.reason)
            for doubt in line.suspects
            if doubt.end - begin > 0 and doubt.start - begin < length
        ],
    )


def joins_over_break(last: ParagraphBlock, first: ParagraphBlock, *, full: bool, indented: bool) -> bool:
    """Whether the last paragraph of a page goes on in the first one of the next.

    Args:
        last: the paragraph above the break.
        first: the paragraph below it.
        full: whether the last line reaches the right margin.
        indented: whether the first line is indented or centred.
    """
    before, after = last.tail, first.text
    if not before or not after:
        return False
    if first.size and last.size and max(first.size, last.size) > _OTHER_SIZE * min(first.size, last.size):
        return False
    if must_continue(before):
        return not begins_item(after)
    if ends_sentence(before) or first.alignment == "center":
        return False
    if full:
        return not (indented and starts_paragraph(after)) and wraps_into(before, after)
    return continues(before, after)
