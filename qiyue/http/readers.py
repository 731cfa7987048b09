"""Processes that read files for the server: imports, single files, pictures, layouts; started when first needed.

A pool for each, so that a clerk who turns pages does not wait for the thousand files somebody imports.
"""

import threading
from contextlib import ExitStack
from dataclasses import replace

from qiyue.executors import LimitedProcesses, Opened, open_executor, outcome
from qiyue.settings import Settings
from qiyue.tasks import Failed, LayoutTask, Limits, PageTask, Parsed, Task, draw, lay_out, run
from schema.errors import CATALOGUE, ReadError, UsageError

_TRIES = 3
_MOST_LAYOUTS = 4
_GIVE_WAY = 10
_LAYING_OUT = Limits(wall_seconds=240, cpu_seconds=240, memory_mb=4096)
_DRAWING = Limits(wall_seconds=60, cpu_seconds=120, memory_mb=2048)


class Readers:
    """The pools of one server. Safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        """Start nothing yet."""
        self._settings = settings
        self.limits = Limits(settings.timeout, settings.cpu_seconds, settings.memory_mb)
        self._stack = ExitStack()
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._single: LimitedProcesses | None = None
        self._drawing: LimitedProcesses | None = None
        self._laying: LimitedProcesses | None = None
        self._layouts = threading.BoundedSemaphore(_MOST_LAYOUTS)
        self._room = threading.BoundedSemaphore(settings.jobs + 1)

    def opened(self) -> Opened:
        """Where imports read their files."""
        with self._lock:
            if self._opened is None:
                given = self._settings
                patient = replace(self.limits, yields=_GIVE_WAY)  # whoever reads or searches goes before an import
                self._opened = self._stack.enter_context(open_executor(given.executor, given.jobs, patient))
            return self._opened

    def parse(self, task: Task) -> bytes:
        """The record of one file as JSON.

        Raises:
            UsageError: `too_many` when as many are being read as there is room for.
            ReadError: there is no record; the code says why.
        """
        if not self._room.acquire(blocking=False):
            raise UsageError("too_many", "as many files are being read as there is room for")
        try:
            with self._lock:
                if self._single is None:
                    self._single = self._stack.enter_context(LimitedProcesses(self._settings.jobs, self.limits))
            for _ in range(_TRIES):
                result = outcome(self._single.submit(run, task, self.limits), task, self.limits)
                if isinstance(result, Parsed):
                    return result.record
                if isinstance(result, Failed):
                    raise ReadError(result.code, result.message, remedy=result.remedy)
            raise ReadError("reader_crashed", f"{task.name}: no reading process could be started")
        finally:
            self._room.release()

    def draw(self, task: PageTask) -> bytes:
        """A page as PNG.

        Raises:
            ReadError: `page_unknown` and others; the code says why.
        """
        with self._lock:
            if self._drawing is None:
                self._drawing = self._stack.enter_context(LimitedProcesses(1, _DRAWING))
        for _ in range(_TRIES):
            future = self._drawing.submit(draw, task, _DRAWING)
            result = outcome(future, Task(source=b"", name=f"page {task.number}"), _DRAWING)
            if isinstance(result, Parsed):
                return result.record
            if isinstance(result, Failed):
                remedy = CATALOGUE["page_unknown"].remedy
                raise ReadError("page_unknown", f"page {task.number} cannot be drawn: {result.message}", remedy=remedy)
        raise ReadError("page_unknown", f"page {task.number} cannot be drawn")

    def lay_out(self, task: LayoutTask) -> Parsed:
        """A file without pages as LibreOffice lays it out: PDF, and where its lines stand in the text.

        Raises:
            UsageError: `too_many` when as many are waiting already as one program can do while people wait.
            ReadError: it cannot be laid out; the code says why.
        """
        if not self._layouts.acquire(blocking=False):
            raise UsageError("too_many", "as many files are being laid out as there is room for")
        try:
            with self._lock:
                if self._laying is None:
                    self._laying = self._stack.enter_context(LimitedProcesses(1, _LAYING_OUT))
            for _ in range(_TRIES):
                future = self._laying.submit(lay_out, task, _LAYING_OUT)
                result = outcome(future, Task(source=b"", name="the layout"), _LAYING_OUT)
                if isinstance(result, Parsed):
                    return result
                if isinstance(result, Failed):
                    raise ReadError(result.code, result.message, remedy=result.remedy)
            raise ReadError("reader_crashed", "no process could be started to lay the file out")
        finally:
            self._layouts.release()

    def close(self) -> None:
        """Stop the processes; files being read are finished."""
        with self._lock:
            self._stack.close()
            self._opened = self._single = self._drawing = self._laying = None
