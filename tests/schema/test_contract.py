"""The record survives JSON unchanged, refuses floats for money and unknown fields."""

from decimal import Decimal
from typing import get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from schema.base import Model
from schema.clause import Clause, Part
from schema.closing import Copies, Dispute, GoverningLaw
from schema.contract import Contract, Producer
from schema.finding import Finding
from schema.form import Blank, Choice, Signature
from schema.money import Amount, Payment, Rate
from schema.page import Furniture, Page
from schema.party import Party
from schema.penalty import Exclusion, Penalty
from schema.problem import Problem
from schema.query import ClauseQuery, Condition, Hit, HitBox
from schema.reference import Definition, Reference
from schema.source import SourceFile
from schema.span import Evidence, Span
from schema.table import Table
from schema.timing import Date, Deadline, Term

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**13, places=4)
SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**4)).map(lambda t: Span(start=t[0], end=t[0] + t[1]))
SHA256 = st.text("0123456789abcdef", min_size=64, max_size=64)
st.register_type_strategy(Decimal, DECIMALS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(Span, SPANS)
st.register_type_strategy(SourceFile, st.builds(SourceFile, sha256=SHA256))
st.register_type_strategy(Amount, st.builds(Amount, currency=st.sampled_from(["CNY", "USD"])))
st.register_type_strategy(Condition, st.builds(Condition, values=st.tuples(st.text())))
FACTS = [
    Amount,
    Blank,
    Choice,
    Date,
    Deadline,
    Definition,
    Exclusion,
    Party,
    Payment,
    Penalty,
    Rate,
    Reference,
    Signature,
]
OTHERS = [Page, Furniture, Table, Part, Clause, Finding, Problem, Term, Dispute, GoverningLaw, Copies, ClauseQuery, Hit]
SOURCE = SourceFile(sha256="0" * 64, name="a.txt", media_type="text/plain", size=3)
SAMPLE = {"id": "a1", "clause": None, "span": {"start": 0, "end": 1}, "text": "一", "evidence": {"rule": "r"}}


@given(value=DECIMALS)
def test_money_survives_json_digit_by_digit(value: Decimal) -> None:
    amount = Amount(
        id="a1",
        clause="main/1",
        span=Span(start=0, end=3),
        text="一百元",
        evidence=Evidence(rule="money.capitals"),
        value=value,
        form="capitals",
    )
    again = Amount.model_validate_json(amount.model_dump_json())
    assert again == amount
    assert str(again.value) == format(value, "f")


@pytest.mark.parametrize("model", [*FACTS, *OTHERS])
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_models_round_trip_through_json(model: type[Model], data: st.DataObject) -> None:
    value = data.draw(st.from_type(model))
    assert model.model_validate_json(value.model_dump_json()) == value


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_record_with_one_of_everything_round_trips(data: st.DataObject) -> None:
    several = {
        name: (data.draw(st.from_type(get_args(field.annotation)[0])),)
        for name, field in Contract.model_fields.items()
        if get_origin(field.annotation) is tuple
    }
    contract = Contract(producer=Producer(name="q", version="1"), id="0", source=SOURCE, text="甲", **several)
    again = Contract.model_validate_json(contract.model_dump_json())
    assert again == contract
    assert all(len(getattr(again, name)) == 1 for name in several)


def test_a_float_is_refused_as_money() -> None:
    with pytest.raises(ValidationError, match="decimal string"):
        Amount.model_validate(SAMPLE | {"value": 0.1, "form": "figures"})


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="extra"):
        Amount.model_validate(SAMPLE | {"value": "0.1", "form": "figures", "colour": "red"})


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError):
        Span(start=2, end=1)


def test_geometry_is_finite() -> None:
    with pytest.raises(ValidationError, match="finite"):
        HitBox(page=1, box=(0.0, 0.0, 0.0, float("inf")))


def test_exponents_never_reach_json() -> None:
    amount = Amount.model_validate(SAMPLE | {"value": "1E+2", "form": "figures"})
    assert '"value":"100"' in amount.model_dump_json()
