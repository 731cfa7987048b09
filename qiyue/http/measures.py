"""What a server counts of itself; none of it says anything of a contract."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)


class Metrics:
    """The numbers of one server."""

    def __init__(self) -> None:
        """All begin at nothing."""
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "qiyue_http_requests",
            "Requests by route and status.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "qiyue_http_seconds",
            "Seconds to the head of the answer.",
            ("route",),
            registry=self.registry,
            buckets=_BUCKETS,
        )
        self.contracts = Gauge("qiyue_contracts", "Contracts in the collection.", registry=self.registry)
        self.waiting = Gauge("qiyue_outbox", "Changes the index has still to learn.", registry=self.registry)
        self.imports = Gauge("qiyue_imports_running", "Imports this server runs.", registry=self.registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request.

        Args:
            method: of the request.
            route: its template, so that ids make no series of their own.
            status: of the answer.
            seconds: it took.
        """
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
