"""Time limits, dates and the term."""

from typing import Annotated, Literal

from annotated_types import Ge, Le

from schema.base import Model, Number
from schema.elements import Element
from schema.span import Span, SpannedText
from schema.values import Comparison, Duration, Precision, TimeUnit

DeadlineKind = Literal[
    "deadline",
    "duration",
    "term",
    "recurrence",
    "threshold",
    "rate_period",
    "service_hours",
    "counting_rule",
    "billing_period",
]
Relation = Literal["within", "before", "after", "every", "from", "for", "during"]
DateRole = Literal["sign", "effective", "expiry", "delivery", "start", "event", "law", "other"]


class Deadline(Element):
    """A time limit, duration, term or recurrence; kept symbolic, never turned into a date here.

    Attributes:
        number: how many units; None for a day of the month or a blank.
        unit: of time.
        workday: whether working days are counted.
        kind: what sort of time it is.
        relation: how it lies to its trigger.
        op: comparison for thresholds and limits.
        who: party id, `both`, or None.
        what: what is owed, in the words of the clause.
        trigger: the event it counts from.
        date: ISO date when it is tied to one.
        day_of_month: 每月21日前 gives 21.
        placeholder: printed inside fill-in brackets (【7】日).
    """

    number: Number | None = None
    unit: TimeUnit
    workday: bool = False
    kind: DeadlineKind = "deadline"
    relation: Relation | None = None
    op: Comparison | None = None
    who: str | None = None
    what: str | None = None
    trigger: SpannedText | None = None
    date: str | None = None
    day_of_month: Annotated[int, Ge(1), Le(31)] | None = None
    placeholder: bool = False


class Date(Element):
    """A calendar date.

    Attributes:
        value: ISO text as far as printed.
        precision: how far that is.
        end: end of a range, ISO.
        role: what happens then.
        valid: False when no calendar has it (2月30日); the value stays as printed.
    """

    value: str
    precision: Precision
    end: str | None = None
    role: DateRole = "other"
    valid: bool = True


class Term(Model):
    """How long the contract runs.

    Attributes:
        start: ISO date.
        end: ISO date.
        start_event: words, where it starts with an event (自双方签字盖章之日起).
        end_event: words, where it ends with an event.
        duration: length.
        text: words.
        span: place.
    """

    start: str | None = None
    end: str | None = None
    start_event: str | None = None
    end_event: str | None = None
    duration: Duration | None = None
    text: str
    span: Span
