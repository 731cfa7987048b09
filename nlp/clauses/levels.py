"""Open levels of a reading, those nobody printed included.

A supplement to a printed form prints only the numbers it changes: `3.1`, `3.2.1`, `3.7` under 3, `11.1` with no 11
above it. A decimal says itself where it belongs, so the levels it leaves out are opened in silence: they take their
place in the count (3.7 goes on from 3.2, 12 from 11), but are no clauses.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.clauses.marker import Marker

UNPRINTED = "unprinted"
NOBODY = -1
# families that number the clauses of a contract; 第三部分 is not the 3 of 3.2.1
_TOPS = frozenset({"chapter", "section", "article", "english_article", "capital", "ordinal", "chinese", "arabic"})
_TOLD = frozenset({"decimal", UNPRINTED})
_FURTHEST = 25  # headings left out in a row
_TOP_FAR = 60

SKIPPED = 0.4  # a level left out
SKIPPED_TOP = 0.6  # a heading left out, after one that had clauses of its own number
LONE_TOP = 2.4  # the same after one that had none: its prefixes may run ahead (第三条 4.1), see FOREIGN_PREFIX
SKIPPED_ALL = 2.1  # no number counts yet under the 部分
LATE = 0.3  # not the first of its level
GAP = 0.1  # each number left out
BACK = 2.0  # an earlier number behind a later one


class Level(NamedTuple):
    """An open level of a reading: the list and its last number.

    Attributes:
        style: as printed, `unprinted` for a level left out.
        family: of the list.
        value: its last count.
        prefix: the components before it, of a decimal.
        marker: index of the marker, or NOBODY.
    """

    style: str
    family: str
    value: int
    prefix: tuple[int, ...]
    marker: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """All components: 5, 1, 2 of 5.1.2."""
        return (*self.prefix, self.value)

    def leads(self, marker: Marker) -> bool:
        """Whether a number can be the next of its list."""
        if self.family == UNPRINTED:
            return not marker.prefix and marker.family in _TOPS and marker.value > self.value
        return self.family == marker.family and self.prefix == marker.prefix


class Ladder(NamedTuple):
    """Levels opened in silence for a decimal.

    Attributes:
        cost: of doing so, without the number itself.
        depth: where the first of them opens.
        levels: from the outside in.
        anchored: whether they lead on from a level of which the decimal says that it belongs to it.
    """

    cost: float
    depth: int
    levels: tuple[Level, ...]
    anchored: bool = False


def ladders(levels: Sequence[Level], marker: Marker) -> Iterator[Ladder]:
    """The silent levels that lead from an open level to a decimal; none when its own one is open.

    Args:
        levels: open, from the outside in.
        marker: a decimal.
    """
    if marker.style != "decimal" or marker.weight < 2 or marker.prefix[0] > _TOP_FAR:
        return
    start = 0.0 if marker.value == 1 else LATE
    lengths = [_shared(levels, depth, marker) for depth in range(len(levels))]
    length = max(lengths, default=0)
    if length == len(marker.prefix):
        return
    if not length:
        yield from _without_anchor(levels, marker, start)
        return
    steps = _silent(marker, length)
    for depth in range(len(levels) - 1, -1, -1):
        if lengths[depth] == length:
            beside = levels[depth + 1] if depth + 1 < len(levels) else None
            yield Ladder(start + SKIPPED + _step(beside, steps[0]), depth + 1, steps, anchored=True)


def holds(levels: Sequence[Level], depth: int, marker: Marker) -> bool:
    """Whether a decimal says that it belongs to the level at a depth: 5.1.2 to 5.1, 7.2.1 to （二） of 第七条."""
    return _shared(levels, depth, marker) == len(marker.prefix)


def _shared(levels: Sequence[Level], depth: int, marker: Marker) -> int:
    """How many components of a decimal a level tells, all of its own; 0 when it does not lead to it."""
    level = levels[depth]
    if level.family == "part":
        # 3.1 in 第三部分, where other numbers count already, is not of the part
        inner = depth + 1 < len(levels) and levels[depth + 1].prefix != marker.prefix
        return 0 if inner else _agreeing(level.numbers, marker, whole=True)
    length = _agreeing(level.numbers, marker, whole=level.family not in _TOPS and level.style not in _TOLD)
    if level.prefix or not depth:
        return length
    above = levels[depth - 1]
    return max(length, _agreeing((*above.numbers, level.value), marker, whole=False) if above.family != "part" else 0)


def _agreeing(numbers: tuple[int, ...], marker: Marker, *, whole: bool) -> int:
    agree = numbers == marker.prefix if whole else numbers == marker.prefix[: len(numbers)]
    return len(numbers) if agree else 0


def _silent(marker: Marker, length: int, family: str = UNPRINTED) -> tuple[Level, ...]:
    """Levels for the components of a prefix behind the first ones."""
    made = []
    for place in range(length, len(marker.prefix)):
        kind = f"decimal{place + 1}" if place else family
        made.append(Level(UNPRINTED, kind, marker.prefix[place], marker.prefix[:place], NOBODY))
    return tuple(made)


def _step(beside: Level | None, first: Level) -> float:
    """Cost of a silent level behind the last one of its list."""
    if beside is None or beside.prefix != first.prefix or beside.family != first.family:
        return 0.0
    step = first.value - beside.value
    return GAP * min(step - 1, 5) if step > 0 else BACK


def _without_anchor(levels: Sequence[Level], marker: Marker, start: float) -> Iterator[Ladder]:
    """A decimal whose first component is not open: beside the last heading, or at the top."""
    top = marker.prefix[0]
    counted = False
    for depth, level in enumerate(levels):
        if level.prefix or (level.family not in _TOPS and level.family != UNPRINTED):
            continue
        counted = True
        step = top - level.value
        own = depth + 1 < len(levels) and levels[depth + 1].numbers[:1] == (level.value,) and levels[depth + 1].prefix
        if (step < 0 and not own) or abs(step) > _FURTHEST:
            continue
        cost = (SKIPPED_TOP if own else LONE_TOP) + (GAP * min(step - 1, 5) if step > 0 else BACK)
        yield Ladder(start + cost, depth, _silent(marker, 0, level.family))
    if not counted and all(level.family == "part" for level in levels):
        yield Ladder(start + (SKIPPED_ALL if levels else SKIPPED), len(levels), _silent(marker, 0))
