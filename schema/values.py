"""Small values that elements are made of."""

from typing import Literal

from schema.base import Model, Number
from schema.span import Span

TimeUnit = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]
Comparison = Literal[">", ">=", "<", "<="]
Precision = Literal["day", "month", "year"]
Scalar = str | bool | int | tuple[str, ...] | None
"""A field a person can type; numbers that are money, rates or quantities are decimal strings."""


class Duration(Model):
    """A length of time, kept as said: three months are never ninety days.

    Attributes:
        number: how many.
        unit: of what.
        workday: whether working days are counted.
    """

    number: Number
    unit: TimeUnit
    workday: bool = False


class Threshold(Model):
    """A limit that must be passed before a consequence (逾期超过30日)."""

    number: Number
    unit: TimeUnit
    workday: bool = False
    op: Comparison | None = None


class DateValue(Model):
    """A calendar date as printed: what is missing stays missing.

    Attributes:
        value: ISO text: `2025-01-31`, `2025-01`, `2025`.
        precision: what of it was printed.
        span: its words.
        text: its words.
    """

    value: str
    precision: Precision
    span: Span
    text: str


class Cap(Model):
    """The most a penalty may reach."""

    rate: Number | None = None
    base: str | None = None
    amount: Number | None = None


class Exposure(Model):
    """A penalty in money, where rate and base are known.

    Attributes:
        value: in yuan.
        per: what one such sum falls due for.
        formula: how it was computed, readable (`4004736.60 × 0.0001`).
    """

    value: Number
    per: Literal["day", "week", "month", "event", "once"] | None = None
    formula: str
