"""The comparison with the truth passes a perfect record and notices every kind of wrong one."""

from typing import Any

import pytest

from schema.contract import Contract
from tests.support.samples import NAMES, sample_truth
from tests.support.truth import CONTACTS, compare, match

Row = dict[str, Any]
PLACE: Row = {"span": {"start": 0, "end": 0}, "text": ""}
SOURCE = {"sha256": "0" * 64, "name": "a.txt", "media_type": "text/plain", "size": 1}
ROLES = {"甲方": "p1", "乙方": "p2", "both": "both"}


def perfect(truth: Row) -> Row:
    """The record that says exactly what the truth says, spans left out."""
    record: Row = {
        key: truth[key] for key in ("title", "contract_no", "kind", "tables", "clauses", "parts", "payments")
    } | {"producer": {"name": "q", "version": "1"}, "id": "0", "source": SOURCE, "text": ""}
    for key in ("sign_date", "term", "dispute", "copies"):
        record[key] = truth[key] and truth[key] | PLACE
    record["governing_law"] = truth["governing_law"] and PLACE | {"law": truth["governing_law"]}
    record["sign_place"] = truth["sign_place"] and PLACE | {"text": truth["sign_place"]}
    for kind, letter in LETTERS.items():
        record[kind] = [element(row, f"{letter}{n}") for n, row in enumerate(truth[kind], 1)]
    record["parties"] = [
        element(p, ROLES[p["role"]]) | {k: [PLACE | {"text": v} for v in p.get(k, [])] for k in CONTACTS}
        for p in truth["parties"]
    ]
    for payment in record["payments"]:
        time = element(payment["deadline"], f"d9{payment['sequence']}")
        record["deadlines"].append(time | {"kind": "rate_period"})
        payment["deadline"] = time["id"]
    record["clauses"] = [
        {"id": f"c{n}", "part": "main", "style": "x", "ordinal": 1, "level": 1, **row, "span": PLACE["span"]}
        for n, row in enumerate(truth["clauses"])
    ]
    record["parts"] = [row | {"span": PLACE["span"]} for row in truth["parts"]]
    record["tables"] = [table(t, n) for n, t in enumerate(truth["tables"], 1)]
    return record


LETTERS = {
    "amounts": "a",
    "rates": "r",
    "payments": "y",
    "deadlines": "d",
    "dates": "t",
    "penalties": "n",
    "exclusions": "x",
    "references": "f",
    "blanks": "b",
    "definitions": "g",
    "signatures": "s",
    "choices": "c",
}


def element(row: Row, name: str) -> Row:
    filled: Row = {"clause": None, "evidence": {"rule": "r"}} | PLACE | row | {"id": name}
    for key in ("who", "payer", "payee", "liable", "beneficiary", "protects", "party"):
        if key in filled:
            filled[key] = ROLES.get(filled[key] or "")
    if isinstance(filled.get("trigger"), str) and "number" in filled:
        filled["trigger"] = PLACE | {"text": filled["trigger"]}
    filled["conditions"] = [PLACE | {"text": c} for c in filled.get("conditions", [])]
    filled["options"] = [PLACE | o for o in filled.get("options", [])]
    if filled.get("exposure"):
        filled["exposure"] |= {"formula": ""}
    if "term" in filled:
        filled["meaning_span"] = PLACE["span"]
    filled.pop("optional", None)
    return {k: v for k, v in filled.items() if v != [] or k not in ("conditions", "options")}


def table(truth: Row, number: int) -> Row:
    rows = [
        {"id": row.get("id", f"main/{n}"), "cells": [PLACE | {"text": c} for c in row["cells"]]}
        for n, row in enumerate(truth["rows"])
    ]
    return {"id": f"t{number}", "span": PLACE["span"], "columns": truth["columns"], "rows": rows}


@pytest.mark.parametrize("name", NAMES)
def test_a_perfect_record_has_full_marks(name: str) -> None:
    truth = sample_truth(name)
    for what, score in compare(truth, Contract.model_validate(perfect(truth))).items():
        assert (score.lost, score.extra, score.recall, score.precision) == ([], [], 1.0, 1.0), what


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_record_has_none(name: str) -> None:
    empty = Contract.model_validate({"producer": {"name": "q", "version": "1"}, "id": "", "source": SOURCE, "text": ""})
    marks = compare(sample_truth(name), empty)
    for what in ("parties", "amounts", "deadlines", "penalties", "clauses", "tables", "dates", "references", "parts"):
        assert marks[what].recall < 0.2, what


@pytest.mark.parametrize(
    ("what", "field", "value"),
    [
        ("penalties", "rate", "0.005"),
        ("penalties", "liable", "p2"),
        ("penalties.cap", "cap", None),
        ("deadlines", "workday", True),
        ("deadlines.who", "who", "both"),
        ("amounts", "value", "1"),
        ("amounts.role", "role", "cap"),
        ("dates", "value", "2025-01"),
    ],
)
def test_one_wrong_value_is_seen(what: str, field: str, value: object) -> None:
    truth = sample_truth("service")
    record = perfect(truth)
    rows = record[what.partition(".")[0]]
    place = next(n for n, row in enumerate(rows) if field in row and row[field] != value)
    rows[place][field] = value
    score = compare(truth, Contract.model_validate(record))[what]
    assert len(score.lost) == 1
    assert score.recall < 1


def test_a_false_row_costs_precision() -> None:
    row = {"clause": "main/1", "value": "5"}
    score, _ = match([row], [row, row | {"value": "6"}], ("clause", "value"))
    assert (score.recall, score.precision) == (1.0, 0.5)
