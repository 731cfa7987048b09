"""Which markers are clauses, and under which: the cheapest reading of a whole run of markers.

A number alone proves little: `1.` may open a list, go on with one, or belong to a quantity. So the run is read as a
whole. A reading keeps the open levels (`第七条` → `2、` → `（1）`), and each marker may go on with one of them, open a
level, or be no number at all, each at a cost: going on by one and opening with 1 are nearly free; gaps, doubles and
odd nestings cost; leaving a marker out costs its weight. A beam of the cheapest readings is kept, so time is linear.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.clauses.numbering import RANK, Marker

BEAM = 8

OPEN = 0.3
SWITCH = 0.6  # 1、 2. 3、 in one list
DOUBLE = 4.5  # a number printed twice
RESTART = 4.0  # 1 again in the same list without a label before it
LABELLED_RESTART = 0.6  # 甲方： 1. 2. 乙方： 1. 2.
BACKWARDS = 7.0
NESTED_SAME = 2.5  # a style inside itself
UP = 2.0  # a new style that leaves the deepest level
INVERSION = 0.8  # a style inside one that usually stands deeper, per rank
RUN_ON = 0.4  # 第三条 in 第二章, after 第二条 in 第一章
LATE_START = 3.0  # a list that begins with 2 or more
FAR = 60  # no contract begins a list with such a number, a statute in a quotation does
FOREIGN_PREFIX = 2.2  # 4.1 under 第五条
NEW_GROUP = 1.5  # 2.1 behind 1.3 with no 2 in between


@dataclass(frozen=True, slots=True)
class Level:
    """An open level of a reading: the list and its last number."""

    style: str
    family: str
    value: int
    prefix: tuple[int, ...]
    marker: int


@dataclass(frozen=True, slots=True)
class Step:
    """One decision, linked to those before it.

    Attributes:
        marker: index of the marker.
        chosen: the marker as read, or None when it is no number.
        parent: index of the marker above it, or -1.
        before: the step before.
    """

    marker: int
    chosen: Marker | None
    parent: int
    before: "Step | None"


@dataclass(frozen=True, slots=True)
class Path:
    """A way to read the markers so far."""

    cost: float
    levels: tuple[Level, ...]
    closed: tuple[tuple[str, int], ...]
    step: Step | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A marker that is a clause.

    Attributes:
        index: of the marker in the run.
        marker: as read.
        parent: index of the marker above it, or -1.
    """

    index: int
    marker: Marker
    parent: int


def place_markers(markers: Sequence[Marker], labelled: frozenset[int] = frozenset()) -> list[Placed]:
    """Find the tree of a run of markers.

    Args:
        markers: candidates in text order.
        labelled: indices of markers with a label or a heading on the line before, where a list may begin anew.

    Returns:
        Those that are clauses, in order.
    """
    beam = [Path(0.0, (), (), None)]
    for index, marker in enumerate(markers):
        options: dict[tuple[Level, ...], Path] = {}
        for reading in beam:
            for option in _options(reading, index, marker, index in labelled):
                known = options.get(option.levels)
                if known is None or option.cost < known.cost:
                    options[option.levels] = option
        beam = sorted(options.values(), key=lambda r: r.cost)[:BEAM]
    return _unwind(beam[0].step)


def _unwind(step: Step | None) -> list[Placed]:
    placed = []
    while step is not None:
        if step.chosen is not None:
            placed.append(Placed(step.marker, step.chosen, step.parent))
        step = step.before
    return placed[::-1]


def _options(reading: Path, index: int, marker: Marker, labelled: bool) -> Iterator[Path]:
    """Every way to go on with a marker."""
    yield Path(reading.cost + marker.weight, reading.levels, reading.closed, Step(index, None, -1, reading.step))
    for read in (marker, marker.other) if marker.other else (marker,):
        for depth, level in enumerate(reading.levels):
            if level.family == read.family:
                cost = _going_on(level, read, labelled)
                if cost is not None:
                    yield _extended(reading, depth, index, read, cost)
        yield from _openings(reading, index, read)


def _extended(reading: Path, depth: int, index: int, marker: Marker, cost: float) -> Path:
    """The reading with a marker at a depth; deeper levels and the one it follows are closed."""
    closed = reading.closed
    gone = reading.levels[depth:]
    if gone:
        kept = {family: value for family, value in closed if RANK.get(family, 9) <= RANK.get(gone[0].family, 9)}
        kept |= {level.family: level.value for level in gone[1:]}
        closed = tuple(kept.items())
    level = Level(marker.style, marker.family, marker.value, marker.prefix, index)
    parent = reading.levels[depth - 1].marker if depth else -1
    step = Step(index, marker, parent, reading.step)
    weak = 0.0 if marker.weight >= 2 else 0.4 if marker.weight >= 1 else 1.5
    return Path(reading.cost + cost + weak, (*reading.levels[:depth], level), closed, step)


def _going_on(level: Level, marker: Marker, labelled: bool) -> float | None:
    """Cost of a marker as the next of a level of its family."""
    switch = 0.0 if level.style == marker.style else SWITCH
    if level.prefix != marker.prefix:
        return None
    step = marker.value - level.value
    if step == 1:
        return switch
    if step == 0:
        return DOUBLE + switch
    if step > 1:
        if marker.prefix:  # terms that only amend others print only the numbers they change: 1.1, 1.3, 4.2
            return 0.8 + 0.2 * min(step, 10) + switch
        return 2.5 + 0.5 * min(step, 12) + switch + (10.0 if step > FAR else 0.0)
    if marker.value == 1:
        return (LABELLED_RESTART if labelled else RESTART) + switch
    return BACKWARDS + switch


def _openings(reading: Path, index: int, marker: Marker) -> Iterator[Path]:
    """A marker as the first of a new level, at the bottom or further up."""
    if marker.prefix:
        yield from _decimal_openings(reading, index, marker)
        return
    start = _start_cost(reading, marker)
    bottom = len(reading.levels)
    for depth in range(bottom, -1, -1):
        if depth < bottom and reading.levels[depth].family == marker.family:
            continue
        inside = [level.family for level in reading.levels[:depth]]
        cost = OPEN + start + (UP if depth < bottom else 0.0)
        if marker.family in inside:
            cost += NESTED_SAME
        if inside:
            steps = max(0, RANK.get(inside[-1], 9) - RANK.get(marker.family, 9))
            cost += INVERSION * steps * (2 if reading.levels[depth - 1].value > 1 else 1)
        yield _extended(reading, depth, index, marker, cost)


def _start_cost(reading: Path, marker: Marker) -> float:
    if marker.value == 1:
        return 0.0
    for family, value in reading.closed:
        if family == marker.family and marker.value == value + 1:
            return RUN_ON
    return _late(marker)


def _late(marker: Marker) -> float:
    return LATE_START + 0.4 * min(marker.value, 12) + (10.0 if marker.value > FAR else 0.0)


def _decimal_openings(reading: Path, index: int, marker: Marker) -> Iterator[Path]:
    """Decimals say themselves where they belong: 5.1.2 under 5.1, 5.1 under 5."""
    start = 0.0 if marker.value == 1 else 0.8 + 0.2 * min(marker.value, 10)
    bottom = len(reading.levels)
    found = False
    for depth in range(bottom, 0, -1):
        level = reading.levels[depth - 1]
        if (*level.prefix, level.value) == marker.prefix or (not level.prefix and (level.value,) == marker.prefix):
            yield _extended(reading, depth, index, marker, start)
            found = True
    for depth, level in enumerate(reading.levels):
        if level.family == marker.family and level.prefix != marker.prefix:
            yield _extended(reading, depth, index, marker, NEW_GROUP + start)
    if not found:
        missing = FOREIGN_PREFIX if bottom else 0.5
        yield _extended(reading, bottom, index, marker, missing + start)
        for depth in range(bottom - 1, 0, -1):
            if reading.levels[depth].family != marker.family:
                yield _extended(reading, depth, index, marker, missing + start + 0.5)
