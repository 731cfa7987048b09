"""Questions whose answer is known: each asks the index for something a stored contract certainly has.

An index can be complete and still not answer: a field that is written and never asked, or asked and never written, is
found only from the side of the question.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from schema.query import ClauseQuery, Condition

if TYPE_CHECKING:
    from corpus.catalogue import Card
    from schema.contract import Contract

_WORDS = 10
_LENGTH = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}


def canaries(contract: "Contract", card: "Card") -> Iterator[tuple[str, ClauseQuery]]:
    """Fields and queries that must find this contract.

    Args:
        contract: as it was indexed, with corrections.
        card: its folder and tags.
    """
    here = Condition(field="contract", values=(contract.id,))
    for field, text in _texts(contract):
        yield field, ClauseQuery(text=text, where=(here,), limit=1)
    for field, value in _values(contract, card):
        yield field, ClauseQuery(where=(here, Condition(field=field, values=(value,))), limit=1)


def _texts(contract: "Contract") -> Iterator[tuple[str, str]]:
    """Words that stand in it: exact ones, and its title."""
    for clause in contract.clauses:
        words = "".join(span.of(contract.text) for span in clause.own_spans)
        run = next((words[i : i + _WORDS] for i in range(len(words) - _WORDS) if words[i : i + _WORDS].isalpha()), "")
        if run:
            yield "text", f'"{run}"'
            return


def _values(contract: "Contract", card: "Card") -> Iterator[tuple[str, str]]:
    """One value of each field it has."""
    yield from ((name, value) for name, value in (("folder", card.folder), ("kind", contract.kind)) if value)
    yield from (("tag", tag) for tag in card.tags[:1])
    yield from (("party", party.name) for party in contract.parties[:1] if party.name)
    yield from (("type", name) for name in sorted({clause.types[0] for clause in contract.clauses if clause.types}))
    yield from (("amount.value", format(amount.value, "f")) for amount in contract.amounts[:1] if amount.value >= 0)
    yield from (("rate.value", format(rate.value, "f")) for rate in contract.rates[:1] if rate.value >= 0)
    for deadline in contract.deadlines:
        if deadline.number is not None and deadline.unit in _LENGTH and deadline.number == int(deadline.number):
            unit = "workday" if deadline.workday else _LENGTH[deadline.unit]
            yield "deadline.length", f"{deadline.number:f}{unit}"
            break
    yield from (("finding", finding.code) for finding in contract.findings[:1])
