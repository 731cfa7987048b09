"""Contracts that were read lately, kept in memory: page, map and dialogs of one contract ask for it in turn.

A record of the store is some 100 kB of JSON; to read it and to find its clauses again takes longer than all else a page
needs. What is kept is frozen, so threads may share it, and named by the time of its last change, so it is never old.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiyue.service.base import Service
from qiyue.service.contracts import get_contract

if TYPE_CHECKING:
    from corpus.catalogue import Card
    from schema.contract import Contract
    from search.record import IndexRecord

_KEPT = 24


@dataclass(frozen=True)
class Read:
    """A contract in memory.

    Attributes:
        contract: with people's values in place, and their corrections beside them.
        records: its clauses, rows and parts as search knows them.
    """

    contract: "Contract"
    records: "tuple[IndexRecord, ...]"


class Shelf:
    """The contracts that were asked for last. Safe to use from several threads."""

    def __init__(self, kept: int = _KEPT) -> None:
        """Keep none yet.

        Args:
            kept: how many.
        """
        self._kept = kept
        self._read: OrderedDict[tuple[str, str], Read] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, service: Service, card: "Card") -> Read:
        """A contract the asker may see.

        Args:
            service: the collection.
            card: of the contract, as the store has it now.

        Raises:
            StoreError: `contract_unknown`.
        """
        name = card.id, card.changed_at
        with self._lock:
            found = self._read.get(name)
            if found is not None:
                self._read.move_to_end(name)
                return found
        found = _read(service, card.id)
        with self._lock:
            self._read[name] = found
            while len(self._read) > self._kept:
                self._read.popitem(last=False)
        return found


def _read(service: Service, name: str) -> Read:
    from search.record import build_records

    made = tuple(service.store.corrections.of(name))
    contract = get_contract(service, name).model_copy(update={"corrections": made})
    return Read(contract, tuple(build_records(contract)))
