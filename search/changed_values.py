"""Values that two contracts do not share: sums, rates, times, penalties, dates, parties, courts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from schema.comparison import ValueChange, ValueKind
from schema.contract import Contract
from schema.money import Amount
from schema.party import Party
from schema.penalty import Penalty
from schema.span import Span
from schema.timing import Deadline
from search.labels import label


@dataclass(frozen=True)
class _Value:
    """A value as a person would say it, with its place."""

    kind: ValueKind
    said: str
    clause: str | None
    span: Span | None


def changed_values(before: Contract, after: Contract, partners: Mapping[str, str]) -> Iterator[ValueChange]:
    """Values of one contract that the other has not, paired where they stand in partner clauses.

    Args:
        before: the first contract.
        after: the second contract.
        partners: clauses of the first to those of the second.

    Yields:
        Changes in the order of the first contract, then what only the second has.
    """
    old, new = list(_values(before)), list(_values(after))
    left = _without_common(old, new, partners)
    right = _without_common(new, old, {b: a for a, b in partners.items()})
    waiting: defaultdict[tuple[str, str | None], list[_Value]] = defaultdict(list)
    for value in right:
        waiting[value.kind, value.clause].append(value)
    for value in left:
        clause = partners.get(value.clause, value.clause) if value.clause else None
        others = waiting[value.kind, clause]
        yield _change(value, others.pop(0) if others else None)
    for others in waiting.values():
        for value in others:
            yield _change(None, value)


def _without_common(values: list[_Value], others: list[_Value], partners: Mapping[str, str]) -> list[_Value]:
    """Values that the partner clause does not say too, each as often as it does."""
    common: defaultdict[tuple[str, str, str | None], int] = defaultdict(int)
    for value in others:
        common[value.kind, value.said, value.clause] += 1
    left = []
    for value in values:
        clause = partners.get(value.clause, value.clause) if value.clause else None
        key = (value.kind, value.said, clause)
        if common[key]:
            common[key] -= 1
        else:
            left.append(value)
    return left


def _change(before: _Value | None, after: _Value | None) -> ValueChange:
    kind = before.kind if before else after.kind if after else "amount"
    return ValueChange(
        kind=kind,
        before=before.said if before else None,
        after=after.said if after else None,
        before_clause=before.clause if before else None,
        after_clause=after.clause if after else None,
        before_span=before.span if before else None,
        after_span=after.span if after else None,
    )


def _values(contract: Contract) -> Iterator[_Value]:
    roles = {party.id: party.role for party in contract.parties} | {"both": "双方"}
    for party in contract.parties:
        yield _Value("party", _party(party), None, party.span)
    for amount in contract.amounts:
        if amount.same_as is None or amount.form != "capitals":  # capitals repeat the figures
            yield _Value("amount", _amount(amount), amount.clause, amount.span)
    for rate in contract.rates:
        yield _Value("rate", _percent(rate.value), rate.clause, rate.span)
    for payment in contract.payments:
        said = [payment.label, f"{payment.percent.normalize():f}%" if payment.percent is not None else None]
        yield _Value("payment", " ".join(filter(None, said)), payment.clause, payment.span)
    for deadline in contract.deadlines:
        yield _Value("deadline", _deadline(deadline, roles), deadline.clause, deadline.span)
    for penalty in contract.penalties:
        yield _Value("penalty", _penalty(penalty, roles), penalty.clause, penalty.span)
    for date in contract.dates:
        yield _Value("date", " ".join(filter(None, [date.value, date.end])), date.clause, date.span)
    yield from _closing(contract)


def _closing(contract: Contract) -> Iterator[_Value]:
    if contract.term:
        yield _Value("term", contract.term.text, None, contract.term.span)
    if contract.dispute:
        said = " ".join(filter(None, [label("dispute", contract.dispute.method), contract.dispute.venue]))
        yield _Value("dispute", said, None, contract.dispute.span)
    if contract.governing_law:
        yield _Value("law", contract.governing_law.law, None, contract.governing_law.span)
    if contract.copies and contract.copies.total is not None:
        yield _Value("copies", f"{contract.copies.total:f}份", None, contract.copies.span)


def _party(party: Party) -> str:
    return " ".join(filter(None, [party.role, party.name]))


def _amount(amount: Amount) -> str:
    per = f"每{amount.per}" if amount.per else ""
    return " ".join(filter(None, [amount.label, f"{amount.value:,f} {amount.currency}", per]))


def _percent(value: Decimal) -> str:
    return f"{(value * 100).normalize():f}%"


def _deadline(deadline: Deadline, roles: Mapping[str, str]) -> str:
    unit = "工作日" if deadline.workday else label("deadline.unit", deadline.unit)
    length = f"{deadline.number.normalize():f}{unit}" if deadline.number is not None else deadline.text
    return " ".join(filter(None, [roles.get(deadline.who or "", deadline.who), length]))


def _penalty(penalty: Penalty, roles: Mapping[str, str]) -> str:
    parts: list[str | None] = [roles.get(penalty.liable or "", penalty.liable)]
    parts.append(_percent(penalty.rate) if penalty.rate is not None else None)
    parts.append(f"{penalty.amount:,f}元" if penalty.amount is not None else None)
    parts.append(f"{penalty.multiple.normalize():f}倍" if penalty.multiple is not None else None)
    parts.append(f"每{label('penalty.per', penalty.per)}" if penalty.per in ("day", "week", "month", "event") else None)
    if penalty.cap:
        sums = [_percent(penalty.cap.rate) if penalty.cap.rate is not None else None]
        sums.append(f"{penalty.cap.amount:,f}元" if penalty.cap.amount is not None else None)
        parts.append("上限 " + " ".join(filter(None, [penalty.cap.base, *sums])))
    return " ".join(filter(None, parts)) or penalty.text
