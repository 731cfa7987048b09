"""Parties in every position of a label; one case a row of tests/specs/parties.toml.

A row expects, a party a line: `role[+other roles] = name`, `= ?` for a blank, `field: value` for contacts.
"""

import pytest

from nlp.parse import parse
from schema.party import Party
from tests.support.builders import document
from tests.support.specs import rows

FIELDS = (
    *("credit_code", "legal_representative", "agent", "address", "phone", "fax", "email"),
    *("postcode", "bank", "account", "account_holder"),
)


def shown(party: Party) -> list[str]:
    name = party.name or ("?" if party.blank else "-")
    lines = [f"{'+'.join((party.role, *party.other_roles))} = {name}"]
    lines += [f"former: {word}" for word in party.former_names] + [f"alias: {word}" for word in party.aliases]
    lines += [f"{field}: {value.text}" for field in FIELDS for value in getattr(party, field)]
    return lines


@pytest.mark.parametrize(("text", "expect"), [pytest.param(*row, id=row[0][:60]) for row in rows("parties")])
def test_parties(text: str, expect: list[str]) -> None:
    record = parse(document(text))
    assert [line for party in record.parties for line in shown(party)] == expect
    for party in record.parties:
        assert party.span.of(record.text) == party.text
