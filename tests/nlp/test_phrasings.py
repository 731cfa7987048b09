"""Phrasings from standard forms and templates, tried as they are: tests/specs/phrasings."""

import pytest

from nlp.normalize import fold
from nlp.parse import parse
from schema.contract import Contract
from schema.penalty import Penalty
from tests.nlp.test_parties import FIELDS
from tests.nlp.test_value_specs import READERS
from tests.support.builders import document
from tests.support.specs import rows

CONTRACT = "技术服务合同\n甲方（委托方）：青禾科技有限公司\n乙方（受托方）：远山软件有限公司\n第一条 违约责任\n"


@pytest.mark.parametrize(
    ("kind", "text", "expect"),
    [
        pytest.param(kind, text, expect, id=f"{kind}:{text}")
        for table in ("money", "money_more", "durations", "rates", "rates_more")
        for kind in [table.removesuffix("_more")]
        for text, expect in rows(f"phrasings/{table}")
    ],
)
def test_values(kind: str, text: str, expect: list[str]) -> None:
    assert READERS[kind](fold(text)) == expect


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        pytest.param(*row, id=row[0][:80])
        for table in ("party_labels", "party_labels_more")
        for row in rows(f"phrasings/{table}")
    ],
)
def test_party_labels(text: str, expect: list[str]) -> None:
    assert heads(parse(document(text))) == expect


def heads(record: Contract) -> list[str]:
    """Role words and name of each party."""
    assert FIELDS
    return [f"{'+'.join((p.role, *p.other_roles))} = {p.name or ('?' if p.blank else '-')}" for p in record.parties]


@pytest.mark.parametrize(("text", "expect"), [pytest.param(*row, id=row[0]) for row in rows("phrasings/penalties")])
def test_penalties(text: str, expect: list[str]) -> None:
    record = parse(document(CONTRACT + text))
    words = {p.id: p.role for p in record.parties} | {"both": "both"}
    found = [p for p in record.penalties if p.kind != "unquantified" or any("unquantified" in e for e in expect)]
    assert [described(p, words, e) for p, e in zip(found, [*expect, *[""] * len(found)], strict=False)] == expect


def described(penalty: Penalty, words: dict[str, str], wanted: str) -> str:
    """A penalty in words, with as many details as are wanted."""
    value = next((v for v in (penalty.rate, penalty.amount, penalty.multiple) if v is not None), None)
    parts = [penalty.kind, words.get(penalty.liable or "", "-")]
    parts += [format(value.normalize(), "f")] if value is not None else []
    cap = penalty.cap.rate if penalty.cap else None
    details = {"base": penalty.base, "tier": penalty.tier, "cap": cap}
    for detail in wanted.split():
        key, found, _ = detail.partition("=")
        if found:
            given = details[key]
            parts.append(f"{key}={given if isinstance(given, str | int | None) else format(given.normalize(), 'f')}")
    return " ".join(parts)
