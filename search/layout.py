"""The fields of the index, one table for every engine.

`INDEX_VERSION` goes up with every change of this table or of what the fields hold; an index of another version is
rebuilt from the store.
"""

from dataclasses import dataclass
from typing import Literal

INDEX_VERSION = 5

FieldKind = Literal["keyword", "facet", "positions", "presence", "frequency", "integer", "stored"]


@dataclass(frozen=True)
class Field:
    """One field.

    Attributes:
        name: as in queries.
        kind: keyword: whole values; facet: keywords that are counted too; positions, frequency, presence: tokens with
            that much remembered; integer: numbers to range over and sort by; stored: kept, not searched.
    """

    name: str
    kind: FieldKind


NUMBERS = (
    "amount",
    "rate",
    "payment_percent",
    "deadline_minutes",
    "deadline_workdays",
    "penalty_rate",
    "penalty_amount",
    "penalty_cap",
    "penalty_cap_amount",
    "clause_date",
)
"""Numbers of facts; each has a twin `<name>_at` that carries the slot of its fact."""

FACETS = ("type", "kind", "party", "dispute", "folder", "tag", "finding", "year", "contract")

LAYOUT: tuple[Field, ...] = (
    Field("id", "keyword"),
    Field("unit", "keyword"),
    *(Field(name, "facet") for name in FACETS),
    Field("place", "integer"),
    Field("date", "integer"),
    Field("total", "integer"),
    Field("grams", "positions"),
    Field("bridges", "presence"),
    Field("heads", "presence"),
    Field("words", "frequency"),
    Field("numbers", "presence"),
    Field("facts", "presence"),
    *(Field(name, "integer") for number in NUMBERS for name in (number, f"{number}_at")),
    Field("name", "keyword"),
    Field("name_pairs", "presence"),
    Field("sound", "keyword"),
    Field("initials", "keyword"),
    Field("core", "stored"),
    Field("own", "stored"),
    Field("rest", "stored"),
)
