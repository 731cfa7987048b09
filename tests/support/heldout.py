"""Contracts written by hand with their truth before the rules saw them: tests/golden/facts.

The truth gives the values of each list without places. What it leaves out, a list or a key of a row, is not compared.
`batch` says in which of the blind batches a contract was written; `blanks` and `choices` list words of fields left
empty and of boxes that are ticked; `unlisted` names kinds of deadlines that a truth passes over.
"""

import json
from pathlib import Path
from typing import Any

from schema.contract import Contract
from tests.support.truth import Score, agree, match, squash

FOLDER = Path(__file__).resolve().parent.parent / "golden" / "facts"
Row = dict[str, Any]
MATCHED_BY = {
    "amounts": ("value", "form", "currency"),
    "rates": ("value",),
    "deadlines": ("number", "unit", "workday"),
    "payments": ("sequence", "percent", "amount"),
    "penalties": ("liable", "rate", "amount", "multiple"),
}
DESCRIBED_BY = {
    "amounts": ("role", "is_total", "tax_included", "per"),
    "rates": ("role",),
    "deadlines": ("kind", "relation", "op", "who"),
    "payments": ("payer", "payee", "deadline"),
    "penalties": ("kind", "per", "cap", "beneficiary", "base", "threshold"),
}
NOT_LISTED = ("rate_period", "billing_period", "service_hours")
AT_ONCE = {"once", "event", None}


def names() -> list[str]:
    """All contracts."""
    return sorted(path.name.removesuffix(".truth.json") for path in FOLDER.glob("*.truth.json"))


def file_of(name: str) -> Path:
    """The contract: plain text or Markdown."""
    plain = FOLDER / f"{name}.txt"
    return plain if plain.exists() else FOLDER / f"{name}.md"


def text_of(name: str) -> str:
    """Text of a contract."""
    return file_of(name).read_text(encoding="utf-8").rstrip("\n")


def truth_of(name: str) -> Row:
    """Truth of a contract."""
    truth: Row = json.loads((FOLDER / f"{name}.truth.json").read_text(encoding="utf-8"))
    return truth


def compare(truth: Row, contract: Contract) -> dict[str, Score]:
    """One score a list and one a descriptive key; `facts` for what a contract has once, `parties` for every field."""
    record = contract.model_dump(mode="json")
    words = _printed_roles(truth, record)
    for row in (row for kind in MATCHED_BY for row in record[kind]):
        for key in ("who", "payer", "payee", "liable", "beneficiary"):
            if row.get(key) is not None:
                row[key] = words[row[key]]
    deadlines = {d["id"]: d for d in record["deadlines"]}
    for payment in record["payments"]:
        payment["deadline"] = deadlines.get(payment["deadline"])
    _drop_unlisted(truth, record)
    scores: dict[str, Score] = {}
    for kind, keys in MATCHED_BY.items():
        if kind not in truth:
            continue
        scores[kind], pairs = match(truth[kind], record[kind], keys)
        for key in DESCRIBED_BY[kind]:
            scores[f"{kind}.{key}"] = _described(pairs, key)
    if "dates" in truth:
        ends = [v for d in record["dates"] for v in (d["value"], d["end"]) if v]
        scores["dates"], _ = match(_dates(truth["dates"]), _dates(ends), ("value",))
    if "parties" in truth:
        scores["parties"] = _parties(truth, record)
    scores["facts"] = _facts(truth, record)
    scores["forms"] = _forms(truth, record, words)
    return scores


def _printed_roles(truth: Row, record: Row) -> dict[str, str]:
    """Party id → the role word by which the truth calls it: 订阅方, where the record says 客户 and knows both."""
    words = {"both": "both"}
    for party in record["parties"]:
        known = {party["role"], *party["other_roles"]}
        called = next(
            (p["role"] for p in truth.get("parties", ()) if {p["role"], *p.get("other_roles", ())} & known), None
        )
        words[party["id"]] = called or party["role"]
    return words


def _drop_unlisted(truth: Row, record: Row) -> None:
    """Takes out of the record what no truth lists: counting periods, times and sanctions without a number."""
    unlisted = {*NOT_LISTED, *truth.get("unlisted", ())}
    tabular = any(row.get("form") == "table_cell" for row in truth.get("amounts", ()))
    record["amounts"] = [a for a in record["amounts"] if tabular or a["form"] != "table_cell"]
    record["deadlines"] = [d for d in record["deadlines"] if d["kind"] not in unlisted and d["number"] is not None]
    record["penalties"] = [
        p for p in record["penalties"] if any(p[k] is not None for k in ("rate", "amount", "multiple"))
    ]
    record["payments"] = [p for p in record["payments"] if p["percent"] is not None or p["amount"] is not None]


def _dates(values: list[str]) -> list[Row]:
    return [{"value": value} for value in values]


def _described(pairs: list[tuple[Row, Row]], key: str) -> Score:
    score = Score()
    for row, found in ((r, f) for r, f in pairs if key in r):
        score.wanted += 1
        score.found += 1
        right = {row[key], found[key]} <= AT_ONCE if key == "per" else False
        right = right or (key == "base" and bool(found[key]) and row[key] in found[key]) or agree(row[key], found[key])
        score.hit += right
        score.lost += [] if right else [f"{row}: {key} {row[key]} ≠ {found[key]}"]
    return score


def _parties(truth: Row, record: Row) -> Score:
    score = Score()
    for party in truth["parties"]:
        roles = {party["role"], *party.get("other_roles", [])}
        found = next((p for p in record["parties"] if roles & {p["role"], *p["other_roles"]}), None)
        for key, value in party.items():
            if key == "other_roles":
                continue
            score.wanted += 1
            given = found and found[key]
            given = [v["text"] if isinstance(v, dict) else v for v in given] if isinstance(given, list) else given
            right = found is not None and (key == "role" or agree(value, given))
            score.hit += right
            score.lost += [] if right else [f"{party['role']}.{key}: {value} ≠ {given}"]
    extra = max(len(record["parties"]) - len(truth["parties"]), 0)
    score.found = score.wanted + extra
    score.extra = [f"{p['role']} {p['name']}" for p in record["parties"]] if extra else []
    return score


def _facts(truth: Row, record: Row) -> Score:
    score = Score()
    for key in ("title", "contract_no", "sign_date", "sign_place", "term", "dispute", "governing_law", "copies"):
        if key not in truth:
            continue
        wanted, given = truth[key], record[key]
        if isinstance(given, dict) and isinstance(wanted, str | None):
            given = given.get("value") or given.get("law") or given.get("text")
        score.wanted += 1
        score.found += 1
        right = agree(wanted, given)
        score.hit += right
        score.lost += [] if right else [f"{key}: {wanted} ≠ {given}"]
    return score


def _forms(truth: Row, record: Row, called: dict[str, str]) -> Score:
    """Fields left empty, boxes ticked, and who signed when; only what the truth names is looked for."""
    words = {p["id"]: {p["role"], *p["other_roles"], called[p["id"]]} for p in record["parties"]}
    empty = [str(b["field"]) for b in record["blanks"] if b["state"] == "empty"]
    ticked = [squash(o["text"]) for c in record["choices"] for o in c["options"] if o["checked"]]
    score = Score()
    checks = [(f"blank {w}", any(w in field for field in empty)) for w in truth.get("blanks", ())]
    checks += [(f"ticked {w}", any(squash(w) in text for text in ticked)) for w in truth.get("choices", ())]
    for row in truth.get("signatures", ()):
        own = [s for s in record["signatures"] if row["party"] in words.get(s["party"], ())]
        checks += [(f"signed {row}", any(all(agree(row[k], s[k]) for k in row if k != "party") for s in own))]
    score.wanted = score.found = len(checks)
    score.hit = sum(right for _, right in checks)
    score.lost = [what for what, right in checks if not right]
    return score
