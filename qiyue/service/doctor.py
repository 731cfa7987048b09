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
_TOOLS = (
    ("soffice", "read old Word files and show Word files in pages", "读取旧版 Word 文件，并把 Word 文件排成页面"),
    ("antiword", "read old Word files without LibreOffice", "在没有 LibreOffice 时读取旧版 Word 文件"),
)
_CANARY_CONTRACTS = 5
Said = tuple[str, str]
"""The same in English and Chinese."""
_RETURNS: Said = ("run `qiyue doctor --repair`", "运行 qiyue doctor --repair")
_REINDEX: Said = ("run `qiyue reindex`", "重建索引")
_BACKUP: Said = ("restore them from a backup", "从备份中恢复")


@dataclass(frozen=True)
class Check:
    """One line of the answer.

    Attributes:
        name: of the check.
        ok: whether all is well.
        message: what was found.
        remedy: what helps.
        chinese: the message in Chinese; None where something unforeseen was found.
        chinese_remedy: what helps, in Chinese.
        code: of the error, where one ended the check.
    """

    name: str
    ok: bool
    message: str
    remedy: str | None = None
    chinese: str | None = None
    chinese_remedy: str | None = None
    code: str | None = None

    def json(self) -> dict[str, str | bool | None]:
        """As `qiyue doctor --json` prints it."""
        return {"name": self.name, "ok": self.ok, "message": self.message, "remedy": self.remedy}


@dataclass(frozen=True)
class _Answer:
    ok: bool
    message: Said
    remedy: Said | None = None


def examine(service: Service, *, deep: bool = False) -> list[Check]:
    """Run all checks.

    Args:
        service: the collection; a store that cannot be opened is one of the answers.
        deep: every original and every contract of the index, not a sample of them.
    """
    found: list[Check] = []
    for name, check in CHECKS.items():
        try:
            found += [_check(name, entry) for entry in check(service, deep)]
        except QiyueError as error:
            found.append(Check(name, False, error.message, error.remedy, code=error.code))
        except Exception as error:  # an answer that makes no sense is what this verb is there to report
            remedy = "run `qiyue reindex`" if name in ("index", "canaries") else "report it"
            found.append(Check(name, False, f"{type(error).__name__}: {error}", remedy))
    return found


def _check(name: str, answer: _Answer) -> Check:
    remedy, chinese_remedy = answer.remedy or (None, None)
    return Check(name, answer.ok, answer.message[0], remedy, answer.message[1], chinese_remedy)


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
    words = f"qiyue {metadata.version('qiyue')}, Python {version}"
    yield _Answer(True, (f"{words}{settings}", words + settings.replace("settings from", "设置文件")))


def _tools(_service: Service, _deep: bool) -> Iterator[_Answer]:
    for tool, purpose, chinese in _TOOLS:
        place = f"{tool}: {found}" if (found := shutil.which(tool)) else None
        missing = f"{tool} is not installed; it would {purpose}", f"没有安装 {tool}，它可以{chinese}"
        yield _Answer(True, (place, place) if place else missing)


def _data(service: Service, _deep: bool) -> Iterator[_Answer]:
    folder = service.settings.data
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    writable = os.access(existing, os.W_OK | os.X_OK)
    free = shutil.disk_usage(existing).free // 2**20
    right = ("give yourself the right to write it", "给予写入权限")
    yield _Answer(writable, (f"{folder}, {free} MB free", f"{folder}，剩余{free} MB"), None if writable else right)


def _store(service: Service, _deep: bool) -> Iterator[_Answer]:
    count = service.store.catalogue.count()
    name = service.store.database.name
    yield _Answer(True, (f"{name}: {count} contracts", f"{name}：{count}份合同"))
    broken = [job.id for job in service.store.ledger.jobs() if job.state == "interrupted"]
    if broken:
        numbers = ", ".join(map(str, broken))
        again = ("run the same command again", "再次运行同一命令，或重新上传这些文件")
        yield _Answer(False, (f"import {numbers} was interrupted", f"第{numbers}次导入中断"), again)
    orphaned = sum(1 for _ in service.store.corrections.each(orphaned=True))
    if orphaned:
        where = "qiyue corrections --orphaned"
        said = f"{orphaned} corrections have lost their words: {where}", f"{orphaned}处更正找不到原来的文字：{where}"
        yield _Answer(True, said)


def _originals(service: Service, deep: bool) -> Iterator[_Answer]:
    """Every contract has its file and every file its contract; checksums of all, or of a sample."""
    originals = service.store.originals
    stored, kept = set(service.store.catalogue.ids()), set(originals.names())
    with service.store.database.reading() as connection:
        in_work = service.store.ledger.bytes_in_work(connection)
    missing, loose = stored - kept, kept - stored - in_work
    if missing:
        name = min(missing)[:12]
        said = f"{len(missing)} original files are missing, such as {name}", f"缺少{len(missing)}份原件，如 {name}"
        yield _Answer(False, said, _BACKUP)
    if loose:
        said = f"{len(loose)} original files belong to no contract", f"{len(loose)}份原件不属于任何合同"
        yield _Answer(False, said, _RETURNS)
    half = sum(1 for _, name in originals.unfinished() if name not in in_work)
    if half:
        yield _Answer(False, (f"{half} original files were left half written", f"{half}份原件没有写完"), _RETURNS)
    there = sorted(stored & kept)
    looked_at = there if deep else random.Random(len(there)).sample(there, min(_SAMPLE, len(there)))
    damaged = [name for name in looked_at if not originals.is_whole(name)]
    if damaged:
        number, name = len(damaged), damaged[0][:12]
        said = f"{number} original files are damaged, such as {name}", f"{number}份原件损坏，如 {name}"
        yield _Answer(False, said, ("restore a backup", _BACKUP[1]))
    if not (missing or loose or half or damaged):
        number, seen = len(kept), len(looked_at)
        said = (
            f"{number} original files, {seen} held against their checksums",
            f"{number}份原件，核对了{seen}份的校验和",
        )
        yield _Answer(True, said)


def _index(service: Service, deep: bool) -> Iterator[_Answer]:
    health = service.index.health()
    said = health.message, f"{health.engine}，{health.clauses}条" if health.ok else f"没有响应：{health.message}"
    yield _Answer(health.ok, said, None if health.ok else ("see QIYUE_SEARCH_URL", "检查设置 QIYUE_SEARCH_URL"))
    waiting = service.store.outbox.count()
    if waiting:
        yield _Answer(False, (f"{waiting} changes wait for the index", f"{waiting}处变动等待进入索引"), _RETURNS)
    if not health.ok:
        return
    stored, indexed = set(service.store.catalogue.ids()), set(service.index.contracts())
    message = f"{len(stored)} contracts in the store, {len(indexed)} in the index"
    chinese = f"库中{len(stored)}份合同，索引中{len(indexed)}份"
    if stored != indexed:
        less, more = len(stored - indexed), len(indexed - stored)
        message, chinese = f"{message}; {less} missing, {more} too many", f"{chinese}；缺{less}份，多{more}份"
    elif stale := _differing(service, deep=deep):
        number, name = len(stale), stale[0][:12]
        message += f"; {number} of them are of another state, such as {name}"
        chinese += f"；其中{number}份不是最新，如 {name}"
    else:
        yield _Answer(True, (message, chinese))
        return
    yield _Answer(bool(waiting), (message, chinese), None if waiting else _REINDEX)


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
        said = f"the field {field} does not find contract {name[:12]}", f"按 {field} 找不到合同 {name[:12]}"
        yield _Answer(False, said, _REINDEX)
    if not silent:
        number = len(sample)
        english = f"{asked} questions with a known answer asked of {number} contracts"
        yield _Answer(True, (english, f"就{number}份合同问了{asked}个已知答案的问题，全部答对"))


CHECKS: dict[str, Callable[[Service, bool], Iterator[_Answer]]] = {
    "program": _program,
    "tools": _tools,
    "data": _data,
    "store": _store,
    "originals": _originals,
    "index": _index,
    "canaries": _canaries,
}
