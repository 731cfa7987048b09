"""Compares a contract record with the truth of a sample (samples/README.md): what is missing, what is false.

Rows are matched one to one by their values; a key that a truth row leaves out is not compared. Values that only
describe (role of an amount, trigger of a deadline …) are counted apart as `<list>.<key>`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from schema.contract import Contract

Row = dict[str, Any]


@dataclass
class Score:
    """Counts of one list; `lost` and `extra` say in words what went wrong."""

    wanted: int = 0
    found: int = 0
    hit: int = 0
    lost: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the truth that was found; 1.0 where there is nothing to find."""
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of the findings that are true; 1.0 where nothing was found."""
        return self.hit / self.found if self.found else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        together = self.precision + self.recall
        return 2 * self.precision * self.recall / together if together else 0.0


MATCHED_BY = {
    "amounts": ("clause", "value", "form"),
    "rates": ("clause", "value"),
    "deadlines": ("clause", "number", "unit", "workday"),
    "dates": ("clause", "value", "precision"),
    "payments": ("sequence", "percent", "amount"),
    "penalties": ("clause", "kind", "liable", "rate", "amount", "multiple"),
    "exclusions": ("clause", "protects"),
    "references": ("clause", "kind", "target"),
    "definitions": ("clause", "term"),
    "blanks": ("field", "state"),
    "signatures": ("part", "party"),
    "parts": ("id", "kind"),
}
DESCRIBED_BY = {
    "amounts": ("role", "is_total", "tax_included", "per"),
    "rates": ("role",),
    "deadlines": ("kind", "relation", "op", "who", "trigger"),
    "dates": ("role",),
    "payments": ("payer", "payee", "deadline", "label"),
    "penalties": ("beneficiary", "per", "base", "base_ref", "cap", "threshold", "exposure", "remedies", "trigger"),
    "signatures": ("signer", "date"),
}
NOT_LISTED: dict[str, Callable[[Row], bool]] = {
    "amounts": lambda row: row["form"] == "table_cell",
    "deadlines": lambda row: row["kind"] in ("rate_period", "billing_period") or row["number"] is None,
    "references": lambda row: row["this"] or row["kind"] == "document",
    "definitions": lambda row: row["term"] in ("甲方", "乙方"),
}
CONTACTS = [
    *("credit_code", "legal_representative", "agent", "address", "phone", "fax"),
    *("email", "postcode", "bank", "account", "account_holder"),
]


def compare(truth: Row, contract: Contract) -> dict[str, Score]:
    """One score a list, one a descriptive key, and `facts` for what a contract has once."""
    record: Row = contract.model_dump(mode="json")
    words = {p["id"]: p["role"] for p in record["parties"]} | {"both": "both"}
    named = {w: p["role"] for p in record["parties"] for w in (p["role"], *p["other_roles"])}
    for row in (row for kind in MATCHED_BY for row in record[kind]):
        for key in ("who", "payer", "payee", "liable", "beneficiary", "protects", "party"):
            if key in row:
                row[key] = _role(words.get(row[key]), truth, named)
    cells = {row["id"] for table in record["tables"] for row in table["rows"]}
    record["dates"] = [one for row in record["dates"] if row["clause"] not in cells for one in _ends(row)]
    deadlines = {d["id"]: d for d in record["deadlines"]}
    for payment in record["payments"]:
        payment["deadline"] = deadlines.get(payment["deadline"])
    scores: dict[str, Score] = {}
    for kind, keys in MATCHED_BY.items():
        passed_over = NOT_LISTED.get(kind)
        listed = [row for row in record[kind] if not (passed_over and passed_over(row))]
        scores[kind], pairs = match(truth[kind], listed, keys)
        for key in DESCRIBED_BY.get(kind, ()):
            scores[f"{kind}.{key}"] = _described(pairs, key)
    scores["parties"] = _parties(truth, record)
    scores["clauses"] = _clauses(truth, record)
    scores["clauses.types"] = _types(truth, record)
    scores["tables"] = _tables(truth, record)
    scores["choices"] = _choices(truth, record)
    scores["facts"] = _facts(truth, record)
    return scores


def _ends(row: Row) -> list[Row]:
    """A range of dates as the two dates the truth lists."""
    return [row, row | {"value": row["end"]}] if row["end"] else [row]


def match(wanted: Sequence[Row], found: Sequence[Row], keys: Iterable[str]) -> tuple[Score, list[tuple[Row, Row]]]:
    """Match rows whose given keys agree, in order; ties go to the pair whose words agree."""
    keys, free, pairs, score = tuple(keys), list(found), [], Score(found=len(found))
    # what may be missing takes no match from what must be there
    for row in sorted(wanted, key=lambda r: (bool(r.get("optional")), -sum(k in r for k in keys))):
        fitting = [f for f in free if all(agree(row[k], f[k]) for k in keys if k in row)]
        optional = row.get("optional", False)
        score.wanted += not optional
        score.found -= optional and bool(fitting)
        if not fitting:
            score.lost += [] if optional else [_shown(row, keys)]
            continue
        best = max(fitting, key=lambda f: (sum(k in f and agree(v, f[k]) for k, v in row.items()), _alike(row, f)))
        free.remove(best)
        pairs.append((row, best))
        score.hit += not optional
    score.extra = [_shown(f, keys) for f in free]
    return score, pairs


def agree(wanted: Any, found: Any) -> bool:  # noqa: ANN401
    """Whether a value is the one wanted: numbers as decimals, mappings by the keys given, lists as sets."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(agree(v, found.get(k)) for k, v in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and {squash(str(w)) for w in wanted} == {squash(str(f)) for f in found}
    if isinstance(wanted, str) and isinstance(found, str):
        return squash(wanted) == squash(found) or _number(wanted) == _number(found) != None  # noqa: E711
    return bool(wanted == found)


def squash(text: str) -> str:
    """Text without white space, the punctuation that OCR confuses made equal."""
    return "".join(text.split()).translate(str.maketrans("(),:;．¥", "（），：；.￥"))


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _role(role: str | None, truth: Row, named: dict[str, str]) -> str | None:
    """The role word of the truth for one of the record (买受人 → 甲方)."""
    for party in truth["parties"]:
        if role and role in (party["role"], *party["other_roles"]):
            return str(party["role"])
    return named.get(role or "", role)


def _alike(row: Row, found: Row) -> int:
    text = str(row.get("text", ""))
    return (bool(text) and text in found.get("text", "")) * 2 + agree(row.get("role"), found.get("role"))


def _described(pairs: Sequence[tuple[Row, Row]], key: str) -> Score:
    score = Score()
    for row, found in ((r, f) for r, f in pairs if key in r):
        score.wanted += 1
        score.found += 1
        if _says(row[key], found[key]) if key in ("trigger", "base", "label") else agree(row[key], found[key]):
            score.hit += 1
        else:
            score.lost.append(f"{row.get('clause')}: {row[key]} ≠ {found[key]}")
    return score


def _says(wanted: str, found: Any) -> bool:  # noqa: ANN401
    """Whether words cut out of a clause hold the words wanted, or the other way round."""
    text = found["text"] if isinstance(found, dict) else found
    return bool(text) and (squash(wanted) in squash(text) or squash(text) in squash(wanted))


def _parties(truth: Row, record: Row) -> Score:
    """Every field of every party counts; an empty contact list must stay empty."""
    score = Score()
    for party in truth["parties"]:
        roles = {party["role"], *party["other_roles"]}
        found = next((p for p in record["parties"] if roles & {p["role"], *p["other_roles"]}), None)
        for key, value in party.items():
            score.wanted += 1
            given = found and ([v["text"] for v in found[key]] if key in CONTACTS else found[key])
            fits = found is not None and (given in roles if key == "role" else agree(value, given))
            if key == "other_roles" and found:
                fits = roles <= {found["role"], *found["other_roles"]}
            score.hit += fits
            if not fits:
                score.lost.append(f"{party['role']}.{key}: {value} ≠ {given}")
    extra = len(record["parties"]) - len(truth["parties"])
    score.found = score.wanted + max(extra, 0)
    score.extra = [str(p["name"]) for p in record["parties"]] if extra > 0 else []
    return score


def _clauses(truth: Row, record: Row) -> Score:
    """Clauses by id and number (and heading where given), chapters by number and heading."""
    found = [c | {"id": None} if c["level"] == 0 else c for c in record["clauses"]]
    wanted = [c for c in truth["clauses"] if c.get("level") != 0]
    chapters = [c for c in truth["clauses"] if c.get("level") == 0]
    for clause in (*found, *wanted, *chapters):
        clause["number"] = (clause["number"] or "").rstrip("、．. ") or None
    score, _ = match(wanted, [c for c in found if c["level"] != 0], ("id", "number", "heading", "level"))
    above, _ = match(chapters, [c for c in found if c["level"] == 0], ("number", "heading"))
    return Score(
        score.wanted + above.wanted,
        score.found + above.found,
        score.hit + above.hit,
        score.lost + above.lost,
        score.extra + above.extra,
    )


def _types(truth: Row, record: Row) -> Score:
    """A clause has the type that the truth names first (more are allowed)."""
    score, types = Score(), {c["id"]: c["types"] for c in record["clauses"]}
    for clause in (c for c in truth["clauses"] if c.get("types")):
        score.wanted += 1
        score.found += 1
        if clause["types"][0] in types.get(clause["id"], ()):
            score.hit += 1
        else:
            score.lost.append(f"{clause['id']} {clause['types'][0]} ≠ {types.get(clause['id'])}")
    return score


def _tables(truth: Row, record: Row) -> Score:
    """Every row of every table: address where given, and all cells that are not empty."""
    rows = [
        {"id": r["id"], "cells": [c["text"] for c in r["cells"] if c["text"]]}
        for table in record["tables"]
        for r in table["rows"]
    ]
    score = Score()
    for table in truth["tables"]:
        heads = [t["columns"] for t in record["tables"]]
        score.wanted += 1 + len(table["rows"])
        named = any(list(map(squash, table["columns"])) == list(map(squash, head)) for head in heads)
        score.hit += named
        score.lost += [] if named else [f"columns {table['columns']}"]
        for row in table["rows"]:
            cells = [squash(c) for c in row["cells"] if c]
            fits = any([squash(c) for c in r["cells"]] == cells and row.get("id") in (None, r["id"]) for r in rows)
            score.hit += fits
            score.lost += [] if fits else [f"row {row.get('id')} {row['cells']}"]
    score.found = score.hit
    return score


def _choices(truth: Row, record: Row) -> Score:
    def plain(choice: Row) -> Row:
        return {"clause": choice["clause"], "o": [f"{squash(o['text'])}{o['checked']}" for o in choice["options"]]}

    return match([plain(c) for c in truth["choices"]], [plain(c) for c in record["choices"]], ("clause", "o"))[0]


def _facts(truth: Row, record: Row) -> Score:
    """What a contract has once: title, number, dates, term, dispute, law, copies."""
    copies = record["copies"]
    if copies:
        words = {p["id"]: p["role"] for p in record["parties"]}
        shares = [s | {"party": _role(words.get(s["party"], s["party"]), truth, {})} for s in copies["shares"]]
        copies |= {"shares": sorted(f"{s['party']}{Decimal(s['number'])}" for s in shares)}
    wanted_copies = truth["copies"] | {
        "shares": sorted(f"{s['party']}{Decimal(s['number'])}" for s in truth["copies"]["shares"])
    }
    dispute, law, place = record["dispute"] or {}, record["governing_law"] or {}, record["sign_place"] or {}
    venue = truth["dispute"].get("venue")
    checks: dict[str, tuple[Any, Any, Callable[[Any, Any], bool]]] = {
        "title": (truth["title"], record["title"], agree),
        "contract_no": (truth["contract_no"], record["contract_no"], agree),
        "kind": (truth["kind"], record["kind"], agree),
        "sign_date": (truth["sign_date"], record["sign_date"], agree),
        "sign_place": (truth["sign_place"], place.get("text"), agree),
        "term": (truth["term"], record["term"], agree),
        "dispute.method": (truth["dispute"]["method"], dispute.get("method"), agree),
        "dispute.venue": (venue, dispute.get("venue"), _says),
        "governing_law": (truth["governing_law"], law.get("law"), agree),
        "copies": (wanted_copies, copies, agree),
    }
    lost = [f"{name}: {want} ≠ {got}" for name, (want, got, test) in checks.items() if not test(want, got)]
    return Score(len(checks), len(checks), len(checks) - len(lost), lost)


def _shown(row: Row, keys: Iterable[str]) -> str:
    values = " ".join(str(row[k]) for k in keys if row.get(k) is not None)
    return f"{values} «{row['text']}»" if row.get("text") else values
