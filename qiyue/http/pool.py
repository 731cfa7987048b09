"""Services for requests: a `Service` is used by one thread at a time, so each request borrows one when it needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from qiyue.service.base import Service
from qiyue.settings import Settings

THREADS = 16
"""How many requests are worked at once, and so how many services are kept: more would be opened and closed anew."""


class Lease:
    """The right of one request to a service, which is taken from the pool when it is first used.

    Fifty searches that came together and wait for their turn hold none: lent at their arrival, services beyond the
    kept ones were opened and closed for every request, and cost as much as the search.
    """

    def __init__(self, pool: "Pool") -> None:
        """Borrow nothing yet."""
        self._pool = pool
        self._service: Service | None = None

    @property
    def service(self) -> Service:
        """The service of this request."""
        if self._service is None:
            self._service = self._pool.take()
        return self._service

    def end(self) -> None:
        """Give back what was borrowed."""
        if self._service is not None:
            service, self._service = self._service, None
            self._pool.give_back(service)


class Pool:
    """Open services that nobody uses at the moment; store and index are shared with other programs, imports too."""

    def __init__(self, settings: Settings) -> None:
        """Open none yet."""
        self._settings = settings
        self._idle: list[Service] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def lease(self) -> Iterator[Lease]:
        """For one request, which may turn out to need none."""
        lease = Lease(self)
        try:
            yield lease
        finally:
            lease.end()

    @contextmanager
    def lend(self) -> Iterator[Service]:
        """A service for work that certainly needs it."""
        with self.lease() as lease:
            yield lease.service

    def take(self) -> Service:
        """The service used last, whose files are still at hand, or a new one; `give_back` must follow."""
        with self._lock:
            service = self._idle.pop() if self._idle else None
        return service or Service(self._settings)

    def give_back(self, service: Service) -> None:
        """Keep a service for the next request, or close it when there are enough."""
        with self._lock:
            keep = not self._closed and len(self._idle) < THREADS
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
