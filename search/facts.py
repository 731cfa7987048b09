"""Facts of a clause as words and integers to filter by.

`每延迟一日按合同总额的0.01%支付违约金` (乙方 liable) gives the penalty words `penalty.per=day`, `penalty.liable=乙方`,
`penalty.cap=none` and the number `penalty_rate` 100000. Facts of one kind in one clause are kept apart by their slot.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from schema.contract import Contract
from schema.elements import Element
from schema.party import Party
from schema.penalty import Penalty
from schema.timing import Deadline
from search.scale import MONEY, PERCENT, RATE, day_number, minutes, scaled


@dataclass(frozen=True)
class Fact:
    """One fact.

    Attributes:
        kind: `amount`, `deadline` … ; conditions on one kind must hold for one fact.
        words: attribute and value, several for one attribute where it has several names.
        numbers: index field and scaled value.
    """

    kind: str
    words: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()


@dataclass
class _Parts:
    """Words and numbers as they are found; unknown values leave no trace."""

    words: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[tuple[str, int]] = field(default_factory=list)

    def word(self, attribute: str, *values: str | None) -> "_Parts":
        self.words += [(attribute, value) for value in dict.fromkeys(values) if value]
        return self

    def number(self, name: str, value: Decimal | None, digits: int) -> "_Parts":
        if value is not None:
            self.numbers.append((name, scaled(value, digits)))
        return self

    def fact(self, kind: str) -> Fact:
        return Fact(kind, tuple(self.words), tuple(self.numbers))


def party_names(party: Party) -> tuple[str, ...]:
    """All names of a party: canonical, short, former."""
    return tuple(dict.fromkeys(n for n in (party.name, *party.aliases, *party.former_names) if n))


def party_roles(party: Party) -> tuple[str, ...]:
    """All printed roles and the role in law."""
    return tuple(dict.fromkeys((party.role, *party.other_roles, party.role_kind)))


def party_facts(contract: Contract) -> tuple[Fact, ...]:
    """The parties, for every clause of the contract."""
    return tuple(
        _Parts().word("party", *party_names(p)).word("role", *party_roles(p)).fact("party") for p in contract.parties
    )


def clause_facts(contract: Contract) -> Iterator[tuple[str | None, int, Fact]]:
    """All facts but the parties.

    Yields:
        Clause id as the fact names it, offset of the fact in the text, the fact.
    """
    parties = {party.id: party for party in contract.parties}
    for element, fact in _facts(contract, parties):
        yield element.clause, element.span.start, fact


def _names(party_id: str | None, parties: dict[str, Party]) -> Iterable[str]:
    if party_id is None:
        return ()
    if party_id == "both":
        return ("both", "双方")
    party = parties.get(party_id)
    return (*party_roles(party), *party_names(party)) if party else (party_id,)


def _facts(contract: Contract, parties: dict[str, Party]) -> Iterator[tuple[Element, Fact]]:
    for amount in contract.amounts:
        role = "total" if amount.is_total else amount.role
        parts = _Parts().word("role", role).word("currency", amount.currency).number("amount", amount.value, MONEY)
        yield amount, parts.fact("amount")
    for rate in contract.rates:
        yield rate, _Parts().word("role", rate.role).number("rate", rate.value, RATE).fact("rate")
    for payment in contract.payments:
        yield payment, _Parts().number("payment_percent", payment.percent, PERCENT).fact("payment")
    for deadline in contract.deadlines:
        yield deadline, _deadline(deadline, parties)
    for penalty in contract.penalties:
        yield penalty, _penalty(penalty, parties)
    for date in contract.dates:
        day = day_number(date.value) if date.valid else None
        numbers = (("clause_date", day),) if day else ()
        yield date, Fact("date", (("role", date.role),), numbers)
    for blank in contract.blanks:
        if blank.state == "empty":
            yield blank, _Parts().word("blank", "true", blank.field).fact("blank")


def _deadline(deadline: Deadline, parties: dict[str, Party]) -> Fact:
    parts = _Parts().word("unit", deadline.unit).word("kind", deadline.kind)
    parts.word("workday", "true" if deadline.workday else "false").word("who", *_names(deadline.who, parties))
    if deadline.number is not None:
        if deadline.workday:
            parts.number("deadline_workdays", deadline.number, MONEY)
        else:
            parts.numbers.append(("deadline_minutes", minutes(deadline.number, deadline.unit)))
    return parts.fact("deadline")


def _penalty(penalty: Penalty, parties: dict[str, Party]) -> Fact:
    parts = _Parts().word("per", penalty.per).word("liable", *_names(penalty.liable, parties))
    parts.word("remedy", *penalty.remedies).word("kind", penalty.kind).word("cap", None if penalty.cap else "none")
    parts.number("penalty_rate", penalty.rate, RATE).number("penalty_amount", penalty.amount, MONEY)
    if penalty.cap:
        parts.number("penalty_cap", penalty.cap.rate, RATE).number("penalty_cap_amount", penalty.cap.amount, MONEY)
    return parts.fact("penalty")
