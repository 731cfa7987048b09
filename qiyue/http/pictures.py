"""Pictures of pages, kept on disk once drawn: the second look costs a file, not a rendering."""

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qiyue.http.readers import Readers
from qiyue.service.base import Service
from qiyue.tasks import LayoutTask, PageTask
from schema.errors import ReadError

if TYPE_CHECKING:
    from schema.contract import Contract
    from schema.page import Page

Size = Literal["small", "medium", "large"]
WIDTHS: dict[Size, int] = {"small": 240, "medium": 900, "large": 1654}
"""Pixels across; large is 200 dpi of A4."""
_MOST_BYTES = 2_000_000_000
_LOOK_EVERY = 100
_SECONDS = 120.0
"""Time LibreOffice may take for a file somebody waits for."""


def can_lay_out(contract: "Contract") -> bool:
    """Whether a contract is of a format that has no pages but that LibreOffice can give some."""
    from ingest.rendering import RENDERED

    return contract.source.media_type in RENDERED and not any(page.width for page in contract.pages)


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
        self._making: dict[str, tuple[threading.Lock, int]] = {}
        self._failed: dict[str, ReadError] = {}

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
        self._keep(path, self._readers.draw(self._task(service, record.source.media_type, contract, page, size)))
        return path

    def layout(self, service: Service, contract: str) -> Path:
        """The folder of a contract laid out by LibreOffice: `pages.pdf`, and `places.json` for its lines.

        Args:
            service: the collection.
            contract: id, of one the asker may see.

        Raises:
            ReadError: `page_unknown` for what has pages of its own or none, `tool_missing` without LibreOffice,
                `file_damaged`, `reader_timeout`.
            UsageError: `too_many`.
            StoreError: `original_missing`.
        """
        record = service.store.contract(contract)
        known = hashlib.sha256(record.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        folder = self._folder / contract[:2] / contract / f"layout-{known}"  # another reading has other places
        if (folder / "places.json").exists():
            os.utime(folder / "pages.pdf")
            return folder
        if not can_lay_out(record):
            raise ReadError("page_unknown", f"{record.source.media_type} is not laid out", remedy="see docs/formats.md")
        from ingest.libreoffice import find_libreoffice

        program = find_libreoffice()
        if program is None:
            raise ReadError(
                "tool_missing", "LibreOffice is not installed", remedy="install the package libreoffice-writer"
            )
        with self._one(str(folder)):
            if not (folder / "places.json").exists():
                self._lay_out(service, record, folder, program)
        return folder

    def layout_page(self, service: Service, contract: str, number: int, size: Size) -> Path:
        """The file of the picture of a page of the layout.

        Raises:
            ReadError: as `layout`.
        """
        folder = self.layout(service, contract)
        path = folder / f"{number}-{size}.png"
        if path.exists():
            os.utime(path)
            return path
        self._keep(path, self._readers.draw(PageTask(folder / "pages.pdf", "application/pdf", number, 0, WIDTHS[size])))
        return path

    def _lay_out(self, service: Service, record: "Contract", folder: Path, program: str) -> None:
        failed = self._failed.get(str(folder))
        if failed is not None:
            raise failed
        source = self._source(service, record.id)
        try:
            made = self._readers.lay_out(LayoutTask(source, record.source.media_type, record.text, program, _SECONDS))
        except ReadError as error:
            self._failed[str(folder)] = error  # the next look would cost as much and give the same
            raise
        self._keep(folder / "pages.pdf", made.record)
        self._keep(folder / "places.json", made.places)

    @contextmanager
    def _one(self, name: str) -> Iterator[None]:
        """One thread at a time does what has this name."""
        with self._lock:
            lock, waiting = self._making.get(name, (threading.Lock(), 0))
            self._making[name] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._making.pop(name)
                if waiting > 1:
                    self._making[name] = lock, waiting - 1

    def _task(self, service: Service, media_type: str, contract: str, page: "Page", size: Size) -> PageTask:
        return PageTask(self._source(service, contract), media_type, page.number, page.rotation, WIDTHS[size])

    def _source(self, service: Service, contract: str) -> Path | bytes:
        originals = service.store.originals
        if originals.is_local and originals.has(contract):
            return Path(originals.place(contract))
        with originals.open(contract) as stream:
            return stream.read()

    def _keep(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{threading.get_ident()}.tmp")
        beside.write_bytes(data)
        beside.replace(path)
        self._prune()

    def _prune(self) -> None:
        """Once in a while remove those that nobody has looked at for longest, down to half of the limit."""
        with self._lock:
            self._drawn += 1
            if self._drawn % _LOOK_EVERY != 1:
                return
            kept = (path for ending in ("png", "pdf") for path in self._folder.rglob(f"*.{ending}"))
            found = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in kept)
            total = sum(size for _, size, _ in found)
            if total <= _MOST_BYTES:
                return
            for _, size, path in found:
                if total <= _MOST_BYTES // 2:
                    return
                if path.suffix == ".pdf":
                    (path.parent / "places.json").unlink(missing_ok=True)
                path.unlink(missing_ok=True)
                total -= size
