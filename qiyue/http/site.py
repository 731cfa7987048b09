"""What a running server holds: settings, the door, services to lend, and who does the slow work.

with open_site(read_settings()) as site:
    app = build_app(site)
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from anyio import CapacityLimiter

from qiyue.accounts.door import Door
from qiyue.http.importer import Importer
from qiyue.http.measures import Metrics
from qiyue.http.pictures import Pictures
from qiyue.http.pool import Pool
from qiyue.http.provider import OpenId
from qiyue.http.readers import Readers
from qiyue.http.shelf import Shelf
from qiyue.service.base import Service
from qiyue.settings import Settings
from schema.errors import QiyueError
from schema.query import ClauseQuery

_SEARCHES = 4
_PATIENCE = 30.0
_LOG = logging.getLogger(__name__)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Site:
    """One collection being served. Safe to use from several threads.

    Attributes:
        settings: of the collection.
        door: accounts, sign-in, audit.
        pool: services for requests.
        readers: processes that read files.
        imports: imports being run.
        pictures: of pages.
        shelf: contracts that were read lately.
        metrics: numbers for whoever watches.
        openid: the provider people may sign in at.
        followers: connections that follow an import; the more there are, the less often each looks.
        searching: how many searches run at once; more threads than cores only take turns, and the unlucky wait.
        local: whether only this machine can reach it, so that cookies need no TLS and the host is checked.
    """

    def __init__(self, settings: Settings, service: Service, *, local: bool = True) -> None:
        """Bind the parts; see `open_site`."""
        self.settings = settings
        self.local = local
        self.pool = Pool(settings)
        self.readers = Readers(settings)
        self.imports = Importer(self.pool, self.readers, settings.data / "uploads")
        self.pictures = Pictures(settings.data / "pages", self.readers)
        self.shelf = Shelf()
        self.metrics = Metrics()
        self.openid = OpenId(settings)
        self.followers = 0
        self.searching = CapacityLimiter(_SEARCHES)
        self.door = Door(service.store.database)
        self._warming: threading.Thread | None = None

    @property
    def hosts(self) -> tuple[str, ...] | None:
        """Names the server answers to; None for any. A foreign name on this machine is a rebinding attack."""
        named = urlsplit(self.settings.public_url).hostname if self.settings.public_url else None
        if self.local:
            return (*LOOPBACK, "testserver", *([named] if named else []))
        return (named,) if named else None

    @property
    def needs_tls(self) -> bool:
        """Whether cookies are only sent over TLS."""
        if self.settings.public_url:
            return self.settings.public_url.startswith("https://")
        return not self.local

    def warm(self) -> None:
        """Load what the first search needs beside everything else, so that nobody waits for it."""
        self._warming = threading.Thread(target=self._search_once, name="warming", daemon=True)
        self._warming.start()

    def _search_once(self) -> None:
        try:
            with self.pool.lend() as service:
                service.index.search(ClauseQuery(text="合同", limit=1))
        except QiyueError as error:
            _LOG.warning("the search engine does not answer yet: %s", error.code)

    def close(self) -> None:
        """End imports, write what is left of the audit log and let go of everything."""
        if self._warming is not None:
            self._warming.join(_PATIENCE)
        try:
            self.imports.close()
            self.readers.close()
        finally:  # whoever is impatient must not lose the log
            self.door.close()
            self.pool.close()


@contextmanager
def open_site(settings: Settings, *, local: bool = True) -> Iterator[Site]:
    """Open a collection for serving.

    Args:
        settings: of the collection.
        local: whether only this machine can reach it.

    Raises:
        StoreError: it cannot be opened.
    """
    with Service(settings) as service:
        site = Site(settings, service, local=local)
        try:
            yield site
        finally:
            site.close()
