"""Two contracts side by side: which to compare with, and what changed."""

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from qiyue.service.searching import compare_contracts

if TYPE_CHECKING:
    from corpus.catalogue import Card
    from qiyue.service.base import Service
    from schema.comparison import ClauseChange, Comparison

_LOOKED_AT = 500
_OFFERED = 30


@dataclass(frozen=True)
class Compared:
    """A comparison without the clauses that stayed as they were."""

    comparison: "Comparison"
    changes: tuple["ClauseChange", ...]


def candidates(service: "Service", card: "Card", folders: tuple[str, ...] | None) -> "list[Card]":
    """Contracts somebody may want to compare with, the likeliest first: by title, then parties.

    Args:
        service: the collection.
        card: of the contract that is shown.
        folders: the asker may see.
    """
    from corpus.catalogue import Wanted

    page = service.store.catalogue.page(Wanted(folders=folders), limit=_LOOKED_AT)
    names, title = {party["name"] for party in card.parties}, set(card.title or "")

    def likeness(other: "Card") -> float:
        shared = len(names & {party["name"] for party in other.parties} - {None})
        letters = set(other.title or "")
        return shared + len(title & letters) / max(len(title | letters), 1)

    others = sorted((other for other in page.contracts if other.id != card.id), key=likeness, reverse=True)
    return list(islice(others, _OFFERED))


def compared(service: "Service", before: str, after: str) -> Compared:
    """What changed from one contract to another.

    Args:
        service: the collection.
        before: id; the asker may see it.
        after: the same.
    """
    comparison = compare_contracts(service, before, after)
    return Compared(comparison, tuple(change for change in comparison.clauses if change.state != "same"))
