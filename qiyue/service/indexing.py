"""Store → index: the outbox is drained by whoever holds its lock; a new index is made from the store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qiyue.service.base import Service
from schema.errors import QiyueError, SearchError, StoreError

if TYPE_CHECKING:
    from corpus.outbox import Pending
    from search.record import IndexRecord

_DRAIN_LOCK = "outbox"
_BATCH = 64
_PATIENCE = 10.0
_DOWN = ("search_unreachable", "search_busy", "index_outdated")


@dataclass(frozen=True)
class Drained:
    """What a drain did.

    Attributes:
        told: changes the index was told.
        left: changes that still wait.
        error: why they wait; None when none does, or somebody else drains.
    """

    told: int
    left: int
    error: QiyueError | None = None


def drain(service: Service, *, wait: float = 0.0, batches: int | None = None) -> Drained:
    """Tell the index what it has still to learn.

    Args:
        service: the collection.
        wait: seconds to wait for another program that drains.
        batches: stop after so many batches; None for all.

    Returns:
        What was told; trouble with the index is reported, not raised, since nothing is lost by it. A contract that the
        index cannot take keeps its entry and holds up no other.
    """
    told, after, error = 0, 0, None
    while True:
        with service.store.locks.held(_DRAIN_LOCK, wait=wait) as mine:
            if not mine:
                return Drained(told, service.store.outbox.count())
            while batches != 0 and (pending := service.store.outbox.pending(_BATCH, after=after)):
                after, batches = pending.last, None if batches is None else batches - 1
                number, trouble = _tell(service, pending)
                if trouble is not None and trouble.code == "index_outdated":
                    number, trouble, after = _replace_index(service)
                told, error = told + number, trouble or error
                if isinstance(trouble, SearchError) and trouble.code in _DOWN:
                    break
        left = service.store.outbox.count()  # what came in between reading and letting go
        if error is not None or not left or batches == 0:
            return Drained(told, left, error)


def _replace_index(service: Service) -> tuple[int, QiyueError | None, int]:
    """An index of an older version is made anew from the store; what waited is in it."""
    last = service.store.outbox.last()
    try:
        number = _rebuild(service, None)
    except SearchError as error:
        return 0, error, last
    return number, None, last


def _tell(service: Service, pending: "Pending") -> tuple[int, QiyueError | None]:
    """Tell the index a batch; when it does not take the batch, one contract after the other."""
    try:
        _tell_all(service, pending.put, pending.remove)
    except StoreError:
        raise
    except Exception as error:
        if isinstance(error, SearchError) and error.code in _DOWN:
            return 0, error
        if len(pending.entries) == 1:
            return 0, _about(next(iter(pending.entries)), error)
    else:
        service.store.outbox.forget([seq for entries in pending.entries.values() for seq in entries])
        return len(pending.entries), None
    told, trouble = 0, None
    for contract, entries in pending.entries.items():
        put = (contract,) if contract in pending.put else ()
        remove = (contract,) if contract in pending.remove else ()
        number, problem = _tell(service, replace(pending, entries={contract: entries}, put=put, remove=remove))
        told, trouble = told + number, problem or trouble
    return told, trouble


def _tell_all(service: Service, put: tuple[str, ...], remove: tuple[str, ...]) -> None:
    index = service.index
    gone = list(remove)
    records: list[IndexRecord] = []
    for contract in put:
        try:
            records += records_of(service, contract)
        except StoreError as error:
            if error.code != "contract_unknown":
                raise
            gone.append(contract)  # deleted since; a later entry says so too
    if records:
        index.add(records)
    if gone:
        index.remove(gone)


def _about(contract: str, error: Exception) -> QiyueError:
    reason = error.message if isinstance(error, QiyueError) else type(error).__name__
    return SearchError("search_failed", f"contract {contract[:12]} cannot be indexed: {reason}")


def records_of(service: Service, contract: str) -> "list[IndexRecord]":
    """What the index keeps of a contract: its corrected record, folder and tags.

    Raises:
        StoreError: `contract_unknown`.
    """
    from search.record import build_records

    card = service.store.catalogue.card(contract)
    value = service.store.corrected(contract)
    return build_records(value, folder=card.folder, tags=card.tags)


def reindex(service: Service, *, on_progress: Callable[[int, int], None] | None = None) -> int:
    """Make the index anew from the store.

    Args:
        service: the collection.
        on_progress: told after each contract: done, in all.

    Returns:
        Number of contracts.

    Raises:
        SearchError: `search_busy` when another program writes the index, or it does not answer.
    """
    with service.store.locks.held(_DRAIN_LOCK, wait=_PATIENCE) as mine:
        if not mine:
            raise SearchError("search_busy", "another program is writing the index")
        number = _rebuild(service, on_progress)
    drain(service, wait=_PATIENCE)
    return number


def bring_up_to_date(service: Service, *, on_progress: Callable[[int, int], None] | None = None) -> int:
    """Tell the index what waits, then mend only those contracts whose state in it is not that of the store.

    An index that is missing, empty or of another version is made anew.

    Args:
        service: the collection.
        on_progress: told after each contract that is looked at: done, in all.

    Returns:
        Number of contracts that were told or mended.

    Raises:
        SearchError: the engine does not answer, or another program writes the index.
    """
    told = drain(service, wait=_PATIENCE)
    if told.error is not None:
        raise told.error
    try:
        known = service.index.contracts()
    except SearchError as error:
        if error.code != "index_outdated":
            raise
        known = {}
    if not known:
        return told.told + (reindex(service, on_progress=on_progress) if service.store.catalogue.count() else 0)
    with service.store.locks.held(_DRAIN_LOCK, wait=_PATIENCE) as mine:
        if not mine:
            raise SearchError("search_busy", "another program is writing the index")
        return told.told + _mend(service, known, on_progress)


def _mend(service: Service, known: dict[str, str], on_progress: Callable[[int, int], None] | None) -> int:
    """Under the drain lock."""
    names = service.store.catalogue.ids()
    surplus = sorted(set(known) - set(names))
    if surplus:
        service.index.remove(surplus)
    mended = len(surplus)
    for number, name in enumerate(names, 1):
        records = records_of(service, name)
        if records[0].contract.version != known.get(name):
            service.index.add(records)
            mended += 1
        if on_progress:
            on_progress(number, len(names))
    return mended


def _rebuild(service: Service, on_progress: Callable[[int, int], None] | None) -> int:
    """A new index of all contracts, under the drain lock; entries it covers are forgotten."""
    last = service.store.outbox.last()
    names = service.store.catalogue.ids()

    def records() -> "Iterator[IndexRecord]":
        for number, name in enumerate(names, 1):
            try:
                yield from records_of(service, name)
            except StoreError as error:
                if error.code != "contract_unknown":
                    raise
            if on_progress:
                on_progress(number, len(names))

    service.index.rebuild(records())
    service.store.outbox.forget_until(last)
    return len(names)
