"""A few words around what was found, cut for a list of hits.

    snippet("…逾期一日…支付违约金…", [(14, 17)])   # [Piece("…支付", False), Piece("违约金", True), Piece("…", False)]

Offsets are code points, as everywhere in Python; what is marked is marked here, so the page need not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LENGTH = 180
_BEFORE = 40


@dataclass(frozen=True)
class Piece:
    """Words, marked or not."""

    text: str
    marked: bool


def snippet(text: str, marks: Iterable[tuple[int, int]], length: int = LENGTH) -> list[Piece]:
    """The stretch that shows the most marks, with dots where it was cut.

    Args:
        text: of the hit.
        marks: half-open ranges of code points.
        length: of the stretch.
    """
    kept = merged(marks, len(text))
    start = _best_start(len(text), kept, length)
    end = min(start + length, len(text))
    inner = [(max(left, start), min(right, end)) for left, right in kept if left < end and right > start]
    pieces = list(pieces_of(text, inner, start, end))
    return [
        *([Piece("…", False)] if start > 0 else []),
        *pieces,
        *([Piece("…", False)] if end < len(text) else []),
    ]


def pieces_of(text: str, marks: Sequence[tuple[int, int]], start: int, end: int) -> Iterable[Piece]:
    """Cut a stretch of text at its marks.

    Args:
        text: whole.
        marks: sorted, apart from each other, inside the stretch.
        start: of the stretch.
        end: of the stretch.
    """
    position = start
    for left, right in marks:
        if left > position:
            yield Piece(text[position:left], False)
        yield Piece(text[left:right], True)
        position = right
    if position < end:
        yield Piece(text[position:end], False)


def merged(marks: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Marks in order, those that touch joined, nothing outside the text."""
    found: list[tuple[int, int]] = []
    for left, right in sorted((max(left, 0), min(right, length)) for left, right in marks):
        if left >= right:
            continue
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _best_start(total: int, marks: Sequence[tuple[int, int]], length: int) -> int:
    if total <= length or not marks:
        return 0
    starts = [min(max(left - min(_BEFORE, length // 3), 0), total - length) for left, _ in marks]
    weights = [
        sum(
            min(right, start + length) - max(left, start)
            for left, right in marks
            if left < start + length and right > start
        )
        for start in starts
    ]
    return starts[max(range(len(starts)), key=lambda place: (weights[place], -starts[place]))]
