"""Does everything fit together: what is installed, whether store and engine answer, whether they agree.

Each check is one line with a remedy; none of them changes anything. `repair` mends what can be mended without a backup.
"""

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from qiyue.service.base import Service
from qiyue.service.canaries import canaries
from qiyue.service.indexing import drain, records_of, reindex
from schema.errors import QiyueError

_SAMPLE = 20
_CANARY_CONTRACTS = 5
_RETURNS = "run `qiyue doctor --repair`"


@dataclass(frozen=True)
class Check:
    """One line of the answer."""

    name: str
    ok: bool
    message: str
    remedy: str | None = None


@dataclass(frozen=True)
class _Answer:
    ok: bool
    message: str
    remedy: str | None = None


def examine(service: Service, *, deep: bool = False) -> list[Check]:
    """Run all checks.

    Args:
        service: the collection; a store that cannot be opened is one of the answers.
        deep: every original and every contract of the index, not a sample of them.
    """
    found: list[Check] = []
    for name, check in CHECKS.items():
        try:
            found += [Check(name, entry.ok, entry.message, entry.remedy) for entry in check(service, deep)]
        except QiyueError as error:
            found.append(Check(name, False, error.message, error.remedy))
        except Exception as error:  # an answer that makes no sense is what this verb is there to report
            remedy = "run `qiyue reindex`" if name in ("index", "canaries") else "report it"
            found.append(Check(name, False, f"{type(error).__name__}: {error}", remedy))
    return found


def repair(service: Service) -> list[str]:
    """Mend what can be mended: leftover files, changes the index has not learnt, an index that differs.

    Returns:
        What was done.

    Raises:
        QiyueError: store or engine do not answer.
    """
    done = []
    store = service.store
    loose = store.sweep([*store.originals.names(), *(name for _, name in store.originals.unfinished())])
    if loose:
        done.append(f"{len(loose)} files that belong to no contract removed")
    told = drain(service, wait=10.0)
    if told.error is not None and told.left:
        raise told.error
    if told.told:
        done.append(f"{told.told} changes told to the index")
    if _differing(service, deep=True):
        done.append(f"{reindex(service)} contracts indexed anew")
    return done


def _program(service: Service, _deep: bool) -> Iterator[_Answer]:
    version = sys.version.split()[0]
    settings = f", settings from {service.settings.file}" if service.settings.file else ""
    yield _Answer(True, f"qiyue {metadata.version('qiyue')}, Python {version}{settings}")


def _tools(_service: Service, _deep: bool) -> Iterator[_Answer]:
    for tool, purpose in (("soffice", "old Word files"), ("antiword", "old Word files without LibreOffice")):
        place = shutil.which(tool)
        yield _Answer(True, f"{tool}: {place}" if place else f"{tool} is not installed; it would read {purpose}")


def _data(service: Service, _deep: bool) -> Iterator[_Answer]:
    folder = service.settings.data
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    writable = os.access(existing, os.W_OK | os.X_OK)
    free = shutil.disk_usage(existing).free // 2**20
    yield _Answer(writable, f"{folder}, {free} MB free", None if writable else "give yourself the right to write it")


def _store(service: Service, _deep: bool) -> Iterator[_Answer]:
    count = service.store.catalogue.count()
    yield _Answer(True, f"{service.store.database.name}: {count} contracts")
    broken = [job.id for job in service.store.ledger.jobs() if job.state == "interrupted"]
    if broken:
        numbers = ", ".join(map(str, broken))
        yield _Answer(False, f"import {numbers} was interrupted", "run the same command again")
    orphaned = sum(1 for _ in service.store.corrections.each(orphaned=True))
    if orphaned:
        yield _Answer(True, f"{orphaned} corrections have lost their words: qiyue corrections --orphaned")


def _originals(service: Service, deep: bool) -> Iterator[_Answer]:
    """Every contract has its file and every file its contract; checksums of all, or of a sample."""
    originals = service.store.originals
    stored, kept = set(service.store.catalogue.ids()), set(originals.names())
    with service.store.database.reading() as connection:
        in_work = service.store.ledger.bytes_in_work(connection)
    missing, loose = stored - kept, kept - stored - in_work
    if missing:
        name = min(missing)[:12]
        yield _Answer(False, f"{len(missing)} original files are missing, such as {name}", "restore them from a backup")
    if loose:
        yield _Answer(False, f"{len(loose)} original files belong to no contract", _RETURNS)
    half = sum(1 for _, name in originals.unfinished() if name not in in_work)
    if half:
        yield _Answer(False, f"{half} original files were left half written", _RETURNS)
    there = sorted(stored & kept)
    looked_at = there if deep else random.Random(len(there)).sample(there, min(_SAMPLE, len(there)))
    damaged = [name for name in looked_at if not originals.is_whole(name)]
    if damaged:
        yield _Answer(
            False, f"{len(damaged)} original files are damaged, such as {damaged[0][:12]}", "restore a backup"
        )
    if not (missing or loose or half or damaged):
        yield _Answer(True, f"{len(kept)} original files, {len(looked_at)} held against their checksums")


def _index(service: Service, deep: bool) -> Iterator[_Answer]:
    health = service.index.health()
    yield _Answer(health.ok, health.message, None if health.ok else "see QIYUE_SEARCH_URL")
    waiting = service.store.outbox.count()
    if waiting:
        yield _Answer(False, f"{waiting} changes wait for the index", _RETURNS)
    if not health.ok:
        return
    stored, indexed = set(service.store.catalogue.ids()), set(service.index.contracts())
    message = f"{len(stored)} contracts in the store, {len(indexed)} in the index"
    if stored != indexed:
        message += f"; {len(stored - indexed)} missing, {len(indexed - stored)} too many"
    elif stale := _differing(service, deep=deep):
        message += f"; {len(stale)} of them are of another state, such as {stale[0][:12]}"
    else:
        yield _Answer(True, message)
        return
    yield _Answer(bool(waiting), message, None if waiting else "run `qiyue reindex`")


def _differing(service: Service, *, deep: bool) -> list[str]:
    """Contracts whose state in the index is not that of the store."""
    indexed = service.index.contracts()
    names = service.store.catalogue.ids()
    if set(names) != set(indexed):
        return sorted(set(names) ^ set(indexed))
    looked_at = names if deep else random.Random(len(names)).sample(names, min(_CANARY_CONTRACTS, len(names)))
    return [name for name in looked_at if records_of(service, name)[0].contract.version != indexed[name]]


def _canaries(service: Service, deep: bool) -> Iterator[_Answer]:
    """Questions whose answer is known, field by field."""
    names = service.store.catalogue.ids()
    if not names or service.store.outbox.count() or not service.index.health().ok:
        return
    sample = random.Random(len(names)).sample(names, min(_SAMPLE if deep else _CANARY_CONTRACTS, len(names)))
    asked, silent = 0, dict[str, str]()
    for name in sample:
        for field, query in canaries(service.store.corrected(name), service.store.catalogue.card(name)):
            asked += 1
            if not service.index.search(query).total:
                silent.setdefault(field, name)
    for field, name in silent.items():
        yield _Answer(False, f"the field {field} does not find contract {name[:12]}", "run `qiyue reindex`")
    if not silent:
        yield _Answer(True, f"{asked} questions with a known answer asked of {len(sample)} contracts")


CHECKS: dict[str, Callable[[Service, bool], Iterator[_Answer]]] = {
    "program": _program,
    "tools": _tools,
    "data": _data,
    "store": _store,
    "originals": _originals,
    "index": _index,
    "canaries": _canaries,
}
