"""Does everything fit together: what is installed, whether store and engine answer, whether they agree.

Each check is one line with a remedy; none of them changes anything.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from qiyue.service.base import Service
from schema.errors import QiyueError


@dataclass(frozen=True)
class Check:
    """One line of the answer."""

    name: str
    ok: bool
    message: str
    remedy: str | None = None


def examine(service: Service) -> list[Check]:
    """Run all checks.

    Args:
        service: the collection; a store that cannot be opened is one of the answers.
    """
    found: list[Check] = []
    for name, check in CHECKS.items():
        try:
            found += [Check(name, entry.ok, entry.message, entry.remedy) for entry in check(service)]
        except QiyueError as error:
            found.append(Check(name, False, error.message, error.remedy))
    return found


@dataclass(frozen=True)
class _Answer:
    ok: bool
    message: str
    remedy: str | None = None


def _program(service: Service) -> Iterator[_Answer]:
    version = sys.version.split()[0]
    settings = f", settings from {service.settings.file}" if service.settings.file else ""
    yield _Answer(True, f"qiyue {metadata.version('qiyue')}, Python {version}{settings}")


def _tools(_service: Service) -> Iterator[_Answer]:
    for tool, purpose in (("soffice", "old Word files"), ("antiword", "old Word files without LibreOffice")):
        place = shutil.which(tool)
        yield _Answer(True, f"{tool}: {place}" if place else f"{tool} is not installed; it would read {purpose}")


def _data(service: Service) -> Iterator[_Answer]:
    folder = service.settings.data
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    writable = os.access(existing, os.W_OK | os.X_OK)
    free = shutil.disk_usage(existing).free // 2**20
    yield _Answer(writable, f"{folder}, {free} MB free", None if writable else "give yourself the right to write it")


def _store(service: Service) -> Iterator[_Answer]:
    count = service.store.catalogue.count()
    yield _Answer(True, f"{service.store.database.name}: {count} contracts")
    broken = [job.id for job in service.store.ledger.jobs() if job.state == "interrupted"]
    if broken:
        numbers = ", ".join(map(str, broken))
        yield _Answer(False, f"import {numbers} was interrupted", "run the same command again")


def _index(service: Service) -> Iterator[_Answer]:
    health = service.index.health()
    yield _Answer(health.ok, health.message, None if health.ok else "see QIYUE_SEARCH_URL")
    waiting = service.store.outbox.count()
    if waiting:
        yield _Answer(False, f"{waiting} changes wait for the index", "run `qiyue reindex`")
    if health.ok:
        stored, indexed = set(service.store.catalogue.ids()), set(service.index.contracts())
        same = stored == indexed
        message = f"{len(stored)} contracts in the store, {len(indexed)} in the index"
        if not same:
            message += f"; {len(stored - indexed)} missing, {len(indexed - stored)} too many"
        yield _Answer(same or bool(waiting), message, None if same else "run `qiyue reindex`")


CHECKS: dict[str, Callable[[Service], Iterator[_Answer]]] = {
    "program": _program,
    "tools": _tools,
    "data": _data,
    "store": _store,
    "index": _index,
}
