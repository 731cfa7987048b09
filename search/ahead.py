"""Work done while other work goes on.

Engines count and find outside the interpreter's lock, so the counts of a query are made while its hits are ranked.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")

_POOL = ThreadPoolExecutor(max_workers=min(8, (os.cpu_count() or 1) * 2), thread_name_prefix="ahead")


class Ahead(Generic[T]):
    """A result that is being worked out by another thread."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin, as soon as a thread is free."""
        self._work = work
        self._begun = _POOL.submit(work)

    def result(self) -> T:
        """The result; what no thread has begun yet is done here and now, so nobody waits for a busy pool."""
        return self._work() if self._begun.cancel() else self._begun.result()
