"""Imports that the server runs: one thread each, which keeps the ledger while processes read the files."""

import json
import logging
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path

from qiyue.http.pool import Pool
from qiyue.http.readers import Readers
from qiyue.http.uploads import MANIFEST, Manifest, Upload, read_manifest
from qiyue.service.importing import Import, ImportRequest, Watcher
from schema.errors import QiyueError, StoreError, UsageError

MOST_AT_ONCE = 4
_PATIENCE = 60.0
_LOG = logging.getLogger(__name__)


class _Begun(Watcher):
    """Learns the number of the job."""

    def __init__(self) -> None:
        super().__init__()
        self.ready = threading.Event()
        self.job: int | None = None
        self.trouble: QiyueError | None = None

    def begun(self, job: int, *, resumed: bool) -> None:
        self.job = job
        self.ready.set()


@dataclass
class _Running:
    watcher: _Begun = field(default_factory=_Begun)
    thread: threading.Thread | None = None


class Importer:
    """The imports of one server. Safe to use from several threads."""

    def __init__(self, pool: Pool, readers: Readers, uploads: Path) -> None:
        """Run nothing yet.

        Args:
            pool: of services.
            readers: processes that read.
            uploads: folder of files that were sent.
        """
        self._pool, self._readers = pool, readers
        self.uploads = uploads
        self._running: dict[str, _Running] = {}
        self._lock = threading.Lock()

    @property
    def running(self) -> int:
        """How many are running."""
        return len(self._running)

    def send(self, upload: Upload, manifest: Manifest) -> int:
        """Begin the import of files that were sent, or name the running one of the same files.

        Args:
            upload: the files; they are the importer's from now on.
            manifest: owner, folder and tags.

        Returns:
            Its number in the ledger.

        Raises:
            UsageError: `too_many`.
            StoreError: the store cannot be written.
        """
        with self._lock:  # so that no import that ends just now takes the files along
            batch = upload.settle(manifest)
            running = self._enter(batch_request(batch, read_manifest(batch)), batch)
        return _number(running)

    def start(self, request: ImportRequest, *, batch: Path | None = None) -> int:
        """The same for files that lie on the server.

        Args:
            request: what to import.
            batch: folder of the files, removed when the import is done; None leaves them.
        """
        with self._lock:
            running = self._enter(request, batch)
        return _number(running)

    def _enter(self, request: ImportRequest, batch: Path | None) -> _Running:
        key = json.dumps(request.arguments(), sort_keys=True)
        running = self._running.get(key)
        if running is None:
            if len(self._running) >= MOST_AT_ONCE:
                if batch is not None:
                    shutil.rmtree(batch, ignore_errors=True)
                raise UsageError("too_many", f"{MOST_AT_ONCE} imports are running already")
            running = self._running[key] = _Running()
            arguments = (key, running.watcher, request, batch)
            running.thread = threading.Thread(target=self._run, args=arguments, name="import", daemon=True)
            running.thread.start()
        return running

    def resume(self) -> list[int]:
        """Go on with imports of files that were sent before the server was stopped."""
        begun = []
        for manifest in sorted(self.uploads.glob(f"*/{MANIFEST}"))[:MOST_AT_ONCE]:
            batch = manifest.parent
            try:
                begun.append(self.start(batch_request(batch, read_manifest(batch)), batch=batch))
            except QiyueError as error:
                _LOG.warning("an import that was cut off cannot go on now: %s", error)
        for left in self.uploads.glob("coming-*"):
            shutil.rmtree(left, ignore_errors=True)
        return begun

    def close(self) -> None:
        """End all imports: files being read are finished, the rest waits for the next start."""
        with self._lock:
            running = list(self._running.values())
        for one in running:
            one.watcher.stop.set()
        for one in running:
            if one.thread is not None:
                one.thread.join()

    def _run(self, key: str, watcher: _Begun, request: ImportRequest, batch: Path | None) -> None:
        done = False
        try:
            with self._pool.lend() as service:
                report = Import(service, request, watcher).run(self._readers.opened())
            done = report.interrupted is None
        except QiyueError as error:
            watcher.trouble = error
        except Exception as error:  # whoever waits must hear of it
            _LOG.error("import: %s", type(error).__name__, exc_info=error)
            watcher.trouble = StoreError("internal", f"the import failed with {type(error).__name__}")
        finally:
            with self._lock:
                if done and batch is not None:
                    shutil.rmtree(batch, ignore_errors=True)
                self._running.pop(key, None)
            watcher.ready.set()


def _number(running: _Running) -> int:
    """The number of an import, as soon as it has one."""
    watcher = running.watcher
    if not watcher.ready.wait(_PATIENCE):
        raise StoreError("store_unreachable", "the import did not begin in time")
    if watcher.job is None:
        raise watcher.trouble or StoreError("internal", "the import did not begin")
    return watcher.job


def batch_request(batch: Path, manifest: Manifest) -> ImportRequest:
    """The import of files that were sent.

    Args:
        batch: their folder.
        manifest: what it was sent with.
    """
    return ImportRequest(
        paths=tuple(batch / str(number) / name for number, (name, _) in enumerate(manifest["files"])),
        folder=manifest["folder"],
        tags=tuple(manifest["tags"]),
        owner=manifest["owner"],
    )
