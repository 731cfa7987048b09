"""A collection in use: settings, store and index, opened when first needed.

with open_service() as service:
    report = import_paths(service, ImportRequest(paths=(Path("合同"),)))
"""

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from qiyue.settings import Settings, read_settings
from qiyue.tasks import Limits

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from corpus.store import Store
    from qiyue.executors import Opened
    from search.backend import SearchBackend


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
    def index(self) -> "SearchBackend":
        """The search engine.

        Raises:
            SearchError: it cannot be opened.
        """
        from nlp.words import search_words
        from search.connect import open_backend

        return open_backend(self.settings.search_url, words=search_words)

    @property
    def limits(self) -> Limits:
        """What one file may cost."""
        given = self.settings
        return Limits(given.timeout, given.cpu_seconds, given.memory_mb)

    def executor(self, address: str | None = None, jobs: int | None = None) -> "AbstractContextManager[Opened]":
        """Where files are read.

        Args:
            address: `processes` or `dask://host:port` instead of the setting.
            jobs: how many at once, instead of the setting.

        Raises:
            UsageError: `setting_invalid`.
        """
        from qiyue.executors import open_executor

        return open_executor(address or self.settings.executor, jobs or self.settings.jobs, self.limits)

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
