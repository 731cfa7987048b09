"""The fields of a fact that a person can correct, with what stands in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schema.contract import Contract

_FIXED = {"id", "span", "text", "evidence", "clause", "mentions", "meaning_span", "options"}
_FIRST = ("value", "rate", "amount", "name", "percent", "number", "date", "term")


@dataclass(frozen=True)
class Correctable:
    """One field.

    Attributes:
        path: in the record (`cap.rate`).
        value: as a person would type it; empty for unknown.
        chinese: what tables call it, where they have it.
    """

    path: str
    value: str
    chinese: str | None = None


def fields_of(contract: "Contract", kind: str, element: str) -> list[Correctable]:
    """The fields of a fact, those people look at first in front.

    Args:
        contract: with corrections applied.
        kind: list the fact stands in.
        element: its id.
    """
    from corpus.exporting.columns import COLUMNS

    names = {column.path: column.chinese for column in COLUMNS.get(kind, ())}
    found = next(entry for entry in getattr(contract, kind) if entry.id == element)
    record = json.loads(found.model_dump_json())
    fields = [
        Correctable(path, _typed(value), names.get(path)) for path, value in _leaves(record) if path not in _FIXED
    ]
    rank = {name: place for place, name in enumerate(_FIRST)}
    return sorted(fields, key=lambda f: (f.value == "", rank.get(f.path, len(rank))))


def _leaves(record: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        path = f"{above}{name}"
        if name in _FIXED or name == "span":
            continue
        if isinstance(value, dict):
            yield from _leaves(value, f"{path}.")
        elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
            for number, entry in enumerate(value):
                if isinstance(entry, dict) and "text" in entry:
                    yield f"{path}.{number}.text", entry["text"]
        else:
            yield path, value


def _typed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "，".join(map(str, value)) if isinstance(value, list) else str(value)
