"""Where files are read: processes with limits on this machine, or a Dask cluster, behind `concurrent.futures.Executor`.

Both run `qiyue.worker.run`; what a process that hung, crashed or grew too large means for its file is said here.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from qiyue.tasks import OVER_MEMORY, Failed, Limits, Parsed, Task, start
from schema.errors import CATALOGUE, UsageError

_FILES_A_PROCESS = 500  # then a fresh one: whatever a library leaks stays small

P = ParamSpec("P")
T = TypeVar("T")


class LimitedProcesses(Executor):
    """Processes that are killed when a file takes too long and replaced when they die.

    They are forked from a server process that has loaded the reading code once, so a replacement is ready in
    milliseconds. Nothing of this process is copied into them.
    """

    def __init__(self, workers: int, limits: Limits) -> None:
        """Start nothing yet.

        Args:
            workers: how many processes.
            limits: for each file.
        """
        self._workers, self._limits = workers, limits
        self._pool: ProcessPool | None = None
        self._starting = threading.Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function in one of the processes; see `outcome` for what its future may hold."""
        with self._starting:
            if self._pool is None or not self._pool.active:
                self._pool = self._start()
            pool = self._pool
        return pool.schedule(fn, args=args, kwargs=kwargs, timeout=self._limits.wall_seconds)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop the processes; files being read are finished when `wait` is set."""
        if self._pool is None:
            return
        if wait and not cancel_futures:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._pool = None

    def _start(self) -> ProcessPool:
        context = get_context("forkserver")
        context.set_forkserver_preload(["qiyue.preload"])
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=_FILES_A_PROCESS,
            initializer=start,
            initargs=(self._limits,),
            context=context,
        )


@dataclass(frozen=True)
class Opened:
    """An executor in use.

    Attributes:
        executor: it.
        workers: how many files are read at once.
        elsewhere: its processes do not see this disk, so they are handed bytes.
    """

    executor: Executor
    workers: int
    elsewhere: bool = False


@contextmanager
def open_executor(address: str, workers: int, limits: Limits) -> Iterator[Opened]:
    """An executor by its address.

    Args:
        address: `processes`, or `dask://host:port` of a scheduler.
        workers: how many files are read at once on this machine.
        limits: for each file.

    Raises:
        UsageError: `setting_invalid`.
        QiyueError: `executor_unreachable`.
    """
    if address == "processes":
        with LimitedProcesses(workers, limits) as processes:
            yield Opened(processes, workers)
    elif address.startswith("dask://"):
        from qiyue.dask_readers import DaskReaders

        with DaskReaders(address.removeprefix("dask://")) as readers:
            yield Opened(readers, readers.workers, elsewhere=True)
    else:
        raise UsageError(
            "setting_invalid", f"there is no executor {address!r}", remedy="use processes or dask://host:port"
        )


def outcome(future: "Future[Parsed | Failed]", task: Task, limits: Limits) -> Parsed | Failed | None:
    """What came of a file.

    Args:
        future: finished.
        task: the file.
        limits: it was read under.

    Returns:
        Its record or why there is none; None when it never began (the processes were replaced): try again.
    """
    try:
        return future.result()
    except TimeoutError:
        return _failure("reader_timeout", f"{task.name}: reading it took more than {limits.wall_seconds} s")
    except ProcessExpired as error:
        return _died(error.exitcode, task.name, limits)
    except (BrokenExecutor, CancelledError):
        return None
    except Exception as error:  # the cluster gave the task up
        return _failure("reader_crashed", f"{task.name}: it could not be read ({type(error).__name__})")


def _died(exit_code: int | None, name: str, limits: Limits) -> Failed:
    if exit_code == OVER_MEMORY:
        return _failure("reader_memory", f"{name}: reading it needed more than {limits.memory_mb} MB")
    if exit_code == -signal.SIGXCPU:
        return _failure("reader_timeout", f"{name}: reading it took more than {limits.cpu_seconds} s of processor time")
    if exit_code is not None and exit_code < 0:
        return _failure("reader_crashed", f"{name}: the reading process was ended by {signal.Signals(-exit_code).name}")
    return _failure("reader_crashed", f"{name}: the reading process ended with code {exit_code}")


def _failure(code: str, message: str) -> Failed:
    return Failed(code, message, CATALOGUE[code].remedy)
