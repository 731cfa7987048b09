"""What a person types into fields whose words mean something elsewhere: parties and days."""

import re
import unicodedata

from schema.contract import Contract
from schema.errors import UsageError

_PARTY_FIELDS = {"who", "liable", "beneficiary", "payer", "payee", "protects", "party"}
_DATE_FIELDS = {
    ("dates", "value"),
    ("dates", "end"),
    ("deadlines", "date"),
    ("signatures", "date"),
    ("contract", "term.start"),
    ("contract", "term.end"),
    ("contract", "sign_date.value"),
}
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_BOTH = {"both", "双方", "各方"}


def in_record(contract: Contract, kind: str, field: str, typed: str) -> str:
    """What is typed in the form the record has it.

    Args:
        contract: the record.
        kind: list the element stands in, or `contract`.
        field: path of the field.
        typed: as a person types it; a party by its role, its name or a short name.

    Raises:
        UsageError: `value_unreadable` when the contract has no such party, or a day is none. Any words were taken
            once, and then a table showed a party nobody knows, and a calendar a day it could not place.
    """
    words = typed.strip()
    if words in ("", "null"):
        return typed
    if field in _PARTY_FIELDS:
        return _party(contract, words, field)
    if (kind, field) in _DATE_FIELDS and not _ISO.fullmatch(words):
        raise UsageError(
            "value_unreadable", f"{typed!r} does not fit {field}: a date", remedy="write it like 2025-03-18"
        )
    return typed


def _party(contract: Contract, words: str, field: str) -> str:
    known: dict[str, set[str]] = {}
    for party in contract.parties:
        for name in (party.id, party.role, *party.other_roles, party.name, *party.aliases):
            if name:
                known.setdefault(_plain(name), set()).add(party.id)
    if words in _BOTH:
        return "both"
    found = known.get(_plain(words), set())
    if len(found) == 1:
        return found.pop()
    roles = ", ".join(dict.fromkeys(party.role for party in contract.parties if party.role))
    raise UsageError(
        "value_unreadable",
        f"{words[:40]!r} does not fit {field}: a party",
        remedy=f"name one of {roles or 'the parties'}",
    )


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())
