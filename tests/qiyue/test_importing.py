"""An import: each file ends in one final state, once in store and index, whatever breaks on the way."""

import io
import threading
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.catalogue import Wanted
from corpus.ledger import FileRow
from qiyue.service import indexing
from qiyue.service.base import Service
from qiyue.service.importing import Import, ImportReport, ImportRequest, Watcher
from qiyue.service.indexing import drain
from qiyue.sources import digest
from qiyue.tasks import Failed, Limits, Parsed, Task
from schema.errors import StoreError, UsageError
from tests.support.quick import Inline, MemoryIndex, inline, quick_read, write_files


def run(service: Service, *paths: Path, executor: Inline | None = None, **options: object) -> ImportReport:
    request = ImportRequest(paths=paths, **options)  # type: ignore[arg-type]
    return Import(service, request).run(inline(executor))


def files(service: Service, report: ImportReport) -> dict[str, FileRow]:
    return {Path(file.path).name: file for file in service.store.ledger.files(report.job)}


def agree(service: Service, index: MemoryIndex) -> bool:
    """Whether store, originals and index hold the same contracts and nothing is left over."""
    stored = set(service.store.catalogue.ids())
    originals = set(service.store.originals.names())
    return stored == originals == set(index.known) and not list(service.store.originals.unfinished())


def test_every_file_is_stored_once(service: Service, index: MemoryIndex, tmp_path: Path) -> None:
    write_files(tmp_path / "in", 5)
    report = run(service, tmp_path / "in", folder="采购", tags=("新",))
    assert report.counts == {"stored": 5}
    assert report.interrupted is None
    assert agree(service, index)
    card = service.store.catalogue.page(Wanted()).contracts[0]
    assert (card.folder, card.tags) == ("采购", ("新",))


def test_the_same_bytes_twice_are_one_contract(service: Service, index: MemoryIndex, tmp_path: Path) -> None:
    first, _ = write_files(tmp_path / "in", 2)
    (tmp_path / "in" / "copy.txt").write_bytes(first.read_bytes())
    report = run(service, tmp_path / "in")
    found = files(service, report)
    assert report.counts == {"stored": 2, "duplicate": 1}
    assert (found["copy.txt"].relation, found["copy.txt"].of) == ("duplicate", found[first.name].contract)
    assert agree(service, index)


def test_the_same_bytes_in_hand_at_once_are_read_once(service: Service, tmp_path: Path) -> None:
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text("同一份合同", encoding="utf-8")
    executor = Inline()
    report = run(service, tmp_path, executor=executor)
    assert report.counts == {"stored": 1, "duplicate": 3}
    assert len(executor.tasks) == 1


def test_the_twins_of_a_file_that_fails_fail_too(service: Service, tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text("!file_damaged", encoding="utf-8")
    assert run(service, tmp_path).counts == {"failed": 3}


def test_a_second_import_stores_nothing_new(service: Service, index: MemoryIndex, tmp_path: Path) -> None:
    write_files(tmp_path / "in", 3)
    run(service, tmp_path / "in")
    again = run(service, tmp_path / "in")
    assert again.counts == {"duplicate": 3}
    assert not again.resumed
    assert agree(service, index)


def test_a_failure_has_code_sentence_and_remedy(service: Service, index: MemoryIndex, tmp_path: Path) -> None:
    write_files(tmp_path / "in", 1)
    (tmp_path / "in" / "bad.pdf").write_text("!file_encrypted", encoding="utf-8")
    (tmp_path / "in" / "empty.pdf").touch()
    report = run(service, tmp_path / "in")
    found = files(service, report)
    assert report.counts == {"stored": 1, "failed": 2}
    assert (found["bad.pdf"].code, found["empty.pdf"].code) == ("file_encrypted", "file_empty")
    assert all(found[name].message and found[name].remedy for name in ("bad.pdf", "empty.pdf"))
    assert agree(service, index)


def test_a_strange_file_in_a_folder_is_skipped_but_fails_when_named(service: Service, tmp_path: Path) -> None:
    strange = tmp_path / "film.mp4"
    strange.write_text("!file_type_unknown", encoding="utf-8")
    assert run(service, tmp_path).counts == {"skipped": 1}
    assert run(service, strange).counts == {"failed": 1}
    (tmp_path / "film.pdf").write_bytes(strange.read_bytes())
    assert run(service, tmp_path).counts == {"skipped": 1, "failed": 1}


def test_members_of_archives_are_files(service: Service, index: MemoryIndex, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("2025/a.txt", "第一份合同")
        archive.writestr("2025/b.txt", "第二份合同")
        archive.writestr("__MACOSX/._a.txt", "x")
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as more:
            more.writestr("c.txt", "第三份合同")
        archive.writestr("more.zip", inner.getvalue())
        archive.writestr("broken.zip", "x")
    report = run(service, tmp_path)
    assert report.counts == {"stored": 3, "skipped": 1, "failed": 1}
    names = {card.source["name"] for card in service.store.catalogue.page(Wanted()).contracts}
    assert names == {"all.zip!/2025/a.txt", "all.zip!/2025/b.txt", "all.zip!/more.zip!/c.txt"}
    assert agree(service, index)


def test_a_broken_archive_is_one_failure(service: Service, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and then nothing")
    report = run(service, tmp_path)
    assert [file.code for file in files(service, report).values()] == ["file_damaged"]


def test_a_missing_path_is_refused_before_anything_is_done(service: Service, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="file_missing"):
        run(service, tmp_path / "nowhere")
    assert service.store.ledger.jobs() == []


def test_a_file_that_changes_while_it_is_read_is_not_stored(
    service: Service, index: MemoryIndex, tmp_path: Path
) -> None:
    path = write_files(tmp_path / "in", 1)[0]

    def read(task: Task, limits: Limits) -> Parsed | Failed:
        result = quick_read(task, limits)
        path.write_text("今天改了", encoding="utf-8")
        return result

    report = run(service, tmp_path / "in", executor=Inline(read))
    assert [file.code for file in files(service, report).values()] == ["file_changing"]
    assert agree(service, index)


def test_one_file_that_cannot_be_stored_does_not_stop_the_others(
    service: Service, index: MemoryIndex, tmp_path: Path
) -> None:
    write_files(tmp_path / "in", 3)

    def read(task: Task, limits: Limits) -> Parsed | Failed:
        result = quick_read(task, limits)
        if task.name.startswith("00001") and isinstance(result, Parsed) and result.packed:
            return Parsed(packed=replace(result.packed, text="\ud800"))
        return result

    report = run(service, tmp_path / "in", executor=Inline(read))
    assert report.counts == {"stored": 2, "failed": 1}
    assert files(service, report)["00001.txt"].code == "internal"


def test_a_contract_the_index_cannot_take_holds_up_no_other(
    service: Service, index: MemoryIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write_files(tmp_path / "in", 100)
    poison = digest(str(paths[7]))
    real = index.add

    def add(records: list[str]) -> None:
        if poison in records:
            raise KeyError("a bug")
        real(records)

    monkeypatch.setattr(index, "add", add)
    report = run(service, tmp_path / "in")
    assert len(index.known) == 99
    assert (report.index.left, report.index.error is not None) == (1, True)
    assert poison[:12] in str(report.index.error)
    monkeypatch.undo()
    monkeypatch.setattr(indexing, "records_of", lambda s, contract: [contract])
    assert drain(service).error is None
    assert agree(service, index)


class Stopping(Watcher):
    """Stops after so many files."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def settled(self, file: FileRow, done: int, total: int) -> None:
        if done >= self.after:
            self.stop.set()


def test_what_was_stopped_goes_on_where_it_was(service: Service, index: MemoryIndex, tmp_path: Path) -> None:
    write_files(tmp_path / "in", 20)
    request = ImportRequest(paths=(tmp_path / "in",), jobs=1)
    first = Import(service, request, Stopping(5)).run(inline())
    assert first.interrupted is not None
    assert first.interrupted.code == "interrupted"
    assert service.store.ledger.job(first.job).state == "interrupted"
    executor = Inline()
    second = Import(service, request).run(inline(executor))
    assert (second.job, second.resumed) == (first.job, True)
    assert second.counts == {"stored": 20}
    assert len(executor.tasks) == 20 - first.counts["stored"]
    assert agree(service, index)


class Killed(BaseException):
    """Stands for a process that is gone: nothing of the import's own code runs after it."""


@pytest.mark.parametrize("point", ["originals.put", "put", "outbox.forget"])
def test_a_crash_at_any_step_is_mended_by_the_next_run(
    service: Service, index: MemoryIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    write_files(tmp_path / "in", 6)
    owner: object = service.store
    *path, name = point.split(".")
    for part in path:
        owner = getattr(owner, part)
    real = getattr(owner, name)
    calls = Counter[str]()

    def die_the_third_time(*args: object, **options: object) -> object:
        calls[name] += 1
        result = real(*args, **options)
        if calls[name] == (1 if name == "forget" else 3):
            raise Killed
        return result

    monkeypatch.setattr(owner, name, die_the_third_time)
    monkeypatch.setattr(Import, "_close", lambda *_: None)
    with pytest.raises(Killed):
        run(service, tmp_path / "in")
    monkeypatch.undo()
    service.close()  # the system lets go of a dead process's locks
    service = reopened(service, index, monkeypatch)
    report = run(service, tmp_path / "in")
    assert sum(report.counts.values()) in (6, 12 - 6)
    assert set(report.counts) <= {"stored", "duplicate"}
    assert agree(service, index)
    service.close()


def reopened(service: Service, index: MemoryIndex, monkeypatch: pytest.MonkeyPatch) -> Service:
    from qiyue.service import indexing

    monkeypatch.setattr(indexing, "records_of", lambda s, contract: [s.store.catalogue.card(contract).id])
    again = Service(service.settings)
    again.__dict__["index"] = index
    return again


def test_a_full_disk_ends_the_import_and_it_goes_on_later(
    service: Service, index: MemoryIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "in", 6)
    real, calls = service.store.originals.put, Counter[str]()

    def full(sha256: str, stream: io.BytesIO) -> bool:
        calls["put"] += 1
        if calls["put"] > 2:
            raise StoreError("store_full", "no space is left")
        return real(sha256, stream)

    monkeypatch.setattr(service.store.originals, "put", full)
    first = run(service, tmp_path / "in")
    assert first.interrupted is not None
    assert first.interrupted.code == "store_full"
    assert first.counts.get("failed", 0) == 0
    monkeypatch.undo()
    again = reopened(service, index, monkeypatch)
    report = run(again, tmp_path / "in")
    assert report.counts == {"stored": 6}
    assert agree(again, index)
    again.close()


def test_an_index_that_is_down_costs_nothing(service: Service, index: MemoryIndex, tmp_path: Path) -> None:
    write_files(tmp_path / "in", 3)
    index.down = True
    report = run(service, tmp_path / "in")
    assert report.counts == {"stored": 3}
    assert report.index.error is not None
    assert (report.index.left, index.known) == (3, {})
    index.down = False
    run(service, tmp_path / "in")
    assert agree(service, index)


def test_two_imports_of_one_folder_at_once(service: Service, tmp_path: Path) -> None:
    write_files(tmp_path / "in", 30)
    reports: list[ImportReport] = []

    def work() -> None:
        own = Service(service.settings)
        own.__dict__["index"] = MemoryIndex()
        reports.append(run(own, tmp_path / "in"))
        own.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({report.job for report in reports}) == 2
    assert all(set(report.counts) <= {"stored", "duplicate"} for report in reports)
    assert sum(report.counts.get("stored", 0) for report in reports) == 30
    assert service.store.catalogue.count() == 30
    assert set(service.store.originals.names()) == set(service.store.catalogue.ids())


def test_two_interrupted_imports_become_one(service: Service, tmp_path: Path) -> None:
    write_files(tmp_path / "in", 8)
    request = ImportRequest(paths=(tmp_path / "in",), jobs=1)
    ledger = service.store.ledger
    first, second = ledger.begin(request.arguments()), ledger.begin(request.arguments())
    assert first.number != second.number
    first.add([FileRow(job=first.number, place=0, path=str(path)) for path in (tmp_path / "in").iterdir()])
    first.close("interrupted")
    second.close("interrupted")
    report = Import(service, request).run(inline())
    assert report.job == second.number
    assert report.counts == {"stored": 8}
    old = ledger.job(first.number)
    assert (old.state, old.counts) == ("done", {"skipped": 8})
