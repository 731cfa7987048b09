"""What another reading of the same file changed in its facts.

Elements are matched by their kind and their words, in the order they stand; ids and places are not compared, they move
when something before them changes.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_KINDS = (
    "parties",
    "amounts",
    "rates",
    "payments",
    "deadlines",
    "dates",
    "penalties",
    "exclusions",
    "references",
    "definitions",
    "blanks",
    "choices",
    "signatures",
)
_HEAD = ("title", "contract_no", "kind", "sign_date", "sign_place", "term", "dispute", "governing_law", "copies")
_PLACES = {"id", "span", "spans", "evidence", "clause", "text", "meaning_span", "mentions", "parser"}
Json = Any
Record = dict[str, Any]


@dataclass(frozen=True)
class FactChange:
    """One difference.

    Attributes:
        kind: list of the record, or `contract`.
        words: of the element.
        field: that differs; None when the whole element is new or gone.
        before: value, None when new.
        after: value, None when gone.
    """

    kind: str
    words: str
    field: str | None
    before: Json
    after: Json


@dataclass
class Difference:
    """All differences of two readings."""

    added: list[FactChange] = field(default_factory=list)
    removed: list[FactChange] = field(default_factory=list)
    changed: list[FactChange] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.added or self.removed or self.changed)


def compare(before: Record, after: Record) -> Difference:
    """Differences of two records of one file.

    Args:
        before: JSON of the older record.
        after: JSON of the newer one.
    """
    found = Difference()
    for name in _HEAD:
        _compare_values(found, "contract", name, {name: _bare(before.get(name))}, {name: _bare(after.get(name))})
    for kind in _KINDS:
        _compare_lists(found, kind, before.get(kind, []), after.get(kind, []), lambda e: str(e["text"]))
    _compare_lists(found, "clauses", before["clauses"], after["clauses"], lambda c: str(c["id"]))
    _compare_lists(found, "findings", before["findings"], after["findings"], lambda f: f"{f['code']}: {f['message']}")
    return found


def _compare_lists(
    found: Difference, kind: str, before: list[Record], after: list[Record], words: Callable[[Record], str]
) -> None:
    waiting: defaultdict[str, list[Record]] = defaultdict(list)
    for element in before:
        waiting[words(element)].append(element)
    for element in after:
        name = words(element)
        if waiting[name]:
            old = waiting[name].pop(0)
            if kind != "findings":
                _compare_values(found, kind, name, _values(old), _values(element))
        else:
            found.added.append(FactChange(kind, name, None, None, _values(element)))
    for name, left in waiting.items():
        found.removed += [FactChange(kind, name, None, _values(element), None) for element in left]


def _compare_values(found: Difference, kind: str, words: str, before: Record, after: Record) -> None:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            found.changed.append(FactChange(kind, words, name, before.get(name), after.get(name)))


def _values(element: Record) -> Record:
    """What the element says, without where it stands and without references to ids, which move."""
    return {name: _bare(value) for name, value in element.items() if name not in _PLACES and not _is_reference(value)}


def _bare(value: Json) -> Json:
    """Without places."""
    if isinstance(value, dict):
        return {name: _bare(inner) for name, inner in value.items() if name != "span"}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def _is_reference(value: Json) -> bool:
    return isinstance(value, str) and value[:1].isalpha() and value.isascii() and value[1:].isdigit()
