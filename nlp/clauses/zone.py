"""One run of numbering: the main contract, or an annex with its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.clauses.front import Front, split_front
from nlp.clauses.lines import Line
from nlp.clauses.marks import is_closing
from nlp.clauses.numbering import RANK, Marker
from nlp.clauses.sequence import Placed, place_markers
from nlp.clauses.signature import signature_blocks, trailing_labels
from nlp.clauses.tree import Node, grow


@dataclass(frozen=True, slots=True)
class Zone:
    """A range of lines with numbering of its own.

    Attributes:
        part: `main`, `annex2`.
        title: of the annex.
        first: index of its first line.
        last: index behind its last line.
    """

    part: str
    title: str | None
    first: int
    last: int


@dataclass(slots=True)
class ZoneTree:
    """What a zone holds.

    Attributes:
        zone: the range.
        front: what stands before the first clause.
        roots: outermost clauses.
        lists: lists of annexes, as line ranges.
        signatures: blocks to sign, as line ranges.
        rest: lines behind the last signature.
    """

    zone: Zone
    front: Front
    roots: list[Node] = field(default_factory=list)
    lists: list[range] = field(default_factory=list)
    signatures: list[range] = field(default_factory=list)
    rest: range = range(0)


def read_zone(
    lines: Sequence[Line],
    heads: Sequence[Sequence[Marker]],
    zone: Zone,
    lists: list[range],
    skipped: frozenset[int],
    text: str,
) -> ZoneTree:
    """Find front, clauses and signatures of a zone.

    Args:
        lines: of the document.
        heads: markers of each line.
        zone: the range.
        lists: lists of annexes in it.
        skipped: lines that belong to no clause (table of contents).
        text: folded canonical text.
    """
    barred = {i for r in lists for i in r} | skipped
    start = zone.first + (1 if zone.part != "main" else 0)
    front = split_front(lines, start, _first_number(heads, start, zone.last, barred))
    begin = front.preamble.start
    numbers = frozenset(i for i in range(begin, zone.last) if any(m.weight >= 2 for m in heads[i]))
    first = _first_number(heads, begin, zone.last, barred)
    blocks = signature_blocks(lines, first, zone.last, numbers)
    barred |= {i for block in blocks for i in block}
    markers = [m for i in range(begin, zone.last) if i not in barred for m in heads[i]]
    placed = _without_recitals(place_markers(markers, _labelled(markers, lines)))
    if not placed:
        return _without_clauses(lines, zone, start, lists, blocks)
    first = placed[0].marker.line
    front = split_front(lines, start, first)
    end = _clauses_end(lines, placed, zone, lists, blocks)
    tail = trailing_labels(lines, placed[-1].marker.line + 1, end)
    if tail < end:
        blocks = [range(tail, end), *(b for b in blocks if b.start >= end)]
        end = tail
    barred |= {i for block in blocks for i in block}
    placed = [p for p in placed if p.marker.line < end]
    body = [line for line in lines[first:end] if line.index not in barred]
    rest = range(max([end, *(b.stop for b in blocks), *(r.stop for r in lists)]), zone.last)
    return ZoneTree(zone, front, grow(placed, body, text), lists, [b for b in blocks if b.start >= first], rest)


def _without_clauses(
    lines: Sequence[Line], zone: Zone, start: int, lists: list[range], blocks: list[range]
) -> ZoneTree:
    stop = min([zone.last, *(b.start for b in blocks), *(r.start for r in lists)])
    front = Front(range(start, start), range(start, start), range(start, max(start, stop)))
    rest = range(max([stop, *(b.stop for b in blocks), *(r.stop for r in lists)]), zone.last)
    return ZoneTree(zone, front, [], lists, blocks, rest)


def _first_number(heads: Sequence[Sequence[Marker]], first: int, last: int, barred: set[int] | frozenset[int]) -> int:
    """The first line with an outer number that counts from 1; else the first with any."""
    firsts = [
        i for i in range(first, last) if i not in barred and any(m.weight >= 2 and m.value == 1 for m in heads[i])
    ]
    outer = [i for i in firsts if any(m.weight >= 4 and RANK.get(m.family, 9) <= 4 for m in heads[i])]
    return outer[0] if outer else firsts[0] if firsts else last


def _labelled(markers: Sequence[Marker], lines: Sequence[Line]) -> frozenset[int]:
    """Markers with a label on the line before: `甲方：`, `（一）`-less sub-headings that end in a colon."""
    found = set()
    for place, marker in enumerate(markers):
        before = lines[marker.line - 1].text if marker.line else ""
        if marker.value == 1 and len(before) <= 16 and before.endswith((":", "：")) and not before[0].isdigit():
            found.add(place)
    return frozenset(found)


def _without_recitals(placed: list[Placed]) -> list[Placed]:
    """Leave out a list of recitals (鉴于：1. 2. 3.) before numbers that stand further out."""
    roots = [p for p in placed if p.parent == -1]
    if not roots:
        return placed
    best = min(RANK.get(p.marker.family, 9) for p in roots)
    main = [p for p in roots if RANK.get(p.marker.family, 9) == best]
    if len(main) < 2 and len(roots) - len(main) > 2:
        return placed
    return [p for p in placed if p.index >= main[0].index]


def _clauses_end(
    lines: Sequence[Line], placed: Sequence[Placed], zone: Zone, lists: Sequence[range], blocks: Sequence[range]
) -> int:
    """Index behind the last line that can belong to a clause."""
    last = placed[-1].marker.line
    borders = [r.start for r in (*lists, *blocks) if r.start > last]
    closing = [i for i in range(last + 1, zone.last) if is_closing(lines[i].text)]
    return min([zone.last, *borders, *closing[:1]])
