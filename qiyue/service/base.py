"""A collection in use: settings, store and index, opened when first needed.

with open_service() as service:
    report = import_paths(service, ImportRequest(paths=(Path("合同"),)))
"""

from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from qiyue.settings import Settings, read_settings
from qiyue.tasks import Limits
from schema.errors import SearchError
from schema.query import ClauseQuery, Results

if TYPE_CHECKING:
    from corpus.store import Store


class Health(Protocol):
    """Whether the search engine answers, in one sentence."""

    ok: bool
    message: str


class SearchBackend(Protocol):
    """What is asked of the search engine."""

    def add(self, records: Iterable[Any]) -> None:
        """Index records in place of all that their contracts had."""

    def remove(self, contracts: Iterable[str]) -> None:
        """Forget contracts."""

    def search(self, query: ClauseQuery) -> Results:
        """Answer a query."""

    def contracts(self) -> dict[str, str]:
        """Ids of the contracts in the index, each with its record version."""

    def rebuild(self, records: Iterable[Any]) -> int:
        """Make the index anew."""

    def health(self) -> Health:
        """Whether it answers."""

    def close(self) -> None:
        """Let go of it."""


class Service:
    """Settings, store and index of one collection. Use it from one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        """Open nothing yet."""
        self.settings = settings

    @cached_property
    def store(self) -> "Store":
        """The store of record.

        Raises:
            StoreError: it cannot be opened.
        """
        from corpus.store import open_store

        return open_store(self.settings.database_url, self.settings.originals_url)

    @cached_property
    def index(self) -> SearchBackend:
        """The search engine.

        Raises:
            SearchError: it cannot be opened.
        """
        from nlp.words import search_words

        try:
            connect = import_module("search.connect")
        except ModuleNotFoundError as error:
            raise SearchError("search_unreachable", "this build has no search engine") from error
        index: SearchBackend = connect.open_backend(self.settings.search_url, words=search_words)
        return index

    @property
    def limits(self) -> Limits:
        """What one file may cost."""
        given = self.settings
        return Limits(given.timeout, given.cpu_seconds, given.memory_mb)

    def close(self) -> None:
        """Close what was opened."""
        for name in ("index", "store"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_service(settings: Settings | None = None) -> Service:
    """A collection by its settings.

    Args:
        settings: those of the environment and the settings file when None.

    Raises:
        UsageError: `setting_invalid`.
    """
    return Service(settings or read_settings())
