"""Facets of the embedded engine: each is counted in the way that costs least.

Each facet is a column of numbers (`embedded_values.py`). A column with several values for a document costs five times
what one value costs, so several types of a clause are counted as one value and taken apart here; parties are too many
for that. A column in which some documents have nothing costs two and a half times as much, so those that every search
page counts have a number for nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from search.backends.embedded_values import NOTHING
from search.layout import FACETS

_ALL = 1 << 30
"""More values than a field can have: with a size of its own each segment would drop its rarer values."""

_SPARE = 50
"""Values asked for beyond those wanted, because the engine cuts equally frequent ones anywhere."""

COLUMNS = {name: f"{name}_number" for name in FACETS}
FILLED = ("type", "kind", "year")
"""Facets whose columns have a number for every document."""

_JOINED = frozenset({"type", "finding", "tag"})
_SEVERAL = frozenset({"party"})
_MANY = frozenset({"party", "contract"})
_TOTAL = ""
_JOIN = "\x1f"

Counts = tuple[tuple[str, int], ...]
Number = Callable[[str, str], int]
"""Number of a value of a facet."""

NamesOf = Callable[[str, Iterable[int]], Mapping[int, str]]
"""Values of a facet by their numbers."""


def column(name: str, values: Sequence[str], number: Number) -> int | list[int]:
    """What the column of a facet holds for the values of a document."""
    if not values:
        return NOTHING
    if name in _SEVERAL:
        return [number(name, value) for value in dict.fromkeys(values)]
    return number(name, _JOIN.join(values) if name in _JOINED else values[0])


def aggregations(sizes: Mapping[str, int], segments: int) -> dict[str, Any]:
    """What the engine has to count for facets, and the documents.

    Args:
        sizes: facets, each with the number of values wanted.
        segments: of the index; where there is but one, its most frequent values are those of the index.
    """
    wanted = {name: {"field": COLUMNS[name], "size": _ALL, "segment_size": _ALL} for name in sizes}
    for name in _MANY.intersection(sizes):
        wanted[name]["size"] = sizes[name] + _SPARE
        if segments == 1:
            wanted[name]["segment_size"] = sizes[name] + _SPARE
    if not any(name in sizes for name in FILLED):
        wanted[_TOTAL] = {"field": COLUMNS[FILLED[0]], "size": _ALL, "segment_size": _ALL}
    return {name: {"terms": terms} for name, terms in wanted.items()}


def total(counted: Mapping[str, Any]) -> int:
    """Number of documents, from a column that has a number for each: cheaper than counting them."""
    name = next(name for name in (*FILLED, _TOTAL) if name in counted)
    return sum(int(bucket["doc_count"]) for bucket in counted[name]["buckets"])


def counts(counted: Mapping[str, Any], sizes: Mapping[str, int], names_of: NamesOf) -> dict[str, Counts]:
    """The facets from what the engine counted, most frequent first, equal ones by name.

    Args:
        counted: answer to `aggregations`.
        sizes: facets, each with the number of values wanted.
        names_of: values by their numbers.
    """
    found = {}
    for name, size in sizes.items():
        numbers = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in counted[name]["buckets"]}
        names = names_of(name, numbers)
        values = [(names[number], count) for number, count in numbers.items() if number in names]
        found[name] = _ordered(_apart(values) if name in _JOINED else values)[:size]
    return found


def _apart(values: Iterable[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    """Joined values, each by itself."""
    found: Counter[str] = Counter()
    for joined, count in values:
        for value in dict.fromkeys(joined.split(_JOIN)):
            found[value] += count
    return found.items()


def _ordered(values: Iterable[tuple[str, int]]) -> Counts:
    return tuple(sorted(values, key=lambda pair: (-pair[1], pair[0])))
