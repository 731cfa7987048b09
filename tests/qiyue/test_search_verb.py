"""`qiyue search` over a collection on disk."""

import csv
import io
import json
from pathlib import Path

import pytest

from qiyue.__main__ import main
from qiyue.cli.hits import print_hits
from qiyue.service.base import open_service
from schema.query import Hit
from schema.span import Span
from search.record import build_records
from tests.support.collection import lease, purchase


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def collection(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIYUE_DATA", str(folder))
    if not (folder / "index").exists():
        with open_service() as service:
            service.index.add([*build_records(purchase()), *build_records(lease())])


def test_hits_are_grouped_by_contract_with_place_page_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "违约金", "--where", "penalty.per=day"]) == 0
    printed = capsys.readouterr()
    assert "《服务器采购合同》" in printed.out
    assert "第三条 1 · p. 1 · exact, words, filter" in printed.out
    assert "3 clauses, 3 shown" in printed.err


def test_two_contracts_of_one_title_are_not_one_group(capsys: pytest.CaptureFixture[str]) -> None:
    """The scan and the draft of a contract have the same title and the same best clause, side by side."""

    def hit(contract: str, clause: str) -> Hit:
        words = "逾期交货的，支付违约金。"
        return Hit(
            contract=contract * 64, clause=clause, citation=f"《采购合同》第{clause}条", score=1.0, text=words,
            span=Span(start=0, end=len(words)),
        )  # fmt: skip

    print_hits([hit("a", "九"), hit("b", "九"), hit("a", "十")])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in lines if "《" in line] == [f"《采购合同》  {'a' * 12}", f"《采购合同》  {'b' * 12}"]
    assert [line[:3] for line in lines if line.startswith("第")] == ["第九条", "第十条", "第九条"]


def test_json_is_the_promised_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "", "--where", "deadline.who=甲方", "--json", "--facet", "type", "--size", "1"]) == 0
    results = json.loads(capsys.readouterr().out)
    assert list(results) == ["query", "total", "relation", "took_ms", "hits", "facets", "cursor", "notes"]
    (hit,) = results["hits"]
    wanted = ["contract", "clause", "citation", "score", "matched_by", "text", "highlights", "span", "page", "boxes"]
    assert list(hit) == wanted
    assert results["facets"]["type"] == [{"value": "payment", "count": 2}]
    assert main(["search", "", "--where", "deadline.who=甲方", "--json", "--facet", "type", "--size", "1"]) == 0


def test_an_unknown_field_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "", "--where", "deadline.whom=甲方"]) == 2
    assert "did you mean deadline.who?" in capsys.readouterr().err
    assert main(["search", "", "--where", "amount.value>很多"]) == 2
    assert "amount.value>=1000000" in capsys.readouterr().err
    assert main(["search", "", "--where", "nonsense"]) == 2


def test_all_hits_go_into_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "违约金", "--export", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 4
    assert rows[0][:3] == ["contract", "clause", "citation"]
    assert main(["search", "违约金", "--export", "xlsx", "--out", str(tmp_path / "hits.xlsx")]) == 0
    assert (tmp_path / "hits.xlsx").read_bytes()[:2] == b"PK"
    assert main(["search", "违约金", "--export", "xlsx"]) == 2


def test_what_a_spreadsheet_would_run_is_text(tmp_path: Path) -> None:
    from qiyue.cli.hit_tables import write_hits
    from schema.query import Hit
    from schema.span import Span

    hit = Hit(
        contract="c", clause="main/1", citation="x", score=1, text="=cmd|' /C calc'!A1", span=Span(start=0, end=1)
    )
    write_hits([hit], "csv", tmp_path / "hits.csv")
    assert "'=cmd" in (tmp_path / "hits.csv").read_text("utf-8-sig")


def test_similar_needs_a_clause_or_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["similar", "--text", "每逾期一日按合同总价的万分之五支付违约金"]) == 0
    assert "第三条 1 · p. 1 · 0." in capsys.readouterr().out
    assert main(["similar", "abc"]) == 2
    assert main(["similar", "--text", "违约金", "--json"]) == 0
    assert "hits" in json.loads(capsys.readouterr().out.splitlines()[-1])


def test_two_files_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "采购合同\n甲方：信达公司\n乙方：恒远公司\n第一条 价款\n合同总价为人民币{}元。\n第二条 争议\n提交仲裁。"
    (tmp_path / "a.txt").write_text(text.format("10,000.00"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.format("12,000.00"), encoding="utf-8")
    paths = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert main(["diff", *paths]) == 0
    printed = capsys.readouterr()
    assert "[-10,000.00-]{+12,000.00+}" in printed.out
    assert "1 changed" in printed.err
    assert main(["diff", *paths, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["changed"] == 1
    assert main(["diff", paths[0], "no-such-contract"]) == 2
