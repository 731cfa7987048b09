"""Import: every file ends in one final state, whatever happens on the way.

    found → ledger → hashed → claimed → read in a process of its own → original kept → one transaction → index

The claim is written before the original is: so an original that belongs to no contract is always named by an unfinished
line of the ledger, and the next run removes or adopts it. Contract, facts, final state and outbox are one transaction.
"""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiyue.executors import Opened, outcome
from qiyue.service.base import Service
from qiyue.service.indexing import Drained, drain
from qiyue.sources import digest, find_files, is_member, open_file, outer_path, promises_text, shown_name
from qiyue.tasks import Failed, Parsed, Task, run
from schema.errors import CATALOGUE, QiyueError, ReadError, StoreError, UsageError

if TYPE_CHECKING:
    from corpus.ledger import FileRow, OpenJob

_SPARE = 2  # files in hand beyond those being read, so that no process waits for the next
_TICK = 0.2
_DRAIN_EVERY = 64
_DRAIN_PAUSE = 30.0  # after the index did not answer
_PATIENCE = 10.0
_TRIES = 3


@dataclass(frozen=True)
class ImportRequest:
    """What to import.

    Attributes:
        paths: files, archives and folders.
        folder: of the collection, to keep the contracts in.
        tags: to give them.
        recursive: with sub-folders.
        only: of what is found, only these paths, or members of these archives; None for all.
        purpose: tells a partial import (`retry`, `watch`) from the whole one; part of what makes two commands the same.
        owner: account it is made for over HTTP; part of it as well.
        password: opens encrypted files.
        fast: smaller OCR weights.
        jobs: files read at once; the setting when None.
    """

    paths: tuple[Path, ...]
    folder: str | None = None
    tags: tuple[str, ...] = ()
    recursive: bool = True
    only: frozenset[str] | None = None
    password: str | None = None
    fast: bool = False
    jobs: int | None = None
    purpose: str | None = None
    owner: str | None = None

    def takes(self, path: str) -> bool:
        """Whether a file that was found is wanted."""
        return self.only is None or path in self.only or outer_path(path) in self.only

    def arguments(self) -> dict[str, Any]:
        """What makes two commands the same one."""
        given: dict[str, Any] = {
            "paths": sorted(str(path.absolute()) for path in self.paths),
            "folder": self.folder,
            "tags": sorted(self.tags),
            "recursive": self.recursive,
        }
        more = {"purpose": self.purpose, "owner": self.owner}
        return given | {name: value for name, value in more.items() if value}


@dataclass(frozen=True)
class ImportReport:
    """How an import ended.

    Attributes:
        job: its number in the ledger.
        counts: files by state.
        interrupted: why it stopped before its end; None when it is done.
        index: how far the index is.
        resumed: whether it went on with an interrupted one.
    """

    job: int
    counts: dict[str, int]
    interrupted: QiyueError | None
    index: Drained
    resumed: bool


class Watcher:
    """Told what happens, and asked whether to go on; a command line shows it. The base class keeps quiet.

    Attributes:
        stop: set it to end the import: files being read are finished. A signal handler may do so.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()

    def begun(self, job: int, *, resumed: bool) -> None:
        """The import has its number."""

    def found(self, number: int) -> None:
        """So many files are known by now."""

    def settled(self, file: "FileRow", done: int, total: int) -> None:
        """A file has its final state."""

    def stopping(self, in_hand: int) -> None:
        """It was asked to stop and finishes the files in hand."""


@dataclass
class _InHand:
    """A file that is being read, and those of the same bytes that wait for it."""

    file: "FileRow"
    task: Task
    tries: int = 1
    twins: list["FileRow"] = field(default_factory=list)


class Import:
    """One run of an import."""

    def __init__(self, service: Service, request: ImportRequest, watcher: Watcher | None = None) -> None:
        """Do nothing yet.

        Args:
            service: the collection.
            request: what to import.
            watcher: told what happens.

        Raises:
            UsageError: a path does not exist.
        """
        for path in request.paths:
            if not _exists(path):
                raise UsageError("file_missing", f"{path} does not exist")
        self._service, self._request = service, request
        self._watcher = watcher or Watcher()
        self._in_hand: dict[Future[Parsed | Failed], _InHand] = {}
        self._done = self._total = self._untold = 0
        self._next_drain = 0.0
        self._index: Drained | None = None
        self._named = {str(path.absolute()) for path in request.paths}

    def run(self, opened: Opened) -> ImportReport:
        """Import.

        Args:
            opened: reads the files.

        Raises:
            StoreError: the store cannot be opened; trouble later ends the import and stands in the report.
        """
        store = self._service.store
        job = store.ledger.begin(self._request.arguments())
        trouble: QiyueError | None = QiyueError("internal", f"import {job.number} broke off")
        try:
            store.sweep(job.abandoned)
            self._watcher.begun(job.number, resumed=job.resumed)
            self._find(job)
            self._work(job, opened)
            if self._watcher.stop.is_set():
                trouble = QiyueError("interrupted", f"import {job.number} was stopped")
            else:
                self._tell_all()  # an import is done when search knows what it brought
                trouble = None
        except StoreError as error:
            trouble = error
        finally:
            self._close(job, trouble)
        index = self._index or drain(self._service, wait=0.0 if self._watcher.stop.is_set() else _PATIENCE)
        return ImportReport(job.number, store.ledger.job(job.number).counts, trouble, index, job.resumed)

    def _find(self, job: "OpenJob") -> None:
        """Enter all files in the ledger."""
        from corpus.ledger import FileRow

        own, number = self._service.settings.data, 0

        def rows() -> Iterator[FileRow]:
            nonlocal number
            asked = self._request
            for found in find_files(asked.paths, recursive=asked.recursive, own=own, password=asked.password):
                if self._watcher.stop.is_set():
                    return
                if self._request.takes(found.path):
                    number += 1
                    row = FileRow(job=job.number, place=0, path=found.path, state=found.state)
                    yield replace(row, code=found.code, message=found.message, remedy=found.remedy)
                    self._watcher.found(number)

        job.add(rows())
        counts = job.counts()
        self._total = sum(counts.values())
        self._done = self._total - counts.get("queued", 0)

    def _work(self, job: "OpenJob", opened: Opened) -> None:
        told = False
        while True:
            if not self._watcher.stop.is_set():
                self._take(job, opened)
            elif not told:
                self._let_go()
                self._watcher.stopping(len(self._in_hand))
                told = True
            if not self._in_hand:
                return
            for future in wait(self._in_hand, timeout=_TICK, return_when=FIRST_COMPLETED).done:
                self._answered(job, opened, self._in_hand.pop(future), future)
            self._tell_index()

    def _take(self, job: "OpenJob", opened: Opened) -> None:
        """Fill the hand: hash, claim and hand out files until enough are being read."""
        while (room := opened.workers + _SPARE - len(self._in_hand)) > 0 and (files := job.queued(room)):
            hashed, failed = [], []
            for file in files:
                try:
                    hashed.append(replace(file, sha256=digest(file.path, password=self._request.password)))
                except ReadError as error:
                    failed.append(_failed(file, Failed(error.code, error.message, error.remedy)))
            self._settled(job, failed)
            known = job.claim(hashed) if hashed else {}
            self._settled(job, [_duplicate(file) for file in hashed if known[str(file.sha256)]])
            for file in hashed:
                if not known[str(file.sha256)]:
                    self._hand_out(file, opened)

    def _hand_out(self, file: "FileRow", opened: Opened) -> None:
        for other in self._in_hand.values():
            if other.file.sha256 == file.sha256:
                other.twins.append(file)
                return
        source: Path | bytes = Path(file.path)
        if opened.elsewhere or is_member(file.path):
            with open_file(file.path, password=self._request.password) as stream:
                source = stream.read()
        task = Task(
            source=source,
            name=shown_name(file.path),
            sha256=file.sha256,
            password=self._request.password,
            fast=self._request.fast,
            for_store=True,
            checks=self._service.settings.checks,
        )
        self._in_hand[opened.executor.submit(run, task, self._service.limits)] = _InHand(file, task)

    def _answered(self, job: "OpenJob", opened: Opened, hand: _InHand, future: "Future[Parsed | Failed]") -> None:
        """A reading process answered, or died."""
        result = outcome(future, hand.task, self._service.limits)
        if result is None and hand.tries < _TRIES:
            hand.tries += 1
            self._in_hand[opened.executor.submit(run, hand.task, self._service.limits)] = hand
            return
        if result is None:
            message = f"{hand.task.name}: no reading process could be started"
            result = Failed("reader_crashed", message, CATALOGUE["reader_crashed"].remedy)
        if isinstance(result, Parsed):
            result = self._store(hand.file, result)
        if isinstance(result, Failed):
            self._settled(job, [self._no_result(file, result) for file in (hand.file, *hand.twins)])
        else:
            self._settled(job, [_duplicate(file) for file in hand.twins])

    def _store(self, file: "FileRow", parsed: Parsed) -> Failed | None:
        """Keep the original, then everything else in one transaction."""
        store = self._service.store
        try:
            with open_file(file.path, password=self._request.password) as stream:
                if not store.originals.put(str(file.sha256), stream):
                    raise ReadError("file_changing", f"{shown_name(file.path)} changed while it was read")
            assert parsed.packed is not None
            stored = store.put(parsed.packed, folder=self._request.folder, tags=self._request.tags, line=file)
        except ReadError as error:
            return Failed(error.code, error.message, error.remedy)
        except StoreError:
            raise
        except Exception as error:  # one file that cannot be stored must not stop the thousands behind it
            message = f"{shown_name(file.path)} cannot be stored ({type(error).__name__})"
            return Failed("internal", message, CATALOGUE["internal"].remedy)
        self._untold += 1
        self._count(stored.line or file)
        return None

    def _no_result(self, file: "FileRow", failure: Failed) -> "FileRow":
        """Failed; but a file of no known format that merely lies in the folder and promises none is skipped."""
        merely_there = file.path not in self._named and not promises_text(file.path)
        if failure.code == "file_type_unknown" and merely_there:
            return replace(_failed(file, failure), state="skipped")
        return _failed(file, failure)

    def _settled(self, job: "OpenJob", files: list["FileRow"]) -> None:
        if files:
            job.finish(files)
            for file in files:
                self._count(file)

    def _count(self, file: "FileRow") -> None:
        self._done += 1
        self._watcher.settled(file, self._done, self._total)

    def _let_go(self) -> None:
        """Take back files that nobody reads yet; the next run has them."""
        for future in list(self._in_hand):
            if not future.running() and not future.done():
                future.cancel()
                del self._in_hand[future]

    def _tell_index(self) -> None:
        if self._untold >= _DRAIN_EVERY and time.monotonic() >= self._next_drain:
            self._untold = 0
            if drain(self._service, batches=1).error is not None:
                self._next_drain = time.monotonic() + _DRAIN_PAUSE

    def _tell_all(self) -> None:
        """Tell the index what was stored, or wait until whoever tells it has come so far; give up when it is down."""
        last, told = self._service.store.outbox.last(), 0
        while not self._watcher.stop.is_set():
            now = drain(self._service, wait=_TICK)
            told += now.told
            self._index = replace(now, told=told)
            first = self._service.store.outbox.first()
            if now.error is not None or not first or first > last:
                return

    def _close(self, job: "OpenJob", trouble: QiyueError | None) -> None:
        """Write how it ended, as far as the store lets us; the ledger is right without it."""
        claimed = [str(hand.file.sha256) for hand in self._in_hand.values()]
        try:
            job.close("interrupted" if trouble else "done", note=trouble.code if trouble else None)
            self._service.store.sweep(claimed)
        except StoreError:
            if trouble is None:
                raise


def import_paths(
    service: Service, request: ImportRequest, *, watcher: Watcher | None = None, executor: str | None = None
) -> ImportReport:
    """Import files with the executor of the settings.

    Args:
        service: the collection.
        request: what to import.
        watcher: told what happens.
        executor: `processes` or `dask://host:port` instead of the setting.
    """
    work = Import(service, request, watcher)
    with service.executor(executor, request.jobs) as opened:
        return work.run(opened)


def _failed(file: "FileRow", failure: Failed) -> "FileRow":
    return replace(file, state="failed", code=failure.code, message=failure.message, remedy=failure.remedy)


def _duplicate(file: "FileRow") -> "FileRow":
    name = file.sha256
    return replace(file, state="duplicate", contract=name, relation="duplicate", of=name, certainty=1.0)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True  # it cannot be looked at: the ledger will say so
