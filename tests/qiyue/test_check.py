"""`qiyue check`: what it prints, its exit code, and settings that grade findings."""

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.packing import pack
from ingest.read import read
from nlp.checks.ledger import Options
from nlp.checks.run import check_record
from nlp.parse import parse
from qiyue.__main__ import main
from qiyue.service.base import Service
from qiyue.settings import read_settings
from schema.errors import UsageError

FAULTY = """采购合同
签订日期：2025年5月8日
甲方：青禾商贸有限公司
乙方：远山机械有限公司
第一条 价款
合同总价为人民币伍万元整（￥60,000.00），交货地点：____。
第二条 付款
甲方应当在验收合格后10日内一次性支付货款。
第三条 违约责任
乙方擅自转包的，应当支付合同总价40%的违约金。
第五条 其他
本合同一式两份，甲乙双方各执一份。
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QIYUE_DATA", str(tmp_path / "data"))
    path = tmp_path / "采购合同.txt"
    path.write_text(FAULTY, encoding="utf-8")
    return path


@pytest.fixture
def stored(file: Path) -> str:
    """The id of the same contract in a collection."""
    contract = parse(read(file))
    with Service(read_settings()) as service:
        service.store.originals.put(contract.id, io.BytesIO(file.read_bytes()))
        service.store.put(pack(contract))
    return contract.id


def said(capfd: pytest.CaptureFixture[str], *arguments: object, code: int) -> str:
    assert main([str(a) for a in arguments]) == code
    return capfd.readouterr().out


def codes(capfd: pytest.CaptureFixture[str], *arguments: object, code: int) -> dict[str, str]:
    found: dict[str, Any] = json.loads(said(capfd, "check", *arguments, "--json", code=code))
    return {f["code"]: f["severity"] for f in found["findings"]}


def test_a_file_is_told_gravest_first(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    lines = said(capfd, "check", file, code=1).splitlines()
    assert lines[0].startswith("采购合同  ")
    assert lines[1].startswith("Errors: 1  Warnings: ")
    place = lines.index("  capitals_figures_differ")
    assert place > lines.index("Errors")
    assert lines.index("Warnings") > place
    assert lines[place + 1].startswith("    第一条")
    assert "大写为50,000元" in lines[place + 1]
    assert "      大写 = 小写" in lines


def test_only_one_code_and_the_level_of_failing(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    only = ("--only", "penalty_over_threshold")
    assert codes(capfd, file, *only, code=0) == {"penalty_over_threshold": "warning"}
    assert codes(capfd, file, *only, "--fail-on", "warning", code=1) == {"penalty_over_threshold": "warning"}
    both = codes(capfd, file, *only, "--only", "capitals_figures_differ", code=1)
    assert set(both) == {"penalty_over_threshold", "capitals_figures_differ"}


def test_nothing_found_is_no_failure(tmp_path: Path, file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text(FAULTY.replace("60,000.00", "50,000.00"), encoding="utf-8")
    assert codes(capfd, clean, "--only", "capitals_figures_differ", "--fail-on", "warning", code=0) == {}


def test_a_stored_contract_is_checked_by_its_id(stored: str, file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    by_id = json.loads(said(capfd, "check", stored[:12], "--json", code=1))
    assert by_id == json.loads(said(capfd, "check", file, "--json", code=1))
    assert by_id["contract"] == stored


def test_settings_grade_and_switch_off(stored: str, file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    settings = file.parent / "data" / "settings.toml"
    grades = 'capitals_figures_differ = "info"\nnumbering_gap = "error"\nblank_field = "off"\n'
    settings.write_text(f'penalty_threshold = "50%"\n[findings]\n{grades}', encoding="utf-8")
    for reference in (stored, str(file)):
        found = codes(capfd, reference, code=1)
        assert found["capitals_figures_differ"] == "info"
        assert found["numbering_gap"] == "error"
        assert not {"blank_field", "penalty_over_threshold"} & set(found)


def test_what_is_not_there_is_one_sentence(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(file), "--only", "sum_difers"]) == 2
    assert "do you mean sum_differs?" in capfd.readouterr().err
    assert main(["check", str(file.parent / "none.docx")]) == 2
    assert capfd.readouterr().err.startswith("file_missing:")
    assert main(["check", "0123456789ab"]) == 2
    assert capfd.readouterr().err.startswith("contract_unknown:")


def test_settings_from_the_environment() -> None:
    given = {"QIYUE_FINDINGS": "unused_term=off, blank_field=info", "QIYUE_PENALTY_THRESHOLD": "0.2"}
    checks = read_settings(given).checks
    assert checks.penalty_threshold == Decimal("0.2")
    assert dict(checks.grades) == {"unused_term": "off", "blank_field": "info"}
    assert read_settings({}).checks.penalty_threshold == Decimal("0.3")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"QIYUE_FINDINGS": "no_code=off"}, "no code 'no_code'"),
        ({"QIYUE_FINDINGS": "unused_term=loud"}, "unused_term is 'loud'"),
        ({"QIYUE_FINDINGS": "unused_term"}, "unused_term is ''"),
        ({"QIYUE_PENALTY_THRESHOLD": "much"}, "QIYUE_PENALTY_THRESHOLD is 'much'"),
        ({"QIYUE_PENALTY_THRESHOLD": "130%"}, "QIYUE_PENALTY_THRESHOLD is '130%'"),
        ({"QIYUE_PENALTY_THRESHOLD": "nan"}, "QIYUE_PENALTY_THRESHOLD is 'nan'"),
    ],
)
def test_a_wrong_setting_is_one_sentence(given: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_settings(given)


def test_the_threshold_decides_what_is_pointed_out(file: Path) -> None:
    contract = parse(read(file))
    for share, wanted in ((Decimal("0.3"), 1), (Decimal("0.4"), 0), (Decimal("0.39"), 1)):
        found = check_record(contract, Options(penalty_threshold=share))
        assert sum(f.code == "penalty_over_threshold" for f in found) == wanted
