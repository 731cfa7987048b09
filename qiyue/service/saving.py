"""Saved searches: what somebody asks again and again, and which hits are new to them."""

from collections.abc import Collection
from itertools import islice
from typing import TYPE_CHECKING

from qiyue.service.base import Service
from qiyue.service.searching import every_hit
from schema.query import ClauseQuery, Hit

if TYPE_CHECKING:
    from corpus.saved import SavedSearch, SavedSearches

MOST_HITS = 10_000
"""Hits of a saved search that are remembered and compared."""


def save_search(service: Service, saved: "SavedSearches", account: str, name: str, query: ClauseQuery) -> "SavedSearch":
    """Save a search; the hits there are now are not new.

    Args:
        service: the collection.
        saved: where searches are kept.
        account: whose.
        name: for its owner.
        query: with the folders its owner may see, which are not kept: rights may change.

    Raises:
        UsageError: `too_many`.
        SearchError: it cannot be asked.
    """
    asked = query.model_dump(mode="json", include={"text", "where"})
    return saved.add(account, name, asked, map(hit_name, _hits(service, query)))


def new_hits(
    service: Service, saved: "SavedSearches", search: "SavedSearch", folders: tuple[str, ...] | None
) -> list[Hit]:
    """Hits that the owner of a saved search has not been shown, as far as they may be seen today.

    Args:
        service: the collection.
        saved: where searches are kept.
        search: one of them.
        folders: that may be seen; None for all.
    """
    hits = {hit_name(hit): hit for hit in _hits(service, _query(search, folders))}
    return [hits[name] for name in saved.new_among(search.account, search.number, hits)]


def mark_seen(
    service: Service,
    saved: "SavedSearches",
    search: "SavedSearch",
    folders: tuple[str, ...] | None,
    *,
    shown: Collection[str] | None = None,
) -> None:
    """Hits have been shown.

    Args:
        service: the collection.
        saved: where searches are kept.
        search: one of them.
        folders: that may be seen; None for all.
        shown: names of the new hits that were, so that one which came meanwhile stays new; None for all there are now.
    """
    names = [hit_name(hit) for hit in _hits(service, _query(search, folders))]
    if shown is not None:
        waiting = set(saved.new_among(search.account, search.number, names)).difference(shown)
        names = [name for name in names if name not in waiting]
    saved.mark_seen(search.account, search.number, names)


def hit_name(hit: Hit) -> str:
    """What a hit is remembered by."""
    return f"{hit.contract}/{hit.clause}"


def _query(search: "SavedSearch", folders: tuple[str, ...] | None) -> ClauseQuery:
    return ClauseQuery.model_validate({**search.query, "folders": folders})


def _hits(service: Service, query: ClauseQuery) -> list[Hit]:
    return list(islice(every_hit(service, query), MOST_HITS))
