"""Search as the command line and the HTTP API ask for it."""

from pathlib import Path
from typing import TYPE_CHECKING

from qiyue.service.base import Service
from qiyue.service.contracts import get_contract
from schema.query import ClauseQuery, Hit, Results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schema.comparison import Comparison
    from schema.contract import Contract

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
    if query.folders is not None:  # how many there are elsewhere is nobody's business
        note = "the index does not know the newest changes yet"
    return results.model_copy(update={"notes": (*results.notes, note)})


def every_hit(service: Service, query: ClauseQuery) -> "Iterator[Hit]":
    """All hits of a query, page by page."""
    cursor = None
    while True:
        page = service.index.search(query.model_copy(update={"limit": _PAGE, "cursor": cursor}))
        yield from page.hits
        cursor = page.cursor
        if cursor is None:
            return


def similar_clauses(
    service: Service,
    *,
    text: str | None = None,
    contract: str = "",
    clause: str = "",
    limit: int = 20,
    folders: tuple[str, ...] | None = None,
) -> Results:
    """Clauses like a text, or like a clause of the collection.

    Args:
        service: the collection.
        text: a clause or a part of one.
        contract: id, or the beginning of one, instead of a text.
        clause: of the contract.
        limit: hits wanted.
        folders: only in exactly these folders; None for all.

    Raises:
        SearchError: the index has no such clause.
        StoreError: `contract_unknown`.
    """
    if text is None:
        contract = get_contract(service, contract).id
    return service.index.similar(text=text, contract=contract, clause=clause, limit=limit, folders=folders)


def compare_contracts(service: Service, before: str, after: str) -> "Comparison":
    """What changed from one contract to another.

    Args:
        service: the collection.
        before: id, beginning of one, or path of a file.
        after: the same.

    Raises:
        StoreError: `contract_unknown`.
        ReadError: a file cannot be read.
    """
    from search.compare import compare

    return compare(_contract(service, before), _contract(service, after))


def _contract(service: Service, reference: str) -> "Contract":
    path = Path(reference)
    if path.is_file():
        from qiyue.pipeline import parse_file

        return parse_file(path, limits=service.limits)
    return get_contract(service, reference)
