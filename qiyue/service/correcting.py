"""People's corrections of what the parser said."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from qiyue.service.base import Service
from qiyue.service.indexing import drain
from schema.errors import UsageError


def correct(
    service: Service,
    reference: str,
    element: str,
    field: str,
    value: str,
    *,
    why: str,
    who: str | None = None,
    unchanged_since: str | None = None,
) -> dict[str, Any]:
    """Put a person's value beside the parser's.

    Args:
        service: the collection.
        reference: id of the contract or its beginning.
        element: id of the element, or `contract`.
        field: its path in the record (`value`, `cap.rate`).
        value: as a person types it, or as contracts print it (0.05%, 万分之五, 3万元, 2025年3月18日); `null` for none.
        why: reason.
        who: the settings' user when None.
        unchanged_since: `changed_at` of the record the person looked at; None when it does not matter.

    Raises:
        StoreError: `contract_unknown`, `element_unknown`, `record_changed`.
        UsageError: `field_unknown`, `value_unreadable`.
    """
    name = service.store.resolve(reference)
    trouble: UsageError | None = None
    for typed in (value, *_as_printed(field, value)):
        try:
            made = service.store.corrections.correct(
                name, element, field, typed, who=who or service.settings.user, why=why, unchanged_since=unchanged_since
            )
            break
        except UsageError as error:
            if error.code != "value_unreadable":
                raise
            trouble = trouble or error
    else:
        assert trouble is not None
        raise trouble
    drain(service)
    return {"contract": name, "correction": made.model_dump(mode="json")}


def _as_printed(field: str, value: str) -> Iterator[str]:
    """What a value that a contract would print so is in the record; nothing unless all of it is one value."""
    from nlp.values.dates import find_dates
    from nlp.values.money import find_money
    from nlp.values.rates import find_rates

    words = value.strip()
    for rate in find_rates(words):
        if (rate.start, rate.end) == (0, len(words)):
            number = rate.value * 100 if field.rpartition(".")[2] == "percent" else rate.value
            yield format(number.normalize(), "f")
    for sum_ in find_money(words):
        if (sum_.start, sum_.end) == (0, len(words)) and sum_.value is not None:
            yield format(sum_.value, "f")
    for date in find_dates(words):
        if (date.start, date.end) == (0, len(words)) and date.valid and date.last is None:
            yield date.value


def withdraw(service: Service, number: int) -> dict[str, Any]:
    """Take a correction back.

    Raises:
        StoreError: `correction_unknown`.
    """
    contract = service.store.corrections.withdraw(number)
    drain(service)
    return {"contract": contract, "withdrawn": number}


def list_corrections(service: Service, *, contract: str | None = None, orphaned: bool = False) -> dict[str, Any]:
    """Corrections, oldest first.

    Args:
        service: the collection.
        contract: only of this one.
        orphaned: only those whose words a later reading no longer has.
    """
    name = service.store.resolve(contract) if contract else None
    return {
        "corrections": [
            {"contract": filed.contract, "title": filed.title, **filed.correction.model_dump(mode="json")}
            for filed in service.store.corrections.each(contract=name, orphaned=orphaned)
        ]
    }


def rule_precision(service: Service) -> dict[str, Any]:
    """How often people disagreed with each rule, the most disputed first."""
    scores = service.store.corrections.precision()
    return {"rules": [asdict(score) | {"agreement": round(score.agreement, 4)} for score in scores]}
