"""Pictures of pages, kept on disk once drawn: the second look costs a file, not a rendering."""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qiyue.http.readers import Readers
from qiyue.service.base import Service
from qiyue.tasks import PageTask
from schema.errors import ReadError

if TYPE_CHECKING:
    from schema.page import Page

Size = Literal["small", "medium", "large"]
WIDTHS: dict[Size, int] = {"small": 240, "medium": 900, "large": 1654}
"""Pixels across; large is 200 dpi of A4."""
_MOST_BYTES = 2_000_000_000
_LOOK_EVERY = 100


class Pictures:
    """The pictures of one server. Safe to use from several threads."""

    def __init__(self, folder: Path, readers: Readers) -> None:
        """Draw nothing yet.

        Args:
            folder: to keep them in; it may be emptied at any time.
            readers: processes that draw.
        """
        self._folder, self._readers = folder, readers
        self._lock = threading.Lock()
        self._drawn = 0

    def picture(self, service: Service, contract: str, number: int, size: Size) -> Path:
        """The file of a page's picture.

        Args:
            service: the collection.
            contract: id, of one the asker may see.
            number: of the page.
            size: of the picture.

        Raises:
            ReadError: `page_unknown`.
            StoreError: `original_missing`.
        """
        path = self._folder / contract[:2] / contract / f"{number}-{size}.png"
        if path.exists():
            os.utime(path)
            return path
        record = service.store.contract(contract)
        page = next((page for page in record.pages if page.number == number and page.origin != "flow"), None)
        if page is None:
            raise ReadError("page_unknown", f"the contract has no picture of page {number}")
        drawn = self._readers.draw(self._task(service, record.source.media_type, contract, page, size))
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{threading.get_ident()}.tmp")
        beside.write_bytes(drawn)
        beside.replace(path)
        self._prune()
        return path

    def _task(self, service: Service, media_type: str, contract: str, page: "Page", size: Size) -> PageTask:
        originals = service.store.originals
        if originals.is_local and originals.has(contract):
            source: Path | bytes = Path(originals.place(contract))
        else:
            with originals.open(contract) as stream:
                source = stream.read()
        return PageTask(source, media_type, page.number, page.rotation, WIDTHS[size])

    def _prune(self) -> None:
        """Once in a while remove those that nobody has looked at for longest, down to half of the limit."""
        with self._lock:
            self._drawn += 1
            if self._drawn % _LOOK_EVERY != 1:
                return
            found = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in self._folder.rglob("*.png"))
            total = sum(size for _, size, _ in found)
            if total <= _MOST_BYTES:
                return
            for _, size, path in found:
                if total <= _MOST_BYTES // 2:
                    return
                path.unlink(missing_ok=True)
                total -= size
