"""Search as the command line and the HTTP API ask for it."""

from typing import TYPE_CHECKING, Any

from qiyue.service.base import Service
from schema.query import ClauseQuery, Results

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE = 1000


def search_clauses(service: Service, query: ClauseQuery) -> Results:
    """Answer a query, and say when the index has not yet learnt all there is.

    Raises:
        SearchError: unknown field, unreadable value or cursor, or the engine does not answer.
    """
    results = service.index.search(query)
    waiting = service.store.outbox.count()
    if not waiting:
        return results
    note = f"{waiting} changes are not in the index yet: qiyue reindex"
    return results.model_copy(update={"notes": (*results.notes, note)})


def every_hit(service: Service, query: ClauseQuery) -> "Iterator[Any]":
    """All hits of a query, page by page."""
    cursor = None
    while True:
        page = service.index.search(query.model_copy(update={"limit": _PAGE, "cursor": cursor}))
        yield from page.hits
        cursor = page.cursor
        if cursor is None:
            return
