"""Imports that are not one plain pass: planned, of failures only, and of a folder that changes."""

import os
import threading
import time
from pathlib import Path

import pytest

from qiyue.service.base import Service
from qiyue.service.importing import Import, ImportReport, ImportRequest, Watcher
from qiyue.service.watching import failed_before, keep_in_step, plan_import
from qiyue.settings import read_settings
from schema.errors import UsageError
from tests.support.quick import Inline, inline, write_files


def test_a_plan_says_what_would_be_done_and_does_nothing(service: Service, tmp_path: Path) -> None:
    first, second = write_files(tmp_path / "in", 2)
    Import(service, ImportRequest(paths=(first,))).run(inline())
    (tmp_path / "in" / "copy.txt").write_bytes(second.read_bytes())
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / ".hidden").touch()
    plan = plan_import(service, ImportRequest(paths=(tmp_path / "in",)))
    states = {Path(file["path"]).name: file["state"] for file in plan["files"]}
    assert states == {
        "00000.txt": "duplicate", "00001.txt": "queued", "copy.txt": "duplicate",
        "empty.txt": "failed", ".hidden": "skipped",
    }  # fmt: skip
    assert plan["counts"]["duplicate"] == 2
    assert len(service.store.ledger.jobs()) == 1
    assert service.store.catalogue.count() == 1


def test_a_plan_makes_no_collection(tmp_path: Path) -> None:
    write_files(tmp_path / "in", 2)
    with Service(read_settings({"QIYUE_DATA": str(tmp_path / "data")})) as fresh:
        plan = plan_import(fresh, ImportRequest(paths=(tmp_path / "in",)))
    assert plan["counts"]["queued"] == 2
    assert not (tmp_path / "data").exists()
    with pytest.raises(UsageError, match="file_missing"):
        plan_import(fresh, ImportRequest(paths=(tmp_path / "none",)))


def test_only_what_failed_is_tried_again(service: Service, tmp_path: Path) -> None:
    good, bad, worse = write_files(tmp_path / "in", 3)
    for path in (bad, worse):
        path.write_text("!file_damaged", encoding="utf-8")
    Import(service, ImportRequest(paths=(tmp_path / "in",))).run(inline())
    bad.write_text("现在好了", encoding="utf-8")
    executor = Inline()
    for paths in ((tmp_path / "in",), ()):
        report = Import(service, failed_before(service, ImportRequest(paths=paths))).run(inline(executor))
    assert [task.name for task in executor.tasks] == [bad.name, worse.name, worse.name]
    assert report.counts == {"failed": 1}
    assert service.store.catalogue.count() == 2
    elsewhere = failed_before(service, ImportRequest(paths=(good,)))
    assert elsewhere.only == frozenset()


def test_a_retry_that_was_stopped_goes_on(service: Service, tmp_path: Path) -> None:
    for path in write_files(tmp_path / "in", 6):
        path.write_text("!file_damaged", encoding="utf-8")
    request = ImportRequest(paths=(tmp_path / "in",))
    Import(service, request).run(inline())
    watcher = Watcher()
    watcher.stop.set()
    stopped = Import(service, failed_before(service, request), watcher).run(inline())
    again = Import(service, failed_before(service, request)).run(inline())
    assert (again.job, again.resumed) == (stopped.job, True)
    assert again.counts == {"failed": 6}


class Following:
    """A folder that is kept in step in a thread of its own."""

    def __init__(self, service: Service, folder: Path, settle: float = 0.3) -> None:
        self.reports: list[ImportReport] = []
        self.watcher = Watcher()
        self._settle = settle
        self._service = Service(service.settings)
        self._service.__dict__["index"] = service.index
        self._request = ImportRequest(paths=(folder,))
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        keep_in_step(
            self._service, self._request, inline(), self.watcher,
            on_report=self.reports.append, poll=0.05, settle=self._settle,
        )  # fmt: skip
        self._service.close()

    def wait_for(self, number: int) -> None:
        until = time.monotonic() + 60
        while sum(report.counts.get("stored", 0) for report in self.reports) < number:
            assert time.monotonic() < until, self.reports
            time.sleep(0.02)

    def stop(self) -> None:
        self.watcher.stop.set()
        self._thread.join()


def test_a_folder_is_kept_in_step(service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_files(folder, 3)
    following = Following(service, folder)
    try:
        following.wait_for(3)
        (folder / "new").mkdir()
        (folder / "new" / "a.txt").write_text("新来的合同", encoding="utf-8")
        following.wait_for(4)
        (folder / "new" / "a.txt").write_text("改过的合同", encoding="utf-8")
        following.wait_for(5)
    finally:
        following.stop()
    assert service.store.catalogue.count() == 5
    assert all(report.interrupted is None for report in following.reports)
    assert all(report.counts.get("failed", 0) == 0 for report in following.reports)


def test_a_file_that_is_still_written_is_waited_for(service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    following = Following(service, folder, settle=3.0)  # a disk may take a second for one fsync
    try:
        with (folder / "slow.txt").open("w", encoding="utf-8") as stream:
            for number in range(12):
                stream.write(f"第{number}条 标的\n")
                stream.flush()
                os.fsync(stream.fileno())
                time.sleep(0.05)
        following.wait_for(1)
        time.sleep(0.5)
    finally:
        following.stop()
    (stored,) = service.store.catalogue.ids()
    assert service.store.contract(stored).text.count("\n") == 12
    assert len(following.reports) == 1
