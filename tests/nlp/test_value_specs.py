"""The tables of values: one test a row, the id is the text."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from nlp.normalize import fold
from nlp.values.blanks import find_blanks
from nlp.values.dates import find_dates
from nlp.values.durations import Duration, find_durations
from nlp.values.identifiers import find_identifiers
from nlp.values.money import find_money
from nlp.values.rates import find_rates
from tests.support.specs import rows


def plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def money(text: str) -> list[str]:
    return [f"{plain(m.value)} {m.currency}" for m in find_money(text)]


def rates(text: str) -> list[str]:
    return [plain(r.value) for r in find_rates(text) if not r.twin]


def duration(found: Duration) -> str:
    if found.form == "service_hours":
        return "service"
    if found.form == "day_of_month":
        return f"monthly {found.day}"
    number = "" if found.number is None else plain(found.number)
    low = f"{plain(found.low)}.." if found.low is not None else ""
    form = {"plain": "", "every": "every ", "ordinal": "nth "}[found.form]
    return f"{form}{low}{number} {'workday' if found.workday else found.unit}"


def durations(text: str) -> list[str]:
    return [duration(d) for d in find_durations(text)]


def dates(text: str) -> list[str]:
    return [("" if d.valid else "!") + d.value + (f"/{d.last}" if d.last else "") for d in find_dates(text)]


def identifiers(text: str) -> list[str]:
    return [f"{i.kind} {i.value}" + (" invalid" if i.valid is False else "") for i in find_identifiers(text)]


def blanks(text: str) -> list[str]:
    return [f"{b.state} {b.content}".strip() for b in find_blanks(text)]


READERS: dict[str, Callable[[str], list[str]]] = {
    "money": money,
    "rates": rates,
    "durations": durations,
    "dates": dates,
    "identifiers": identifiers,
    "blanks": blanks,
}


@pytest.mark.parametrize(
    ("kind", "text", "expect"),
    [pytest.param(kind, text, expect, id=f"{kind}:{text}") for kind in READERS for text, expect in rows(kind)],
)
def test_value(kind: str, text: str, expect: list[str]) -> None:
    assert READERS[kind](fold(text)) == expect
