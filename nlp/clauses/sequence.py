"""Which markers are clauses, and under which: the cheapest reading of a whole run of markers.

A number alone proves little: `1.` may open a list, go on with one, or belong to a quantity. So the run is read as a
whole. A reading keeps the open levels (`第七条` → `2、` → `（1）`), and each marker may go on with one of them, open a
level, or be no number at all, each at a cost: going on by one and opening with 1 are nearly free; gaps, doubles and
odd nestings cost; leaving a marker out costs its weight. A beam of the cheapest readings is kept, so time is linear.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from nlp.clauses.levels import NOBODY, UNPRINTED, Level, holds, ladders
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
PROVEN_LATE = 2.0  # the same where decimals of its number follow
PROVEN_GAP = 1.0
FAR = 60  # no contract begins a list with such a number, a statute in a quotation does
FOREIGN_PREFIX = 2.2  # 4.1 under 第五条
NEW_GROUP = 1.5  # 2.1 behind 1.3 with no 2 in between


class Step(NamedTuple):
    """One decision, linked to those before it.

    Attributes:
        marker: index of the marker.
        chosen: the marker as read, or None when it is no number.
        parent: index of the marker above it, or -1.
        skipped: numbers of the levels between it and its parent that nobody printed.
        before: the step before.
    """

    marker: int
    chosen: Marker | None
    parent: int
    skipped: tuple[int, ...]
    before: "Step | None"


class Path(NamedTuple):
    """A way to read the markers so far."""

    cost: float
    levels: tuple[Level, ...]
    closed: tuple[tuple[str, int], ...]
    step: Step | None


class Option(NamedTuple):
    """What to do with a marker.

    Attributes:
        cost: of doing it; of the whole path where it is carried out.
        depth: where it opens or goes on; -1 when it is left out.
        read: the marker as read, or None when it is left out.
        silent: levels opened above it that nobody printed.
    """

    cost: float
    depth: int
    read: Marker | None
    silent: tuple[Level, ...] = ()


class Placed(NamedTuple):
    """A marker that is a clause.

    Attributes:
        place: of the marker in the run.
        marker: as read.
        parent: index of the marker above it, or -1.
        skipped: numbers of the levels between it and its parent that nobody printed (3.2.1 under 3: 2).
    """

    place: int
    marker: Marker
    parent: int
    skipped: tuple[int, ...] = ()


def place_markers(markers: Sequence[Marker], labelled: frozenset[int] = frozenset()) -> list[Placed]:
    """Find the tree of a run of markers.

    Args:
        markers: candidates in text order.
        labelled: indices of markers with a label or a heading on the line before, where a list may begin anew.

    Returns:
        Those that are clauses, in order.
    """
    beam = [Path(0.0, (), (), None)]
    for index, marker in enumerate(_proven(markers)):
        options = [
            (path.cost + cost, place, depth, read, silent)
            for place, path in enumerate(beam)
            for cost, depth, read, silent in _options(path, marker, index in labelled)
        ]
        options.sort(key=_by_cost)
        kept: dict[tuple[Level, ...], Path] = {}
        for cost, place, depth, read, silent in options:
            path = _extended(beam[place], Option(cost, depth, read, silent), index)
            kept.setdefault(path.levels, path)
            if len(kept) == BEAM:
                break
        beam = list(kept.values())
    return _unwind(beam[0].step)


def _proven(markers: Sequence[Marker]) -> Iterator[Marker]:
    """Markers, those told apart that are followed by a decimal of their own number."""
    for marker, after in zip_longest(markers, markers[1:]):
        sure = marker.weight >= 2 and not marker.prefix and after is not None and after.weight >= 2
        yield replace(marker, proven=True) if sure and after.prefix[:1] == (marker.value,) else marker


def _by_cost(option: tuple[float, int, int, Marker | None, tuple[Level, ...]]) -> float:
    return option[0]


def _unwind(step: Step | None) -> list[Placed]:
    placed = []
    while step is not None:
        if step.chosen is not None:
            placed.append(Placed(step.marker, step.chosen, step.parent, step.skipped))
        step = step.before
    return placed[::-1]


def _options(path: Path, marker: Marker, labelled: bool) -> Iterator[Option]:
    """Every way to go on with a marker."""
    yield Option(marker.weight, -1, None)
    for read in _readings(marker):
        weak = 0.0 if read.weight >= 2 else 0.4 if read.weight >= 1 else 1.5
        for depth, level in enumerate(path.levels):
            if level.leads(read):
                yield Option(_going_on(level, read, labelled) + weak, depth, read)
        skipping = list(ladders(path.levels, read)) if read.prefix else []
        for ladder in skipping:
            yield Option(ladder.cost + weak, ladder.depth, read, ladder.levels)
        if any(ladder.anchored for ladder in skipping):
            continue
        for cost, depth in _decimal_openings(path, read) if read.prefix else _openings(path, read):
            yield Option(cost + weak, depth, read)


def _readings(marker: Marker | None) -> Iterator[Marker]:
    """A marker and what else it can be: `I、` is a Roman number, a letter, a misread 1."""
    while marker is not None:
        yield marker
        marker = marker.other


def _extended(path: Path, option: Option, index: int) -> Path:
    """The path with a marker at a depth; deeper levels and the one it follows are closed."""
    marker, depth = option.read, option.depth
    if marker is None:
        return Path(option.cost, path.levels, path.closed, Step(index, None, -1, (), path.step))
    closed = path.closed
    gone = path.levels[depth:]
    if gone:
        outer = RANK.get(gone[0].family, 9)
        kept = {family: value for family, value in closed if RANK.get(family, 9) <= outer}
        kept |= {level.family: level.value for level in gone[1:]}
        closed = tuple(kept.items())
    above = (*path.levels[:depth], *option.silent)
    level = Level(marker.style, marker.family, marker.value, marker.prefix, index)
    printed = max((place for place, outer in enumerate(above) if outer.marker != NOBODY), default=-1)
    parent = above[printed].marker if printed >= 0 else -1
    skipped = tuple(level.value for level in above[printed + 1 :])
    return Path(option.cost, (*above, level), closed, Step(index, marker, parent, skipped, path.step))


def _going_on(level: Level, marker: Marker, labelled: bool) -> float:
    """Cost of a marker as the next of a level of its family."""
    switch = 0.0 if level.style in (marker.style, UNPRINTED) else SWITCH
    step = marker.value - level.value
    if step == 1:
        return switch
    if step == 0:
        return DOUBLE + switch
    if step > 1:
        if marker.prefix:  # terms that only amend others print only the numbers they change: 1.1, 1.3, 4.2
            return 0.8 + 0.2 * min(step, 10) + switch
        if marker.proven and step <= FAR:
            return PROVEN_GAP + switch
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
    if marker.proven and marker.value <= FAR:
        return PROVEN_LATE
    return LATE_START + 0.4 * min(marker.value, 12) + (10.0 if marker.value > FAR else 0.0)


def _decimal_openings(path: Path, marker: Marker) -> Iterator[tuple[float, int]]:
    """Decimals say themselves where they belong: 5.1.2 under 5.1, 5.1 under 5."""
    start = 0.0 if marker.value == 1 else 0.8 + 0.2 * min(marker.value, 10)
    bottom = len(path.levels)
    found = False
    for depth in range(bottom, 0, -1):
        if holds(path.levels, depth - 1, marker):
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
