"""A clean contract gives no error; what was written to be clean gives no warning either."""

import json
from functools import cache
from pathlib import Path

import pytest

from ingest.read import read
from nlp.checks.run import check_record
from nlp.parse import parse
from schema.contract import Contract

ROOT = Path(__file__).parents[3]
CLEAN = sorted(Path(__file__).with_name("contracts").glob("*.txt"))
MARKED = sorted(p for p in (ROOT / "tests/golden/facts").glob("*.*") if p.suffix in (".txt", ".md"))
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))


@cache
def parsed(path: Path) -> Contract:
    return parse(read(path))


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_nothing_grave_is_found_in_a_clean_contract(path: Path) -> None:
    assert [(f.code, f.message) for f in parsed(path).findings if f.severity != "info"] == []


@pytest.mark.parametrize("path", [*MARKED, *SAMPLES], ids=lambda path: path.stem)
def test_errors_are_only_those_the_truth_knows(path: Path) -> None:
    truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    known = {finding["code"] for finding in truth.get("findings", ())}
    assert [(f.code, f.message) for f in parsed(path).findings if f.severity == "error" and f.code not in known] == []


@pytest.mark.parametrize("path", [*CLEAN, *SAMPLES], ids=lambda path: path.stem)
def test_a_record_is_checked_again_with_the_same_result(path: Path) -> None:
    contract = parsed(path)
    assert check_record(contract) == contract.findings


@pytest.mark.parametrize("path", [*CLEAN, *SAMPLES], ids=lambda path: path.stem)
def test_findings_point_into_the_text_and_show_what_they_are_about(path: Path) -> None:
    contract = parsed(path)
    for finding in contract.findings:
        assert all(0 <= s.start <= s.end <= len(contract.text) for s in finding.spans)
        assert finding.spans or finding.code in ("missing_field", "noise_text", "undated")
        assert set(finding.data) > {"rule"}
