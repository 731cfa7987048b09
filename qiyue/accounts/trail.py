"""Writing the audit log without making readers wait: entries are collected and written together.

What changes or leaves the collection is written before the answer is given (`note(…, wait=True)`); looking at something
is written within a moment of it.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qiyue.accounts.clock import iso, utc
from qiyue.accounts.person import Person
from schema.errors import StoreError

if TYPE_CHECKING:
    from corpus.audit import Entry

Json = str | int | bool | None | list[str] | dict[str, str]
_LOG = logging.getLogger(__name__)
_MOST = 500
_PATIENCE = 60.0
_MOMENT = 0.1


@dataclass
class _Pending:
    entry: "Entry"
    waits: bool
    written: threading.Event = field(default_factory=threading.Event)
    trouble: StoreError | None = None


class Trail:
    """Collects entries and hands them to `write` in a thread of its own."""

    def __init__(self, write: "Callable[[Iterable[Entry]], None]") -> None:
        """Begin.

        Args:
            write: appends entries to the log.
        """
        self._write = write
        self._queue: queue.Queue[_Pending | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="audit", daemon=True)
        self._thread.start()

    def note(
        self,
        person: Person | str,
        action: str,
        thing: str | None = None,
        *,
        address: str | None = None,
        wait: bool = False,
        **detail: "Json",
    ) -> None:
        """Add an entry.

        Args:
            person: who did it; a plain name when nobody is signed in.
            action: what was done.
            thing: to which contract, account or job.
            address: of the asker.
            wait: until it is written.
            detail: what else matters; no words of contracts.

        Raises:
            StoreError: it was waited for and could not be written.
        """
        from corpus.audit import Entry

        who, via = (person, "link") if isinstance(person, str) else (person.name, person.via)
        entry = Entry(who, via, action, object=thing, detail=detail, address=address, at=iso(utc()))
        pending = _Pending(entry, wait)
        self._queue.put(pending)
        if wait and not pending.written.wait(_PATIENCE):
            raise StoreError("store_unreachable", "the audit log could not be written in time")
        if wait and pending.trouble is not None:
            raise pending.trouble

    def close(self) -> None:
        """Write what is left and stop."""
        self._queue.put(None)
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            batch, ended = self._collect(first)
            self._write_batch(batch)
            if ended:
                return

    def _collect(self, first: _Pending) -> tuple[list[_Pending], bool]:
        """What comes within a moment of the first entry, so that readers share one write; who waits, waits for none."""
        batch, until = [first], time.monotonic() + _MOMENT
        while len(batch) < _MOST:
            patience = 0.0 if batch[-1].waits else max(until - time.monotonic(), 0.0)
            try:
                more = self._queue.get(timeout=patience) if patience else self._queue.get_nowait()
            except queue.Empty:
                return batch, False
            if more is None:
                return batch, True
            batch.append(more)
        return batch, False

    def _write_batch(self, batch: list[_Pending]) -> None:
        trouble: StoreError | None = None
        try:
            self._write([pending.entry for pending in batch])
        except StoreError as error:
            trouble = error
        except Exception as error:  # the thread must live on, and whoever waits must hear of it
            trouble = StoreError("internal", f"the audit log failed with {type(error).__name__}")
        if trouble is not None:
            _LOG.error("audit log: %s; %d entries lost", trouble.code, len(batch))
        for pending in batch:
            pending.trouble = trouble
            pending.written.set()
