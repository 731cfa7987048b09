"""The tables of facts: a sentence inside a small contract, one test a row."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from nlp.parse import parse
from schema.contract import Contract
from schema.money import Amount, Payment
from schema.timing import Deadline
from tests.support.builders import document
from tests.support.specs import rows

HEAD = "技术服务合同\n甲方（委托方）：青禾科技有限公司\n乙方（受托方）：远山软件有限公司\n"
BODY = HEAD + "第一条 约定事项\n"


def plain(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def amounts(text: str) -> list[str]:
    return [shown_amount(a) for a in parse(document(BODY + text)).amounts]


def shown_amount(amount: Amount) -> str:
    words = [amount.role + ("!" if amount.is_total else ""), plain(amount.value)]
    words += [amount.currency] if amount.currency != "CNY" else []
    words += [f"/{amount.per}"] if amount.per else []
    words += ["tax" if amount.tax_included else "net"] if amount.tax_included is not None else []
    return " ".join(words)


def rate_roles(text: str) -> list[str]:
    return [f"{r.role} {plain(r.value)}" for r in parse(document(BODY + text)).rates]


def payments(text: str) -> list[str]:
    record = parse(document(BODY + text))
    limits = {d.id: d for d in record.deadlines}
    return [_payment(p, limits) for p in record.payments]


def _payment(payment: Payment, limits: dict[str, Deadline]) -> str:
    words = plain(payment.percent) + (f"={plain(payment.amount)}" if payment.amount is not None else "") or "?"
    limit = limits.get(payment.deadline or "")
    return words + (_limit(limit) if limit and payment.percent is not None else "")


def _limit(deadline: Deadline) -> str:
    return f" d={plain(deadline.number)}{'workday' if deadline.workday else deadline.unit}"


def terms(text: str) -> list[str]:
    return term_of(parse(document(BODY + text)))


def term_of(record: Contract) -> list[str]:
    term = record.term
    if term is None or not (term.start or term.end or term.duration):
        return ["-"]
    length = f"{plain(term.duration.number)}{term.duration.unit}" if term.duration else "-"
    return [f"{term.start or '-'} {term.end or '-'} {length}"]


def disputes(text: str) -> list[str]:
    return dispute_of(parse(document(BODY + text)))


def dispute_of(record: Contract) -> list[str]:
    dispute = record.dispute
    return [f"{dispute.method} {dispute.venue or ''}".strip()] if dispute else ["-"]


def head_facts(text: str) -> list[str]:
    record = parse(document(f"技术服务合同\n{text}\n" + BODY.removeprefix("技术服务合同\n") + "双方应当依约履行。"))
    return head_of(record)


def head_of(record: Contract) -> list[str]:
    found = [f"no {record.contract_no}"] if record.contract_no else []
    found += [f"date {record.sign_date.value}"] if record.sign_date else []
    found += [f"place {record.sign_place.text}"] if record.sign_place else []
    return found or ["-"]


def closing(text: str) -> list[str]:
    return closing_of(parse(document(BODY + text)))


def closing_of(record: Contract) -> list[str]:
    return list(_copies(record)) + ([f"law {record.governing_law.law}"] if record.governing_law else []) or ["-"]


def _copies(record: Contract) -> Iterator[str]:
    if record.copies and record.copies.total is not None:
        roles = {p.id: p.role for p in record.parties}
        shares = [f"{roles.get(s.party or '', '-')}{plain(s.number)}" for s in record.copies.shares]
        yield " ".join(["copies", plain(record.copies.total), *shares])


READERS: dict[str, Callable[[str], list[str]]] = {
    "amounts": amounts,
    "rate_roles": rate_roles,
    "payments": payments,
    "terms": terms,
    "disputes": disputes,
    "head_facts": head_facts,
    "closing": closing,
}


@pytest.mark.parametrize(
    ("kind", "text", "expect"),
    [pytest.param(kind, text, expect, id=f"{kind}:{text}") for kind in READERS for text, expect in rows(kind)],
)
def test_fact(kind: str, text: str, expect: list[str]) -> None:
    assert [re.sub(r"\s+", " ", found).strip() for found in READERS[kind](text)] == [e.strip() for e in expect]
