"""Services for requests: a `Service` is used by one thread at a time, so each request borrows one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from qiyue.service.base import Service
from qiyue.settings import Settings

_KEPT = 16


class Pool:
    """Open services that nobody uses at the moment; store and index are shared with other programs, imports too."""

    def __init__(self, settings: Settings) -> None:
        """Open none yet."""
        self._settings = settings
        self._idle: list[Service] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[Service]:
        """A service for one request; the one used last, whose files are still at hand."""
        with self._lock:
            service = self._idle.pop() if self._idle else None
        service = service or Service(self._settings)
        try:
            yield service
        finally:
            with self._lock:
                keep = not self._closed and len(self._idle) < _KEPT
                if keep:
                    self._idle.append(service)
            if not keep:
                service.close()

    def close(self) -> None:
        """Close those that are idle now and all others when they come back."""
        with self._lock:
            self._closed, idle = True, self._idle
            self._idle = []
        for service in idle:
            service.close()
