"""Facets of the embedded engine: each is counted in the way that costs least.

A field with several values costs tantivy five times what one value costs, so the values of a document are kept a
second time as one (`type_joined`), and taken apart here. Names of parties are too many for that: they are counted as
numbers, because each segment would have to read thousands of names that are not shown in the end.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from search.documents import party_number

_JOIN = "\x1f"
_ALL = 1 << 30
"""More values than a field can have: with a size of its own each segment would drop its rarer values."""

_SPARE = 50
"""Names asked for beyond those wanted, because the engine cuts equally frequent ones anywhere."""

COLUMNS = {"type": "type_joined", "finding": "finding_joined", "tag": "tag_joined", "party": "party_number"}
"""Facets with several values, and the columns they are counted in; all others are counted as they are."""

_MANY = frozenset({"party", "contract"})

Counts = tuple[tuple[str, int], ...]
NamesOf = Callable[[list[int]], Mapping[int, str]]
"""Names of parties by their numbers."""


def columns(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns hold for a document."""
    found: dict[str, Any] = {}
    for name, column in COLUMNS.items():
        if values := document.get(name):
            if column == "party_number":
                found[column] = list(map(party_number, values))
            else:
                found[column] = values if isinstance(values, str) else _JOIN.join(values)
    return found


def aggregations(sizes: Mapping[str, int], segments: int) -> dict[str, Any]:
    """What the engine has to count for facets, and the documents.

    Args:
        sizes: facets, each with the number of values wanted.
        segments: of the index; where there is but one, its most frequent values are those of the index.
    """
    wanted = {name: {"field": COLUMNS.get(name, name), "size": _ALL, "segment_size": _ALL} for name in sizes}
    for name in _MANY.intersection(sizes):
        wanted[name]["size"] = sizes[name] + _SPARE
        if segments == 1:
            wanted[name]["segment_size"] = sizes[name] + _SPARE
    return {"": {"value_count": {"field": "place"}}} | {name: {"terms": terms} for name, terms in wanted.items()}


def counts(counted: Mapping[str, Any], sizes: Mapping[str, int], names_of: NamesOf) -> dict[str, Counts]:
    """The facets from what the engine counted, most frequent first, equal ones by name.

    Args:
        counted: answer to `aggregations`.
        sizes: facets, each with the number of values wanted.
        names_of: names of parties.
    """
    found = {}
    for name, size in sizes.items():
        buckets = [(bucket["key"], int(bucket["doc_count"])) for bucket in counted[name]["buckets"]]
        if name == "party":
            names = names_of([number for number, _ in buckets])
            buckets = [(names[number], count) for number, count in buckets if number in names]
        found[name] = _ordered(buckets if name == "party" else _apart(buckets))[:size]
    return found


def _apart(buckets: Iterable[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    """Joined values, each by itself."""
    total: Counter[str] = Counter()
    for values, count in buckets:
        for value in values.split(_JOIN):
            total[value] += count
    return total.items()


def _ordered(values: Iterable[tuple[str, int]]) -> Counts:
    return tuple(sorted(values, key=lambda pair: (-pair[1], pair[0])))
