"""Imports that are not one plain pass: what would happen, only what failed, and a folder kept in step."""

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiyue.executors import Opened
from qiyue.service.base import Service
from qiyue.service.importing import Import, ImportReport, ImportRequest, Watcher
from qiyue.sources import digest, find_files, outer_path
from schema.errors import ReadError, UsageError

if TYPE_CHECKING:
    from corpus.store import Store

_POLL_SECONDS = 2.0
_SETTLE_SECONDS = 3.0


def plan_import(service: Service, request: ImportRequest) -> dict[str, Any]:
    """What an import would do, without doing it: nothing is read, stored or entered in the ledger.

    Args:
        service: the collection; it is not made when there is none yet.
        request: what to import.

    Returns:
        As an import answers, with `queued` for files that would be read.

    Raises:
        UsageError: a path does not exist.
    """
    for path in request.paths:
        if not os.path.lexists(path):
            raise UsageError("file_missing", f"{path} does not exist")
    store = service.store if _exists(service) else None
    files, seen = [], dict[str, str]()
    own, password = service.settings.data, request.password
    for found in find_files(request.paths, recursive=request.recursive, own=own, password=password):
        if request.takes(found.path):
            line = {**vars(found), "sha256": None, "contract": None, "relation": None, "of": None, "certainty": None}
            files.append(line | (_planned(found.path, store, seen, password) if found.state == "queued" else {}))
    counts = dict.fromkeys(("stored", "duplicate", "failed", "skipped"), 0)
    return {"job": None, "counts": counts | Counter(file["state"] for file in files), "files": files}


def _planned(path: str, store: "Store | None", seen: dict[str, str], password: str | None) -> dict[str, Any]:
    try:
        name = digest(path, password=password)
    except ReadError as error:
        return {"state": "failed", "code": error.code, "message": error.message, "remedy": error.remedy}
    known = name in seen or (store is not None and store.has(name))
    seen.setdefault(name, path)
    if known:
        return {"state": "duplicate", "sha256": name, "relation": "duplicate", "of": name, "certainty": 1.0}
    return {"sha256": name}


def _exists(service: Service) -> bool:
    url = service.settings.database_url
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()


def failed_before(service: Service, request: ImportRequest) -> ImportRequest:
    """A request for the files whose latest import failed.

    Args:
        service: the collection.
        request: below its paths; with no paths, all of them.
    """
    roots = [str(path.absolute()) for path in request.paths]
    failed = [
        path
        for path in service.store.ledger.last_failures()
        if not roots or any(path == root or path.startswith((f"{root}/", f"{root}!/")) for root in roots)
    ]
    files = tuple(Path(path) for path in dict.fromkeys(map(outer_path, failed)) if os.path.lexists(path))
    again = replace(request, only=frozenset(failed), purpose="retry")
    return again if roots else replace(again, paths=files)


def keep_in_step(
    service: Service,
    request: ImportRequest,
    opened: Opened,
    watcher: Watcher,
    *,
    on_report: Callable[[ImportReport], None],
    poll: float = _POLL_SECONDS,
    settle: float = _SETTLE_SECONDS,
) -> None:
    """Import what is in the folders, then what comes and changes, until the watcher says stop.

    Args:
        service: the collection.
        request: the folders.
        opened: reads the files.
        watcher: told what happens.
        on_report: told of each import that did something.
        poll: seconds between two looks.
        settle: a file whose size and time have not changed for so many seconds is taken to be written to its end.
    """
    done: dict[str, tuple[int, int]] = {}
    before: dict[str, tuple[int, int]] = {}
    while not watcher.stop.is_set():
        now = _look(service, request)
        fresh = {path for path, looks in now.items() if done.get(path) != looks}
        ready = {path for path in fresh if before.get(path) == now[path] and _is_settled(now[path], settle)}
        before = now
        if ready:
            part = replace(request, only=frozenset(ready), purpose="watch")
            report = Import(service, part, watcher).run(opened)
            on_report(report)
            if report.interrupted is not None:
                return
            done |= {path: now[path] for path in ready}
        else:
            watcher.stop.wait(poll if done or not fresh else min(poll, settle))


def _look(service: Service, request: ImportRequest) -> dict[str, tuple[int, int]]:
    """Size and time of change of all files."""
    looks = {}
    for found in find_files(request.paths, recursive=request.recursive, own=service.settings.data):
        path = outer_path(found.path)
        try:
            status = Path(path).stat()
        except OSError:
            continue
        looks[path] = status.st_size, status.st_mtime_ns
    return looks


def _is_settled(looks: tuple[int, int], settle: float) -> bool:
    return time.time() - looks[1] / 1e9 >= settle
