"""Facets of the embedded engine.

Counting a field that has several values costs tantivy five times what one value costs, and each segment adds the time
to read its names. So what a contract has (parties, kind, year, folder …) is counted once, by the number of its card
that all its clauses carry, and spread over the values here; what each clause has for itself (types, findings) is kept
a second time as one value, all of them joined.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.layout import LAYOUT

ALL_VALUES = 1 << 30
"""More values than a field can have: with a size of its own each segment would drop its rarer values."""

JOINED = "_joined"
"""Ends the name of the field that keeps all values of a document as one."""

_JOIN = "\x1f"
_OF_CONTRACT = frozenset(f.name for f in LAYOUT if f.kind == "shared")
Counts = tuple[tuple[str, int], ...]
Card = Mapping[str, Sequence[str]]
"""Values of the facets of a contract."""

Numbers = NDArray[np.int64]


def joined(values: Any) -> str:
    """The values of a document as one."""
    return values if isinstance(values, str) else _JOIN.join(values)


def aggregations(names: Iterable[str]) -> dict[str, Any]:
    """What the engine has to count for these facets, and the documents."""
    fields = dict.fromkeys("card" if name in _OF_CONTRACT else name + JOINED for name in names)
    counted = {name: {"terms": {"field": name, "size": ALL_VALUES, "segment_size": ALL_VALUES}} for name in fields}
    return {**counted, "": {"value_count": {"field": "place"}}}


def read(counted: Mapping[str, Any], sizes: Mapping[str, int], table: "TableOf") -> dict[str, Counts]:
    """The facets from what the engine counted, most frequent first, equal ones by name.

    Args:
        counted: answer to `aggregations`.
        sizes: facets, each with the number of values wanted.
        table: gives the cards of these numbers.
    """
    found = {}
    buckets = counted["card"]["buckets"] if "card" in counted else ()
    numbers, counts = (np.fromiter(map(itemgetter(key), buckets), np.int64, len(buckets)) for key in _BUCKET)
    cards = table(numbers)
    for name, size in sizes.items():
        if name in _OF_CONTRACT:
            found[name] = cards.top(name, numbers, counts, size)
        else:
            found[name] = _split(counted[name + JOINED]["buckets"], size)
    return found


def _split(buckets: Iterable[Mapping[str, Any]], size: int) -> Counts:
    total: Counter[str] = Counter()
    for bucket in buckets:
        for value in bucket["key"].split(_JOIN):
            total[value] += int(bucket["doc_count"])
    return tuple(sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:size])


_BUCKET = ("key", "doc_count")
_NOTHING: Numbers = np.zeros(0, np.int64)
Fetch = Callable[[list[int]], Mapping[int, Card]]
"""Cards by their numbers, from the index."""
TableOf = Callable[[Numbers], "_Table"]


@dataclass(frozen=True)
class _Column:
    """One facet of all cards of a table.

    Attributes:
        values: in the order of their codes.
        rank: of each code, by name.
        owners: index of a card, once for each of its values.
        codes: these values.
    """

    values: list[str]
    rank: Numbers
    owners: Numbers
    codes: Numbers


@dataclass
class _Table:
    """Cards in the order of their numbers."""

    numbers: Numbers
    cards: list[Card]
    _columns: dict[str, _Column] = field(default_factory=dict)

    def places(self, numbers: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """Where these cards stand, and which of them are there at all."""
        if not len(self.numbers):
            return numbers, np.zeros(len(numbers), bool)
        places = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        return places, self.numbers[places] == numbers

    def top(self, name: str, numbers: Numbers, counts: Numbers, size: int) -> Counts:
        """The most frequent values of a facet.

        Args:
            name: of the facet.
            numbers: of cards.
            counts: of documents of each.
            size: values wanted.
        """
        column = self._columns.get(name) or self._columns.setdefault(name, self._column(name))
        places, known = self.places(numbers)
        of_card = np.zeros(len(self.numbers), np.int64)
        of_card[places[known]] = counts[known]
        total = np.bincount(column.codes, of_card[column.owners], len(column.values)).astype(np.int64)
        codes = np.flatnonzero(total)
        if size < len(codes):  # sort only those that can be among the first
            codes = codes[total[codes] >= np.partition(total[codes], -size)[-size]]
        best = codes[np.lexsort((column.rank[codes], -total[codes]))][:size]
        return tuple((column.values[code], int(total[code])) for code in best)

    def _column(self, name: str) -> _Column:
        values = [card.get(name, ()) for card in self.cards]
        owners = np.repeat(np.arange(len(values)), list(map(len, values)))
        named: dict[str, int] = {}
        codes = [named.setdefault(value, len(named)) for value in chain.from_iterable(values)]
        rank = np.empty(len(named), np.int64)
        rank[[named[value] for value in sorted(named)]] = np.arange(len(named))
        return _Column(list(named), rank, owners, np.array(codes, np.int64))


class Cards:
    """Cards that were read from the index; what a number stands for never changes."""

    def __init__(self) -> None:
        """None is known yet."""
        self._lock = Lock()
        self._table = _Table(_NOTHING, [])

    def table(self, numbers: Numbers, fetch: Fetch, most: int) -> _Table:
        """A table that has all these cards, as far as the index has them.

        Args:
            numbers: of the cards.
            fetch: reads unknown ones.
            most: cards to remember; with more, those of contracts that were changed or removed since are forgotten.
        """
        _, known = self._table.places(numbers)
        if known.all():
            return self._table
        with self._lock:
            table = self._table
            _, known = table.places(numbers)
            if not known.all():
                found = dict(zip(table.numbers.tolist(), table.cards, strict=True))
                found |= fetch(numbers[~known].tolist())
                if len(found) > most:
                    found = {number: found[number] for number in numbers.tolist() if number in found}
                table = self._table = _Table(np.array(sorted(found), np.int64), [found[n] for n in sorted(found)])
        return table
