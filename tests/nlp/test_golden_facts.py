"""Records of the contracts written by hand hold what their truth says, and what the record promises."""

import re
from functools import cache
from typing import Any

import pytest

from ingest.read import read
from nlp.parse import parse
from schema.contract import Contract
from tests.support import heldout
from tests.support.truth import Score

# of the whole set; a single contract may miss one
LISTS = (
    "amounts",
    "rates",
    "payments",
    "deadlines",
    "dates",
    "penalties",
    "exclusions",
    "blanks",
    "choices",
    "signatures",
)
BARS = {"parties": 0.99, "amounts": 0.98, "payments": 0.95, "dates": 0.95, "facts": 0.98, "forms": 0.95, "rates": 0.9}


@cache
def record_of(name: str) -> Contract:
    return parse(read(heldout.file_of(name)))


@pytest.mark.parametrize("kind", BARS)
def test_the_lists_of_all_contracts_reach_their_bar(kind: str) -> None:
    total = Score()
    for name in heldout.names():
        score = heldout.compare(heldout.truth_of(name), record_of(name)).get(kind, Score())
        total.wanted, total.found, total.hit = (
            total.wanted + score.wanted,
            total.found + score.found,
            total.hit + score.hit,
        )
        total.lost += [f"{name}: {words}" for words in (*score.lost, *score.extra)]
    assert total.wanted > 0
    assert min(total.precision, total.recall) >= BARS[kind], total.lost


@pytest.mark.parametrize("name", heldout.names())
def test_a_record_holds_no_float_and_points_into_its_text(name: str) -> None:
    contract = record_of(name)
    record = contract.model_dump()
    del record["pages"], record["furniture"], record["tables"]
    assert not list(_floats(record, "record"))
    assert re.sub(r"\s", "", contract.text)
    clauses = {c.id: c.span for c in contract.clauses}
    for kind in LISTS:
        for element in getattr(contract, kind):
            assert element.span.of(contract.text) == element.text, (kind, element)
            home = clauses.get(element.clause)
            assert home is None or home.start <= element.span.start <= home.end, (kind, element)


def _floats(value: Any, path: str) -> Any:  # noqa: ANN401
    if isinstance(value, float):
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _floats(inner, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _floats(inner, path)


def test_a_blank_form_gives_no_value() -> None:
    contract = record_of("sale_blank")
    assert not contract.amounts
    assert not contract.dates
    assert not contract.rates
    assert not contract.payments
    assert contract.contract_no is None
    assert contract.sign_date is None
    assert {p.name for p in contract.parties} == {None}
