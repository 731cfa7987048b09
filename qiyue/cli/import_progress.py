"""What an import says while it runs: failures at once, rate and time left, all on stderr."""

import signal
import sys
import time
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

from qiyue.cli.output import note
from qiyue.service.importing import Watcher

if TYPE_CHECKING:
    from rich.progress import Progress

    from corpus.ledger import FileRow

_EVERY_SECONDS = 15.0


class ImportProgress(Watcher):
    """A bar on a terminal, a line now and then in a log; Ctrl-C stops gently, a second one at once."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._began = self._last = time.monotonic()
        self._settled = self._failed = 0
        self._bar: Progress | None = None
        self._handlers: dict[int, object] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._handlers[number] = signal.signal(number, self._stop_gently)
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True, highlight=False), transient=True)
            self._bar.start()
            self._bar.add_task("looking", total=None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def begun(self, job: int, *, resumed: bool) -> None:
        """Say when it goes on with an older one."""
        self._began, self._settled = time.monotonic(), 0
        if resumed:
            self.say(f"import {job} goes on where it stopped")

    def _stop_gently(self, number: int, _frame: FrameType | None) -> None:
        self.stop.set()
        signal.signal(number, signal.default_int_handler)

    def found(self, number: int) -> None:
        """So many files are known by now."""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], description=f"{number} files found")

    def settled(self, file: "FileRow", done: int, total: int) -> None:
        """Count; name what failed."""
        self._settled += 1
        if file.state == "failed":
            self._failed += 1
            self.say(f"{file.code}: {file.path}: {file.message} ({file.remedy})")
        elapsed = time.monotonic() - self._began
        rate = self._settled / max(elapsed, 0.001)
        failed = f", {self._failed} failed" if self._failed else ""
        if self._bar is not None:
            words = f"{rate:.1f} files/s{failed}"
            self._bar.update(self._bar.task_ids[0], completed=done, total=total, description=words)
        elif time.monotonic() - self._last >= _EVERY_SECONDS:
            self._last = time.monotonic()
            left = (total - done) / rate
            note(f"{done} of {total} files, {rate:.1f} files/s, {left:.0f} s left{failed}")

    def stopping(self, in_hand: int) -> None:
        """Say what is still being done."""
        self.say(f"stopping; {in_hand} files are finished first, Ctrl-C again stops at once")

    def say(self, words: str) -> None:
        """One line, above the bar."""
        if self._bar is not None:
            self._bar.console.print(words, markup=False, soft_wrap=True)
        else:
            note(words)
