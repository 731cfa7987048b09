"""Every verb does its work from the command line: what it prints, its JSON, its exit code."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import icalendar
import pytest

from corpus.packing import pack
from qiyue.__main__ import main
from qiyue.service.base import Service
from qiyue.service.importing import Import, ImportRequest
from qiyue.service.indexing import drain
from qiyue.settings import read_settings
from tests.support.contracts import contract
from tests.support.quick import inline, write_files

NAME = contract().id
OTHER = contract("CG-2025-002", buyer="临江水务有限公司").model_copy(update={"sign_date": None, "dates": ()})


class Shell:
    """Runs verbs in this process."""

    def __init__(self, capfd: pytest.CaptureFixture[str], home: Path) -> None:
        self._capfd, self.home = capfd, home

    def __call__(self, *arguments: object, code: int = 0) -> str:
        assert main([str(a) for a in arguments]) == code
        said = self._capfd.readouterr()
        self.err = said.err
        return said.out

    def json(self, *arguments: object, code: int = 0) -> Any:  # noqa: ANN401
        return json.loads(self(*arguments, "--json", code=code))


@pytest.fixture
def qiyue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    """A collection of two contracts, stored and indexed."""
    monkeypatch.setenv("QIYUE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("QIYUE_USER", "王")
    with Service(read_settings()) as service:
        for value in (contract(), OTHER):
            service.store.originals.put(value.id, io.BytesIO(value.text.encode()))
            service.store.put(pack(value), folder="采购")
        assert drain(service).error is None
    return Shell(capfd, tmp_path)


def test_list_and_its_filters(qiyue: Shell) -> None:
    listed = qiyue.json("list")
    assert [card["id"] for card in listed["contracts"]] == [OTHER.id, NAME]
    assert set(listed["contracts"][0]) >= {
        "id", "title", "kind", "contract_no", "parties", "total", "sign_date", "folder", "tags", "source",
        "imported_at", "findings",
    }  # fmt: skip
    assert listed["contracts"][1]["total"] == "360000"
    page = qiyue.json("list", "--limit", 1)
    rest = qiyue.json("list", "--cursor", page["cursor"])
    assert [card["id"] for card in page["contracts"] + rest["contracts"]] == [OTHER.id, NAME]
    assert (page["total"], rest["cursor"]) == (2, None)
    assert qiyue.json("list", "--party", "临江")["total"] == 1
    assert qiyue.json("list", "--folder", "采购")["total"] == 2
    assert qiyue.json("list", "--folder", "采")["total"] == 0
    assert "设备采购合同" in qiyue("list")


def test_show(qiyue: Shell) -> None:
    record = qiyue.json("show", NAME[:8])
    assert record == json.loads(contract().model_dump_json())
    words = qiyue("show", NAME)
    assert "青山机电有限公司" in words
    assert "违约责任" in qiyue("show", NAME, "--tree")


def test_folders_tags_and_deletion_reach_the_search(qiyue: Shell) -> None:
    assert qiyue.json("move", NAME, "--folder", "归档/2025")["folder"] == "归档/2025"
    assert qiyue.json("tag", NAME, "--add", "重要", "--add", "急")["contracts"][0]["tags"] == ["急", "重要"]
    assert qiyue.json("tag", NAME, "--remove", "急")["contracts"][0]["tags"] == ["重要"]
    found = qiyue.json("search", "--where", "tag=重要")
    assert {hit["contract"] for hit in found["hits"]} == {NAME}
    assert qiyue.json("list", "--folder", "归档")["total"] == 1
    qiyue("delete", NAME, code=2)
    assert "--yes" in qiyue.err
    assert qiyue.json("delete", NAME, "--yes")["deleted"] == [NAME]
    assert qiyue.json("search", "--where", "tag=重要")["total"] == 0
    assert qiyue.json("list")["total"] == 1
    qiyue("show", NAME, code=2)


def test_a_correction_is_shown_searched_exported_and_taken_back(qiyue: Shell) -> None:
    made = qiyue.json("correct", NAME, "a1", "value", "350000.00", "--why", "看过原件")["correction"]
    assert (made["parser_value"], made["value"], made["who"]) == ("360000", "350000.00", "王")
    record = qiyue.json("show", NAME)
    assert record["amounts"][0]["value"] == "360000"
    assert record["corrections"] == [made]
    assert qiyue.json("search", "--where", "amount.value=350000")["total"] == 1
    assert [c["number"] for c in qiyue.json("corrections")["corrections"]] == [made["number"]]
    rules = qiyue.json("corrections", "--precision")["rules"]
    assert (rules[0]["rule"], rules[0]["elements"], rules[0]["corrected"]) == ("money.figures", 4, 1)
    qiyue("corrections", "--withdraw", made["number"])
    assert qiyue.json("show", NAME)["corrections"] == []
    qiyue("correct", NAME, "a1", "valu", "1", "--why", "x", code=2)
    assert "use value" in qiyue.err


def test_due_and_anchors(qiyue: Shell) -> None:
    found = qiyue.json("due", "--today", "2025-02-01")
    assert [(item["contract"], item["due"]) for item in found["due"]] == [(NAME, "2025-02-17")]
    assert [item["missing"] for item in found["unanchored"]] == [["签订"]]
    qiyue("anchor", OTHER.id, "签订", "2025-03-03")
    found = qiyue.json("due", "--today", "2025-02-01", "--within", "30d")
    assert [item["due"] for item in found["due"]] == ["2025-02-17"]
    found = qiyue.json("due", "--today", "2025-02-01", "--within", "2m", "--party", "临江")
    assert [item["due"] for item in found["due"]] == ["2025-03-17"]
    assert qiyue.json("anchor", OTHER.id)["anchors"][0]["who"] == "王"
    assert "2025-02-17" in qiyue("due", "--today", "2025-02-01")
    qiyue("anchor", OTHER.id, "签订", "--remove")
    assert "尚不知签订的日期" in qiyue("due", "--today", "2025-02-01", "--unanchored")
    for wrong in (("due", "--within", "soon"), ("anchor", NAME, "签订", "明天"), ("anchor", NAME, "签订")):
        qiyue(*wrong, code=2)


def test_exports(qiyue: Shell) -> None:
    lines = [json.loads(line) for line in qiyue("export").splitlines()]
    assert [line["id"] for line in lines] == [NAME, OTHER.id]
    assert len(json.loads(qiyue("export", "--what", "penalties", "--format", "json"))) == 2
    rows = list(csv.reader(io.StringIO(qiyue("export", "--what", "amounts", "--format", "csv", "--headers", "zh"))))
    assert rows[0][2] == "金额"
    assert len(rows) == 5
    chosen = qiyue("export", "--what", "amounts", "--where", "amount.value=108000", "--query", "首付款")
    assert {json.loads(line)["clause"] for line in chosen.splitlines()} == {"main/3"}
    out = qiyue.home / "a.xlsx"
    assert qiyue.json("export", "--what", "clauses", "--format", "xlsx", "--out", out)["lines"] == 14
    assert out.read_bytes()[:2] == b"PK"
    calendar = icalendar.Calendar.from_ical(qiyue("export", "--what", "deadlines", "--format", "ics", "--remind", 7))
    assert len(calendar.walk("VTODO")) == 1
    for wrong in (("--format", "ics"), ("--where", "colour=red"), ("--out", qiyue.home / "none" / "a")):
        qiyue("export", *wrong, code=2)


def test_the_schema_is_printed(qiyue: Shell) -> None:
    assert json.loads(qiyue("schema"))["$id"] == "contract-1.0.json"
    qiyue("schema", "--version", "7.0", code=2)


def test_jobs_and_their_report(qiyue: Shell) -> None:
    write_files(qiyue.home / "in", 2)
    (qiyue.home / "in" / "empty.txt").touch()
    with Service(read_settings()) as service:
        Import(service, ImportRequest(paths=(qiyue.home / "in",))).run(inline())
    (job,) = qiyue.json("jobs")["jobs"]
    assert (job["state"], job["counts"]) == ("done", {"stored": 2, "duplicate": 0, "failed": 1, "skipped": 0})
    shown = qiyue.json("jobs", "show", job["id"])
    assert {Path(file["path"]).name: file["state"] for file in shown["files"]}["empty.txt"] == "failed"
    assert len(qiyue.json("jobs", "show", job["id"], "--state", "failed")["files"]) == 1
    assert "file_empty" in qiyue("jobs", "show", job["id"])
    qiyue("jobs", "show", job["id"], "--report", qiyue.home / "report.csv")
    rows = list(csv.DictReader((qiyue.home / "report.csv").open(encoding="utf-8-sig")))
    assert [row["state"] for row in rows] == ["stored", "stored", "failed"]
    qiyue("jobs", "show", 99, code=2)


def test_backup_and_restore(qiyue: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    qiyue("anchor", OTHER.id, "签订", "2025-03-03")
    before = qiyue("export")
    assert qiyue.json("backup", qiyue.home / "b.tar")["contracts"] == 2
    qiyue("restore", qiyue.home / "b.tar", code=2)
    assert "store_not_empty" in qiyue.err
    monkeypatch.setenv("QIYUE_DATA", str(qiyue.home / "other"))
    restored = qiyue.json("restore", qiyue.home / "b.tar")
    assert (restored["contracts"], restored["index"]) == (2, None)
    assert qiyue("export") == before
    assert qiyue.json("search", "违约金")["total"] > 0
    assert qiyue.json("doctor")["ok"]
    qiyue("restore", qiyue.home / "none.tar", code=2)


def test_doctor_says_what_is_wrong(qiyue: Shell) -> None:
    assert qiyue.json("doctor", "--deep")["ok"]
    next((qiyue.home / "data" / "originals").rglob(NAME)).unlink()
    told = qiyue.json("doctor", code=3)
    assert not told["ok"]
    assert any(not check["ok"] and check["remedy"] for check in told["checks"])
    assert "BAD originals" in qiyue("doctor", code=3)


def test_reindex(qiyue: Shell) -> None:
    assert qiyue.json("reindex") == {"contracts": 2}
    assert qiyue.json("reindex", "--if-needed") == {"contracts": 0}
