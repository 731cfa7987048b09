"""One run of numbering: the main contract, or an annex with its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.clauses.front import Front, instructions_range, recital_lines, split_front
from nlp.clauses.lines import Line
from nlp.clauses.marker import RANK, Marker
from nlp.clauses.marks import is_closing
from nlp.clauses.sequence import Placed, place_markers
from nlp.clauses.signature import front_labels, signature_blocks, trailing_labels
from nlp.clauses.tree import Node, grow, is_label
from nlp.clauses.unnumbered import carries, heading_markers, over_articles


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
        back: filling instructions behind an annex, which are no part of it.
    """

    zone: Zone
    front: Front
    roots: list[Node] = field(default_factory=list)
    lists: list[range] = field(default_factory=list)
    signatures: list[range] = field(default_factory=list)
    rest: range = range(0)
    back: range = range(0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The document as zones see it.

    Attributes:
        lines: of the document.
        heads: markers of each line, those inside the line included.
        skipped: lines that belong to no clause (table of contents).
        text: folded canonical text.
    """

    lines: Sequence[Line]
    heads: Sequence[Sequence[Marker]]
    skipped: frozenset[int]
    text: str


def read_zone(sheet: Sheet, zone: Zone, lists: list[range]) -> ZoneTree:
    """Find front, clauses and signatures of a zone.

    Args:
        sheet: the document.
        zone: the range.
        lists: lists of annexes in it.
    """
    barred = {i for r in lists for i in r} | sheet.skipped
    start = zone.first + (1 if zone.part != "main" else 0)
    begin = instructions_range(sheet.lines, start, zone.last).stop
    barred |= set(recital_lines(sheet.lines, begin, zone.last))
    numbered = frozenset(i for i in range(begin, zone.last) if any(m.weight >= 2 for m in sheet.heads[i]))
    first = _first_number(sheet.heads, begin, zone.last, barred)
    labels = front_labels(sheet.lines[start:first]) if first < zone.last else frozenset[str]()
    blocks = signature_blocks(sheet.lines, first if first < zone.last else begin, zone.last, numbered, labels)
    barred |= {i for block in blocks for i in block}
    placed = _place(sheet, range(begin, zone.last), barred, numbered)
    end = _clauses_end(sheet.lines, placed, zone, lists, blocks)
    if placed and end <= placed[-1].marker.line:
        placed = _place(sheet, range(begin, end), barred, numbered)
    if not placed:
        return _without_clauses(zone, start, lists, blocks)
    first = placed[0].marker.line
    tail = trailing_labels(sheet.lines, placed[-1].marker.line + 1, end)
    if tail < end:
        blocks = [*(b for b in blocks if b.stop <= tail), range(tail, end), *(b for b in blocks if b.start >= end)]
        barred |= set(range(tail, end))
        end = tail
    body = [line for line in sheet.lines[first:end] if line.index not in barred]
    signatures = _merged(blocks, first)
    over = next((b.stop for b in signatures if b.start >= end), end)
    rest = range(max([over, *(r.stop for r in lists)]), zone.last)
    front = split_front(sheet.lines, start, first, sheet.skipped)
    roots = grow(placed, body, sheet.text)
    return ZoneTree(zone, front, roots, lists, [b for b in signatures if b.stop <= rest.start], rest)


def _place(sheet: Sheet, span: range, barred: set[int], numbered: frozenset[int]) -> list[Placed]:
    """Numbers of a range that are clauses; where they do not carry it, its headings."""
    markers = _one_language([m for i in span if i not in barred for m in sheet.heads[i]], sheet)
    placed = without_recitals(_read(markers, sheet.lines))
    body = [sheet.lines[i] for i in span if i not in barred]
    headings = heading_markers(body, numbered)
    if not carries(placed, headings):
        headings = over_articles(placed, headings)
        if not headings:
            return placed
    both = sorted((*markers, *headings), key=lambda m: (m.start, m.line))
    return without_recitals(_read(both, sheet.lines))


def _one_language(markers: list[Marker], sheet: Sheet) -> list[Marker]:
    """Leave out the second number of a clause printed in two languages, one below the other."""
    kept: list[Marker] = []
    for marker in markers:
        last = kept[-1] if kept else None
        same = last is not None and (last.value, last.prefix) == (marker.value, marker.prefix)
        alike = last is not None and (last.family == marker.family or {last.family, marker.family} == _ARTICLES)
        if last is not None and same and alike and _latin(sheet, last) != _latin(sheet, marker):
            continue
        kept.append(marker)
    return kept


_ARTICLES = {"article", "english_article"}
_LEAST_ARTICLES = 2


def _latin(sheet: Sheet, marker: Marker) -> bool:
    """Whether a clause is written in Latin letters."""
    line = sheet.lines[marker.line]
    words = line.text[marker.end - line.start :][:40] or line.text
    letters = sum(c.isascii() and c.isalpha() for c in words)
    return letters > len(words) / 2


def _read(markers: Sequence[Marker], lines: Sequence[Line]) -> list[Placed]:
    placed = place_markers(markers, _labelled(markers, lines))
    return _without_statutes(_without_lone_lead(placed), markers)


def _without_lone_lead(placed: list[Placed]) -> list[Placed]:
    """Leave out the only 一、 of a contract when all its articles seem to stand under it: a sentence of the front."""
    roots = [p for p in placed if p.parent == -1]
    if len(roots) != 1 or roots[0].marker.family != "chinese" or roots[0].marker.titled:
        return placed
    below = [p for p in placed if p.parent == roots[0].place]
    if len(below) < _LEAST_ARTICLES or any(p.marker.family != "article" for p in below):
        return placed
    return [p._replace(parent=-1) if p in below else p for p in placed if p is not roots[0]]


def _without_statutes(placed: list[Placed], markers: Sequence[Marker]) -> list[Placed]:
    """Leave out what stands under an article that is none: items of a statute quoted in a clause."""
    chosen = {p.place for p in placed}
    quoted = [i for i, m in enumerate(markers) if i not in chosen and m.family == "article" and m.weight >= 6]
    if not quoted:
        return placed
    outer = [p.place for p in placed if RANK.get(p.marker.family, 9) <= RANK["chinese"]]
    spans = [(i, min((o for o in outer if o > i), default=len(markers))) for i in quoted]
    return [p for p in placed if not any(start < p.place < end for start, end in spans)]


def _merged(blocks: Sequence[range], first: int) -> list[range]:
    """Blocks behind the first clause; neighbours are one."""
    merged: list[range] = []
    for block in blocks:
        if block.start < first:  # a cover to be sealed
            continue
        if merged and merged[-1].stop >= block.start:
            merged[-1] = range(merged[-1].start, block.stop)
        else:
            merged.append(block)
    return merged


def _without_clauses(zone: Zone, start: int, lists: list[range], blocks: list[range]) -> ZoneTree:
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
    """Markers with a label on the line before, such as `甲方：`, under which a list begins anew."""
    numbered = {marker.line for marker in markers}
    found = set()
    for place, marker in enumerate(markers):
        before = lines[marker.line - 1] if marker.line and marker.line - 1 not in numbered else None
        if marker.value == 1 and before is not None and is_label(before.text):
            found.add(place)
    return frozenset(found)


def without_recitals(placed: list[Placed]) -> list[Placed]:
    """Leave out a list of recitals (鉴于：1. 2. 3.) before numbers that stand further out."""
    roots = [p for p in placed if p.parent == -1]
    if not roots:
        return placed
    best = min(_rank(p) for p in roots)
    main = [p for p in roots if _rank(p) == best]
    if len(main) < 2 and len(roots) - len(main) > 2:
        return placed
    return [p for p in placed if p.place >= main[0].place]


def _rank(root: Placed) -> int:
    """How far out a root stands: 3.2.1 without a 3 as far out as the 3 would."""
    return RANK["arabic"] if root.skipped else RANK.get(root.marker.family, 9)


def _clauses_end(
    lines: Sequence[Line], placed: Sequence[Placed], zone: Zone, lists: Sequence[range], blocks: Sequence[range]
) -> int:
    """Index behind the last line that can belong to a clause: a signature behind which the count does not go on."""
    roots = [p.marker for p in placed if p.parent == -1]
    if not roots:
        return zone.last
    for border in sorted((*lists, *blocks), key=lambda r: r.start):
        if border.start <= roots[0].line:
            continue
        before = [r for r in roots if r.line < border.start]
        after = next((r for r in roots if r.line >= border.stop), None)
        if after is None or after.family != before[-1].family or after.value <= before[-1].value:
            return border.start
    last = max((p.marker.line for p in placed), default=zone.first)
    closing = [i for i in range(last + 1, zone.last) if is_closing(lines[i].text)]
    return min([zone.last, *closing[:1]])
