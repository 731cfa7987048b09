"""Sums, percentages and instalments."""

from typing import Literal

from pydantic import Field

from schema.base import Number, Ordinal
from schema.elements import Element
from schema.span import SpannedText

AmountForm = Literal["capitals", "figures", "table_cell"]
AmountRole = Literal[
    "total", "instalment", "unit_price", "line_total", "deposit", "rent", "cap", "penalty", "tax", "other"
]
RateRole = Literal["tax", "share", "interest", "discount", "metric", "other"]


class Amount(Element):
    """A sum of money.

    Attributes:
        value: in whole currency units (万元 multiplied out).
        currency: ISO 4217.
        form: how it is written.
        label: the words that name it (`合同总价`).
        role: what it is.
        is_total: whether it is the price of the whole contract.
        tax_included: 含税 / 不含税, None when not said.
        per: unit it is for (`月`, `平方米`), None for a plain sum.
        same_as: id of its twin in the other form (capitals and figures).
    """

    value: Number
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$")
    form: AmountForm
    label: str | None = None
    role: AmountRole = "other"
    is_total: bool = False
    tax_included: bool | None = None
    per: str | None = None
    same_as: str | None = None


class Rate(Element):
    """A percentage that is not a penalty.

    Attributes:
        value: as a fraction (13 % is 0.13).
        role: what it measures.
    """

    value: Number
    role: RateRole = "other"


class Payment(Element):
    """One instalment.

    Attributes:
        sequence: place in its schedule, from 1.
        label: 首付款, 尾款 …
        percent: in percentage points (`70`).
        amount: in whole currency units.
        amount_id: the amount element.
        payer: party id.
        payee: party id.
        conditions: all must hold.
        deadline: id of the deadline.
        schedule: name of the alternative it belongs to; None when there is one schedule.
    """

    sequence: Ordinal
    label: str | None = None
    percent: Number | None = None
    amount: Number | None = None
    amount_id: str | None = None
    payer: str | None = None
    payee: str | None = None
    conditions: tuple[SpannedText, ...] = ()
    deadline: str | None = None
    schedule: str | None = None
