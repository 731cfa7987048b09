"""A person's value in the place of the parser's: pure functions on records, no store.

    amended, change = amend(contract, "a1", "value", "360000.00")

Fields are named by their path in the record (`value`, `cap.rate`, `phone.0.text`). What says where an element stands
(span, text, evidence) is not for people to change: it is how a value leads back to its words.
"""

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from corpus.typed import in_record
from schema.contract import Contract
from schema.correction import Correction
from schema.elements import Element
from schema.errors import StoreError, UsageError
from schema.values import Scalar

Json = Any

WHOLE = "contract"
"""Names the contract itself in the place of an element id."""

_FIXED = {"id", "span", "text", "evidence", "clause"}
_WHOLE_FIELDS = (
    "title",
    "contract_no",
    "kind",
    "sign_date",
    "sign_place",
    "term",
    "dispute",
    "governing_law",
    "copies",
)


@dataclass(frozen=True)
class Change:
    """One field, before and after.

    Attributes:
        element: id, or `contract`.
        kind: name of the list the element stands in (`amounts`), or `contract`.
        field: its path.
        parser_value: before.
        value: after, in the form the record has it.
        rule: that made the element.
        clause: that holds it.
        words: of the element.
        span_start: of the element.
    """

    element: str
    kind: str
    field: str
    parser_value: Scalar
    value: Scalar
    rule: str | None = None
    clause: str | None = None
    words: str = ""
    span_start: int = 0


def amend(contract: Contract, element: str, field: str, typed: str) -> tuple[Contract, Change]:
    """Put a typed value into a record.

    Args:
        contract: the record.
        element: id of the element, or `contract`.
        field: path of the field.
        typed: as a person types it; `null` for unknown, a JSON list or commas for several words, a party by its id,
            role or name.

    Raises:
        StoreError: `element_unknown`.
        UsageError: `field_unknown`, `value_unreadable`.
    """
    kind, place, found = _find(contract, element)
    record = json.loads(contract.model_dump_json())
    target = record if found is None else record[kind][place]
    path = _path(target, field, _WHOLE_FIELDS if found is None else [n for n in target if n not in _FIXED])
    before = _get(target, path)
    if isinstance(before, dict) or (isinstance(before, list) and any(isinstance(entry, dict) for entry in before)):
        inner = before if isinstance(before, dict) else before[0]
        example = f"{field}.{'' if isinstance(before, dict) else '0.'}{next(iter(inner))}"
        raise UsageError("field_unknown", f"{field} has parts", remedy=f"name one of them, such as {example}")
    for candidate in _readings(in_record(contract, kind, field, typed)):
        _set(target, path, candidate)
        try:
            amended = Contract.model_validate(record)
        except ValidationError as error:
            trouble = error
            continue
        dumped = json.loads(amended.model_dump_json())
        after = _get(dumped if found is None else dumped[kind][place], path)
        change = Change(element, kind, field, _scalar(before), _scalar(after))
        return amended, change if found is None else _with_words(change, found)
    reason = trouble.errors()[0]["msg"]
    raise UsageError("value_unreadable", f"{typed!r} does not fit {field}: {reason}", remedy=_advice(before))


def apply(contract: Contract, corrections: list[Correction]) -> Contract:
    """A record with corrections in the place of the parser's values, the oldest first.

    Args:
        contract: the parser's word.
        corrections: those that are orphaned, or no longer fit, change nothing.
    """
    live = [c for c in corrections if c.state == "applied" and c.element is not None]
    if not live:
        return contract
    places = {element.id: (kind, place) for kind, place, element in elements_of(contract)}
    record = json.loads(contract.model_dump_json())
    for correction in live:
        before = json.dumps(record)
        try:
            kind, place = places.get(str(correction.element), (WHOLE, 0))
            target = record if kind == WHOLE else record[kind][place]
            _set(target, correction.field.split("."), _plain(correction.value))
            Contract.model_validate(record)
        except (ValidationError, KeyError, IndexError, TypeError, ValueError):
            record = json.loads(before)  # the field no longer takes this value
    return Contract.model_validate(record)


def find_again(contract: Contract, kind: str, words: str, span_start: int, clause: str | None) -> Element | None:
    """The element of another reading that stands on the same words.

    Args:
        contract: of the other reading.
        kind: list the element stood in.
        words: it stood on.
        span_start: where they stood.
        clause: that held them.

    Returns:
        The one with the same words, the nearest of several; else one that overlaps the words where they stand now;
        None when the words are gone, or nothing of this kind stands on them.
    """
    same_kind = [element for name, _, element in elements_of(contract) if name == kind]
    same = [element for element in same_kind if element.text == words]
    if same:
        return min(same, key=lambda e: (e.span.start != span_start, e.clause != clause, abs(e.span.start - span_start)))
    places = [i for i in range(len(contract.text)) if contract.text.startswith(words, i)] if words else []
    for start in sorted(places, key=lambda i: abs(i - span_start))[:1]:
        over = [e for e in same_kind if e.span.start < start + len(words) and start < e.span.end]
        return over[0] if len(over) == 1 else None
    return None


def elements_of(contract: Contract) -> list[tuple[str, int, Element]]:
    """Name of the list, place in it, element."""
    return [
        (name, place, entry)
        for name in type(contract).model_fields
        if isinstance(value := getattr(contract, name), tuple)
        for place, entry in enumerate(value)
        if isinstance(entry, Element)
    ]


def _find(contract: Contract, element: str) -> tuple[str, int, Element | None]:
    if element == WHOLE:
        return WHOLE, 0, None
    for kind, place, entry in elements_of(contract):
        if entry.id == element:
            return kind, place, entry
    raise StoreError("element_unknown", f"the contract has no element {element}")


def _with_words(change: Change, element: Element) -> Change:
    return replace(
        change,
        rule=element.evidence.rule,
        clause=element.clause,
        words=element.text,
        span_start=element.span.start,
    )


def _path(target: Json, field: str, allowed: Iterable[str]) -> list[str]:
    """The path, checked step by step against what is there."""
    path, names, here = field.split("."), list(allowed), target
    for step in path:
        if step not in names:
            near = difflib.get_close_matches(step, names, n=1) or names[:1]
            remedy = f"use {near[0]}" if near else "it is unknown here, there is nothing to correct"
            raise UsageError("field_unknown", f"there is no field {step} in {field}", remedy=remedy)
        here = here[int(step)] if isinstance(here, list) else here[step]
        if isinstance(here, dict):
            names = list(here)
        else:
            names = [str(n) for n in range(len(here))] if isinstance(here, list) else []
    return path


def _get(target: Json, path: list[str]) -> Json:
    for step in path:
        target = target[int(step)] if isinstance(target, list) else target[step]
    return target


def _set(target: Json, path: list[str], value: Json) -> None:
    *above, last = path
    holder = _get(target, above)
    if isinstance(holder, list):
        holder[int(last)] = value
    else:
        holder[last] = value


def _readings(typed: str) -> list[Json]:
    """What a typed value may mean, the plainest first."""
    if typed == "null":
        return [None]
    readings: list[Json] = [typed]
    try:
        readings.append(json.loads(typed))
    except json.JSONDecodeError:
        readings.append([part.strip() for part in typed.replace("，", ",").split(",")])
    return readings


def _scalar(value: Json) -> Scalar:
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Scalar) -> Json:
    return list(value) if isinstance(value, tuple) else value


def _advice(before: Json) -> str:
    return f"write it like {before!r}" if isinstance(before, str) else "see docs/schema/contract-1.0.json"
