"""Store → index: the outbox is drained by whoever holds its lock; a new index is made from the store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from qiyue.service.base import Service
from schema.errors import QiyueError, SearchError, StoreError

_DRAIN_LOCK = "outbox"
_BATCH = 64
_PATIENCE = 10.0


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
        What was told; trouble with the index is reported, not raised, since nothing is lost by it.
    """
    told, error = 0, None
    while True:
        with service.store.locks.held(_DRAIN_LOCK, wait=wait) as mine:
            if not mine:
                return Drained(told, service.store.outbox.count())
            while batches != 0:
                try:
                    done = _drain_batch(service)
                except SearchError as trouble:
                    error, done = trouble, 0
                if not done:
                    break
                told += done
                batches = batches - 1 if batches is not None else None
        left = service.store.outbox.count()  # what came in between reading and letting go
        if error is not None or not left or batches == 0:
            return Drained(told, left, error)


def _drain_batch(service: Service) -> int:
    pending = service.store.outbox.pending(_BATCH)
    if pending is None:
        return 0
    index = service.index
    gone: list[str] = list(pending.remove)
    records: list[Any] = []
    for contract in pending.put:
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
    service.store.outbox.forget(pending.last)
    return len(pending.put) + len(pending.remove)


def records_of(service: Service, contract: str) -> list[Any]:
    """What the index keeps of a contract: its corrected record, folder and tags.

    Raises:
        StoreError: `contract_unknown`.
    """
    card = service.store.catalogue.card(contract)
    value = service.store.corrected(contract)
    records: list[Any] = import_module("search.record").build_records(value, folder=card.folder, tags=card.tags)
    return records


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
        last = service.store.outbox.last()
        names = service.store.catalogue.ids()

        def records() -> Iterator[Any]:
            for number, name in enumerate(names, 1):
                try:
                    yield from records_of(service, name)
                except StoreError as error:
                    if error.code != "contract_unknown":
                        raise
                if on_progress:
                    on_progress(number, len(names))

        service.index.rebuild(records())
        service.store.outbox.forget(last)
    drain(service, wait=_PATIENCE)
    return len(names)
