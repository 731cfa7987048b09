"""What a breach costs, and what is no breach."""

from typing import Literal

from schema.base import Number, Ordinal
from schema.elements import Element
from schema.values import Cap, Duration, Exposure, Threshold

PenaltyPeriod = Literal["day", "week", "month", "event", "once"]
Remedy = Literal[
    "liquidated_damages",
    "compensation",
    "termination",
    "refund",
    "forfeit_deposit",
    "double_deposit",
    "set_off",
    "cure",
    "interest",
    "removal",
    "discretionary",
    "other",
]
PenaltyKind = Literal[
    "rate_per_day",
    "rate_per_week",
    "rate_per_month",
    "rate_per_event",
    "rate_once",
    "fixed",
    "fixed_per_day",
    "fixed_per_event",
    "multiple",
    "months_rent",
    "interest",
    "unquantified",
]


class Penalty(Element):
    """What a breach costs. Clauses that bind both sides differently give one penalty a side.

    Attributes:
        liable: party id, `both`, or None.
        beneficiary: party id, `both`, or None.
        base: words of the base (`合同总额`).
        base_ref: amount id or `contract_total`.
        trigger: the breach, in the words of the clause.
        rate: as a fraction of the base.
        per: what one such sum falls due for.
        multiple: two months of rent: 2; tenfold: 10.
        amount: fixed sum.
        cap: the most it may reach.
        threshold: how long the breach must last.
        tier: place in a scale of rates, from 1.
        grace: time allowed before it runs.
        remedies: consequences named.
        kind: form of the penalty.
        blank: the form has a place for the number and nothing stands there.
        exposure: in money, where computable.
    """

    liable: str | None = None
    beneficiary: str | None = None
    base: str | None = None
    base_ref: str | None = None
    trigger: str | None = None
    rate: Number | None = None
    per: PenaltyPeriod | None = None
    multiple: Number | None = None
    amount: Number | None = None
    cap: Cap | None = None
    threshold: Threshold | None = None
    tier: Ordinal | None = None
    grace: Duration | None = None
    remedies: tuple[Remedy, ...] = ()
    kind: PenaltyKind = "unquantified"
    blank: bool = False
    exposure: Exposure | None = None


class Exclusion(Element):
    """What is said not to be a breach (不视为违约).

    Attributes:
        protects: party id, `both`, or None.
        trigger: the case, in the words of the clause.
    """

    protects: str | None = None
    trigger: str | None = None
