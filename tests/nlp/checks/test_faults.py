"""Faults that a careless drafter makes, each put into a clean contract: its code is found, and no error besides."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.read import read
from nlp.parse import parse
from schema.finding import Finding

HERE = Path(__file__).parent
TABLE = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))


@cache
def clean(name: str) -> str:
    return (HERE / "contracts" / f"{name}.txt").read_text(encoding="utf-8")


def findings(row: dict[str, Any]) -> list[Finding]:
    """Errors and warnings with some words changed."""
    text = clean(row["contract"])
    assert row["old"] in text
    contract = parse(read(text.replace(row["old"], row["new"]).encode()))
    return [f for f in contract.findings if f.severity != "info"]


def name(row: dict[str, Any]) -> str:
    return f"{row['contract']}: {row['new'][:24]}"


@pytest.mark.parametrize("row", TABLE["fault"], ids=name)
def test_the_fault_is_found(row: dict[str, Any]) -> None:
    found = findings(row)
    told = [(f.code, f.message) for f in found]
    assert any(f.code == row["code"] and row["words"] in f.message for f in found), told
    assert {f.code for f in found if f.severity == "error"} <= {row["code"]}, told


@pytest.mark.parametrize("row", TABLE["harmless"], ids=name)
def test_what_is_no_fault_is_not_told(row: dict[str, Any]) -> None:
    assert [(f.code, f.message) for f in findings(row)] == []
