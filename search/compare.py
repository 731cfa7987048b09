"""Two contracts, or two versions of one, clause by clause: what is the same, changed, moved, new or gone.

Clauses are paired by their words without their numbers, so an inserted clause that renumbers the rest changes nothing
else. Pairs are found in three rounds: the same words; the likest words, where clauses of one heading or place are
preferred; and, for what is left, the same number under the same heading. A paired clause whose neighbours went
elsewhere has moved.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from schema.comparison import ClauseChange, ClauseState, Comparison, Piece
from schema.contract import Contract
from search.changed_values import changed_values
from search.fold import fold
from search.likeness import bag, likeness, pieces
from search.record import IndexRecord, build_records

LIKE = 0.5
"""Clauses that share half of their pairs are versions of one clause."""

LIKE_AT_PLACE = 0.2
"""So are those under one heading and number that share a fifth."""

_PLACE = 0.15
_MOST_CANDIDATES = 40


@dataclass(frozen=True)
class _Unit:
    """A clause, row or part to be paired."""

    order: int
    record: IndexRecord
    words: str

    @cached_property
    def bag(self) -> Counter[str]:
        """Pairs of its words."""
        return bag(self.words)

    @property
    def place(self) -> tuple[str, tuple[str, ...]]:
        """Its number and headings."""
        return self.record.clause, self.record.headings


def compare(before: Contract, after: Contract) -> Comparison:
    """Compare two contracts.

    Args:
        before: the first, or the earlier version.
        after: the second, or the later version.
    """
    old, new = _units(before), _units(after)
    partners = _paired(old, new)
    moved = _moved(old, partners)
    changes = [_change(old[a], new[b], moved=a in moved) for a, b in partners.items()]
    taken = set(partners.values())
    order = {
        change.after: new_unit.order
        for change, new_unit in zip(changes, (new[b] for b in partners.values()), strict=True)
    }
    rows: list[tuple[tuple[float, float], ClauseChange]] = [
        ((float(order[change.after]), 0.0), change) for change in changes
    ]
    rows += [((float(unit.order), 0.0), _added(unit)) for unit in new if unit.order not in taken]
    rows += [(_where_it_stood(unit, partners), _removed(unit)) for unit in old if unit.order not in partners]
    rows.sort(key=lambda row: row[0])
    states = Counter(change.state for _, change in rows)
    counted: dict[ClauseState, int] = {s: states[s] for s in ("same", "changed", "moved", "added", "removed")}
    names = {old[a].record.clause: new[b].record.clause for a, b in partners.items()}
    return Comparison(
        before=before.id,
        after=after.id,
        values=tuple(changed_values(before, after, names)),
        clauses=tuple(change for _, change in rows),
        counts=counted,
    )


def _units(contract: Contract) -> list[_Unit]:
    numbers = {clause.id: clause.number or "" for clause in contract.clauses}
    units = []
    for order, record in enumerate(build_records(contract)):
        words = record.text.removeprefix(numbers.get(record.clause, "")).lstrip(" 、.．:：　\t")
        units.append(_Unit(order, record, words))
    return units


def _paired(old: Sequence[_Unit], new: Sequence[_Unit]) -> dict[int, int]:
    """Order in the first contract to order in the second."""
    partners: dict[int, int] = {}
    _pair_same(old, new, partners)
    for floor, at_place in ((LIKE, False), (LIKE_AT_PLACE, True)):
        taken = set(partners.values())
        left = [unit for unit in old if unit.order not in partners]
        right = [unit for unit in new if unit.order not in taken]
        scored = sorted(_scored(left, right, floor, at_place=at_place), reverse=True)
        for _, negative_a, negative_b in scored:
            a, b = -negative_a, -negative_b
            if a not in partners and b not in taken:
                partners[a] = b
                taken.add(b)
    return partners


def _pair_same(old: Sequence[_Unit], new: Sequence[_Unit], partners: dict[int, int]) -> None:
    """The same words; of several copies those of the same number first, then in order."""
    waiting: defaultdict[tuple[str, str], list[_Unit]] = defaultdict(list)
    for unit in new:
        waiting[unit.record.unit, fold(unit.words)].append(unit)
    for same_number in (True, False):
        for unit in old:
            copies = waiting[unit.record.unit, fold(unit.words)]
            if unit.order in partners or not copies:
                continue
            found = next(
                (c for c in copies if c.record.clause == unit.record.clause), None if same_number else copies[0]
            )
            if found:
                copies.remove(found)
                partners[unit.order] = found.order


def _scored(
    left: Sequence[_Unit], right: Sequence[_Unit], floor: float, *, at_place: bool
) -> Iterator[tuple[float, int, int]]:
    """Likeness of possible partners, with negative orders so that earlier clauses win ties."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(right):
        for pair in unit.bag:
            postings[pair].append(index)
    for unit in left:
        shared: Counter[int] = Counter()
        for pair in unit.bag:
            shared.update(postings.get(pair, ()))
        for index, _ in shared.most_common(_MOST_CANDIDATES):
            other = right[index]
            if unit.record.unit != other.record.unit or (at_place and unit.place != other.place):
                continue
            score = likeness(unit.bag, other.bag)
            if score >= floor:
                bonus = _PLACE * (unit.record.headings == other.record.headings) + _PLACE * (unit.place == other.place)
                yield score + bonus, -unit.order, -other.order


def _moved(old: Sequence[_Unit], partners: dict[int, int]) -> set[int]:
    """Those outside the longest run of pairs that kept their order."""
    orders = sorted(partners)
    tails: list[int] = []
    chain: list[int | None] = []
    ends: list[int] = []
    for position, a in enumerate(orders):
        at = bisect_left(tails, partners[a])
        chain.append(ends[at - 1] if at else None)
        if at == len(tails):
            tails.append(partners[a])
            ends.append(position)
        else:
            tails[at], ends[at] = partners[a], position
    kept: set[int] = set()
    step: int | None = ends[-1] if ends else None
    while step is not None:
        kept.add(orders[step])
        step = chain[step]
    return set(orders) - kept


def _change(old: _Unit, new: _Unit, *, moved: bool) -> ClauseChange:
    alike = likeness(old.bag, new.bag)
    same = fold(old.words) == fold(new.words)
    state: ClauseState = "moved" if moved else "same" if same else "changed"
    found = () if same else tuple(Piece(kind=kind, text=text) for kind, text in pieces(old.words, new.words))
    return ClauseChange(
        state=state,
        before=old.record.clause,
        after=new.record.clause,
        before_citation=old.record.citation,
        after_citation=new.record.citation,
        similarity=1.0 if same else round(min(alike, 0.9999), 4),
        pieces=found,
    )


def _added(unit: _Unit) -> ClauseChange:
    piece = Piece(kind="added", text=unit.words)
    record = unit.record
    return ClauseChange(state="added", after=record.clause, after_citation=record.citation, pieces=(piece,))


def _removed(unit: _Unit) -> ClauseChange:
    piece = Piece(kind="removed", text=unit.words)
    record = unit.record
    return ClauseChange(state="removed", before=record.clause, before_citation=record.citation, pieces=(piece,))


def _where_it_stood(unit: _Unit, partners: dict[int, int]) -> tuple[float, float]:
    """Behind the partner of the nearest clause before it."""
    earlier: Iterable[int] = range(unit.order - 1, -1, -1)
    before = next((partners[a] for a in earlier if a in partners), -1)
    return before + 0.5, float(unit.order)
