"""Tables of facts over many kinds of contract, one test a row: tests/specs/*_more.toml and those named in READERS.

What a row does not name is not compared: `30 d=10day 甲方>乙方` says nothing of the label and the conditions.
"""

import re
from collections.abc import Callable, Iterator

import pytest

from nlp.parse import parse
from schema.contract import Contract
from schema.money import Payment
from tests.nlp.test_fact_specs import closing_of, dispute_of, head_of, plain, shown_amount, term_of
from tests.support.builders import document
from tests.support.heads import CLAUSE, HEADS, LAST, contract_of
from tests.support.specs import Case, cases

Reader = Callable[[Contract, list[str]], list[str]]


def payments(record: Contract, expect: list[str]) -> list[str]:
    wanted = [*expect, *[""] * len(record.payments)]
    return [_payment(record, p, w) for p, w in zip(record.payments, wanted, strict=False)]


def _payment(record: Contract, payment: Payment, wanted: str) -> str:
    number = plain(payment.percent) + (f"={plain(payment.amount)}" if payment.amount is not None else "")
    return " ".join([number or "?", *_details(record, payment, wanted)])


def _details(record: Contract, payment: Payment, wanted: str) -> Iterator[str]:
    roles = {p.id: p.role for p in record.parties}
    limit = next((d for d in record.deadlines if d.id == payment.deadline), None)
    if "d=" in wanted:
        length = f"{plain(limit.number)}{'workday' if limit.workday else limit.unit}" if limit else "-"
        yield f"d={limit.date if limit and limit.date else length}"
    if ">" in wanted:
        yield f"{roles.get(payment.payer or '', '-')}>{roles.get(payment.payee or '', '-')}"
    if "if=" in wanted:
        yield "if=" + "&".join(c.text for c in payment.conditions)
    if "label=" in wanted:
        yield f"label={payment.label}"


def amounts(record: Contract, _: list[str]) -> list[str]:
    return [shown_amount(a) for a in record.amounts]


def rate_roles(record: Contract, _: list[str]) -> list[str]:
    return [f"{r.role} {plain(r.value)}" for r in record.rates]


def terms(record: Contract, _: list[str]) -> list[str]:
    return term_of(record)


def disputes(record: Contract, _: list[str]) -> list[str]:
    return dispute_of(record)


def head(record: Contract, _: list[str]) -> list[str]:
    return head_of(record)


def copies(record: Contract, _: list[str]) -> list[str]:
    return closing_of(record)


def date_roles(record: Contract, _: list[str]) -> list[str]:
    return [f"{d.role} {d.value}" + (f"/{d.end}" if d.end else "") for d in record.dates]


def blanks(record: Contract, expect: list[str]) -> list[str]:
    unnamed = [e.startswith("*") for e in expect] + [False] * len(record.blanks)
    return [f"{'*' if any_ else b.field}: {b.state}" for b, any_ in zip(record.blanks, unnamed, strict=False)]


def choices(record: Contract, _: list[str]) -> list[str]:
    return [
        "|".join(("*" if o.checked else "") + o.text.strip(" ;；。、/") for o in choice.options)
        for choice in record.choices
    ]


def signatures(record: Contract, _: list[str]) -> list[str]:
    roles = {p.id: p.role for p in record.parties}
    return [f"{roles.get(s.party or '', '-')} {s.signer or '-'} {s.date or '-'}" for s in record.signatures]


def exclusions(record: Contract, _: list[str]) -> list[str]:
    roles: dict[str | None, str] = {"both": "both", **{p.id: p.role for p in record.parties}}
    return [roles.get(e.protects, "-") for e in record.exclusions]


def liabilities(record: Contract, expect: list[str]) -> list[str]:
    roles: dict[str | None, str] = {"both": "both", **{p.id: p.role for p in record.parties}}
    wanted = [*expect, *[""] * len(record.penalties)]
    return [
        " ".join([roles.get(p.liable, "-"), *(r for r in w.split()[1:] if r in p.remedies)])
        for p, w in zip(record.penalties, wanted, strict=False)
    ]


def titles(record: Contract, _: list[str]) -> list[str]:
    return [re.sub(r"\s", "", record.title) if record.title else "-"]


READERS: dict[str, Reader] = {
    "payments_more": payments,
    "amounts_more": amounts,
    "rate_roles_more": rate_roles,
    "terms_more": terms,
    "disputes_more": disputes,
    "head_facts_more": head,
    "copies": copies,
    "governing_law": copies,
    "date_roles": date_roles,
    "form_blanks": blanks,
    "choices": choices,
    "signatures": signatures,
    "exclusions": exclusions,
    "liabilities_more": liabilities,
    "titles": titles,
}


def text_of(table: str, case: Case) -> str:
    """Where the words of a row stand: in the head, above the parties, behind the clauses, else in the first clause."""
    title, parties = HEADS[case.contract].split("\n", 1)
    if table == "head_facts_more":
        return f"{title}\n{case.text}\n{parties}{CLAUSE}{LAST}"
    if table == "titles":
        return f"{case.text}\n{parties}{CLAUSE}{LAST}"
    if table == "signatures":
        return contract_of(case.contract, f"{LAST}\n{case.text}")
    return contract_of(case.contract, case.text)


@pytest.mark.parametrize(
    ("table", "case"),
    [pytest.param(table, case, id=f"{table}:{case.text}") for table in READERS for case in cases(table)],
)
def test_fact(table: str, case: Case) -> None:
    record = parse(document(text_of(table, case)))
    assert READERS[table](record, case.expect) == case.expect
