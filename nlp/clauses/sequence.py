"""Which markers are clauses, and under which: the cheapest reading of a whole run of markers.

A number alone proves little: `1.` may open a list, go on with one, or belong to a quantity. So the run is read as a
whole. A reading keeps the open levels (`第七条` → `2、` → `（1）`), and each marker may go on with one of them, open a
level, or be no number at all, each at a cost: going on by one and opening with 1 are nearly free; gaps, doubles and
odd nestings cost; leaving a marker out costs its weight. A beam of the cheapest readings is kept, so time is linear.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.clauses.marker import RANK, Marker

BEAM = 8
# 第一条 never stands in 第一条
WORD_FAMILIES = frozenset({"part", "chapter", "section", "article", "english_article"})

OPEN = 0.3
SWITCH = 0.6  # 1、 2. 3、 in one list
DOUBLE = 2.6  # a number printed twice
RESTART = 4.0  # 1 again in the same list without a label before it
LABELLED_RESTART = 0.6  # 甲方： 1. 2. 乙方： 1. 2.
BACKWARDS = 7.0
NESTED_SAME = 2.5  # a style inside itself
UP = 4.0  # a new style beside another one under the same clause
UP_ROOT = 2.0  # the same at the top: recitals before the clauses
INVERSION = 0.6  # a style inside one that usually stands deeper, per rank
RUN_ON = 0.4  # 第三条 in 第二章, after 第二条 in 第一章
RUN_ON_INNER = 2.2  # 3. under 二、, after 2. under 一、
LATE_START = 3.0  # a list that begins with 2 or more
FAR = 60  # no contract begins a list with such a number, a statute in a quotation does
FOREIGN_PREFIX = 2.2  # 4.1 under 第五条
NEW_GROUP = 1.5  # 2.1 behind 1.3 with no 2 in between


class Level(NamedTuple):
    """An open level of a reading: the list and its last number."""

    style: str
    family: str
    value: int
    prefix: tuple[int, ...]
    marker: int


class Step(NamedTuple):
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


class Path(NamedTuple):
    """A way to read the markers so far."""

    cost: float
    levels: tuple[Level, ...]
    closed: tuple[tuple[str, int], ...]
    step: Step | None


class Placed(NamedTuple):
    """A marker that is a clause.

    Attributes:
        place: of the marker in the run.
        marker: as read.
        parent: index of the marker above it, or -1.
    """

    place: int
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
        options = [
            (path.cost + cost, place, depth, read)
            for place, path in enumerate(beam)
            for cost, depth, read in _options(path, marker, index in labelled)
        ]
        options.sort(key=_by_cost)
        kept: dict[tuple[Level, ...], Path] = {}
        for cost, place, depth, read in options:
            path = _extended(beam[place], depth, index, read, cost)
            kept.setdefault(path.levels, path)
            if len(kept) == BEAM:
                break
        beam = list(kept.values())
    return _unwind(beam[0].step)


def _by_cost(option: tuple[float, int, int, Marker | None]) -> float:
    return option[0]


def _unwind(step: Step | None) -> list[Placed]:
    placed = []
    while step is not None:
        if step.chosen is not None:
            placed.append(Placed(step.marker, step.chosen, step.parent))
        step = step.before
    return placed[::-1]


# what to do with a marker: the cost, and the depth it takes; left out it has neither depth nor reading
Option = tuple[float, int, Marker | None]


def _options(path: Path, marker: Marker, labelled: bool) -> Iterator[Option]:
    """Every way to go on with a marker."""
    yield marker.weight, -1, None
    for read in _readings(marker):
        weak = 0.0 if read.weight >= 2 else 0.4 if read.weight >= 1 else 1.5
        for depth, level in enumerate(path.levels):
            if level.family == read.family and level.prefix == read.prefix:
                yield _going_on(level, read, labelled) + weak, depth, read
        for cost, depth in _decimal_openings(path, read) if read.prefix else _openings(path, read):
            yield cost + weak, depth, read


def _readings(marker: Marker | None) -> Iterator[Marker]:
    """A marker and what else it can be: `I、` is a Roman number, a letter, a misread 1."""
    while marker is not None:
        yield marker
        marker = marker.other


def _extended(path: Path, depth: int, index: int, marker: Marker | None, cost: float) -> Path:
    """The path with a marker at a depth; deeper levels and the one it follows are closed."""
    if marker is None:
        return Path(cost, path.levels, path.closed, Step(index, None, -1, path.step))
    closed = path.closed
    gone = path.levels[depth:]
    if gone:
        outer = RANK.get(gone[0].family, 9)
        kept = {family: value for family, value in closed if RANK.get(family, 9) <= outer}
        kept |= {level.family: level.value for level in gone[1:]}
        closed = tuple(kept.items())
    level = Level(marker.style, marker.family, marker.value, marker.prefix, index)
    parent = path.levels[depth - 1].marker if depth else -1
    return Path(cost, (*path.levels[:depth], level), closed, Step(index, marker, parent, path.step))


def _going_on(level: Level, marker: Marker, labelled: bool) -> float:
    """Cost of a marker as the next of a level of its family."""
    switch = 0.0 if level.style == marker.style else SWITCH
    step = marker.value - level.value
    if step == 1:
        return switch
    if step == 0:
        return DOUBLE + switch
    if step > 1:
        if marker.prefix:  # terms that only amend others print only the numbers they change: 1.1, 1.3, 4.2
            return 0.8 + 0.2 * min(step, 10) + switch
        return 1.5 + 0.6 * min(step, 4 if marker.titled else 12) + switch + (10.0 if step > FAR else 0.0)
    if marker.value == 1:
        return (LABELLED_RESTART if labelled else RESTART) + switch
    return BACKWARDS + switch


def _openings(path: Path, marker: Marker) -> Iterator[tuple[float, int]]:
    """A marker as the first of a new level, at the bottom or further up."""
    start = OPEN + _start_cost(path, marker)
    bottom = len(path.levels)
    rank = RANK.get(marker.family, 9)
    same = next((depth for depth, level in enumerate(path.levels) if level.family == marker.family), bottom)
    for depth in range(bottom, -1, -1):
        if depth < bottom and path.levels[depth].family == marker.family:
            continue
        if same < depth and marker.family in WORD_FAMILIES:
            continue
        cost = start + (0.0 if depth == bottom else UP if depth else UP_ROOT)
        if same < depth:
            cost += NESTED_SAME
        if depth:
            steps = max(0, RANK.get(path.levels[depth - 1].family, 9) - rank)
            cost += INVERSION * steps * (2.5 if depth == 1 and path.levels[0].value > 1 else 1)
        yield cost, depth


def _start_cost(path: Path, marker: Marker) -> float:
    if marker.value == 1:
        return 0.0
    for family, value in path.closed:
        if family == marker.family and marker.value == value + 1:
            return RUN_ON if RANK.get(family, 9) <= RANK["article"] else RUN_ON_INNER
    return _late(marker)


def _late(marker: Marker) -> float:
    return LATE_START + 0.4 * min(marker.value, 12) + (10.0 if marker.value > FAR else 0.0)


def _decimal_openings(path: Path, marker: Marker) -> Iterator[tuple[float, int]]:
    """Decimals say themselves where they belong: 5.1.2 under 5.1, 5.1 under 5."""
    start = 0.0 if marker.value == 1 else 0.8 + 0.2 * min(marker.value, 10)
    bottom = len(path.levels)
    found = False
    for depth in range(bottom, 0, -1):
        level = path.levels[depth - 1]
        if (*level.prefix, level.value) == marker.prefix or (not level.prefix and (level.value,) == marker.prefix):
            yield start, depth
            found = True
    for depth, level in enumerate(path.levels):
        if level.family == marker.family and level.prefix != marker.prefix:
            yield NEW_GROUP + start, depth
    if not found:
        missing = start + (FOREIGN_PREFIX if bottom else 0.5)
        yield missing, bottom
        for depth in range(bottom - 1, 0, -1):
            if path.levels[depth].family != marker.family:
                yield missing + 0.5, depth
