"""Files read on a Dask cluster, through the same seam as on this machine.

    dask scheduler
    dask worker tcp://scheduler:8786 --no-nanny      # on each machine, with qiyue installed
    qiyue import 合同/ --executor dask://scheduler:8786

A worker does not read a file itself: it hands it to a limited process of its own, as an import on one machine does. So
a file that hangs or crashes its reader costs neither the worker nor its other files. For that a worker must be allowed
children, which those started by a nanny are not; the nanny is not needed here.
"""

import logging
import os
import warnings
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import cache
from typing import ParamSpec, TypeVar

from qiyue.tasks import Failed, Limits, Parsed, Task, run
from schema.errors import CATALOGUE, QiyueError

_CONNECT_SECONDS = 10
_TRIES = 3

P = ParamSpec("P")
T = TypeVar("T")


class DaskReaders(Executor):
    """The workers of a scheduler."""

    def __init__(self, address: str) -> None:
        """Connect.

        Args:
            address: `host:port` of the scheduler.

        Raises:
            QiyueError: `executor_unreachable`.
        """
        try:
            from distributed import Client
        except ModuleNotFoundError as error:
            remedy = "pip install 'qiyue[dask]'"
            raise QiyueError("executor_unreachable", "Dask is not installed here", remedy=remedy) from error
        # a contract of some megabytes is no mistake, and a lost connection is told in one line
        warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            self._client = Client(f"tcp://{address}", timeout=_CONNECT_SECONDS, set_as_default=False)
        except OSError as error:
            raise QiyueError("executor_unreachable", f"no Dask scheduler answers at {address}") from error
        self._executor = self._client.get_executor(pure=False)

    @property
    def workers(self) -> int:
        """How many files are read at once."""
        threads: dict[str, int] = self._client.nthreads()
        return max(sum(threads.values()), 1)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function on a worker; `qiyue.tasks.run` in a limited process of it."""
        wanted: Callable[..., T] = read_on_worker if fn is run else fn  # type: ignore[assignment]
        found: Future[T] = self._executor.submit(wanted, *args, **kwargs)
        return found

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster; its workers stay."""
        self._executor.shutdown(wait=wait)
        self._client.close()


def read_on_worker(task: Task, limits: Limits) -> Parsed | Failed:
    """Read a file in a limited process of this worker.

    Args:
        task: with the bytes of the file.
        limits: for it.
    """
    from qiyue.executors import outcome

    try:
        for _ in range(_TRIES):
            result = outcome(_processes(limits).submit(run, task, limits), task, limits)
            if result is not None:
                return result
    except (AssertionError, OSError) as error:  # "daemonic processes are not allowed to have children"
        return Failed("reader_crashed", f"{task.name}: {error}", "start the Dask workers with --no-nanny")
    return Failed(
        "reader_crashed", f"{task.name}: no reading process could be started", CATALOGUE["reader_crashed"].remedy
    )


@cache
def _processes(limits: Limits) -> Executor:
    """The limited processes of this worker, as many as it may need at once."""
    from qiyue.executors import LimitedProcesses

    return LimitedProcesses(os.cpu_count() or 1, limits)
