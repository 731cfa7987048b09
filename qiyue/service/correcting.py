"""People's corrections of what the parser said."""

from dataclasses import asdict
from typing import Any

from qiyue.service.base import Service
from qiyue.service.indexing import drain


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
        value: as a person types it; `null` for unknown.
        why: reason.
        who: the settings' user when None.
        unchanged_since: `changed_at` of the record the person looked at; None when it does not matter.

    Raises:
        StoreError: `contract_unknown`, `element_unknown`, `record_changed`.
        UsageError: `field_unknown`, `value_unreadable`.
    """
    name = service.store.resolve(reference)
    made = service.store.corrections.correct(
        name, element, field, value, who=who or service.settings.user, why=why, unchanged_since=unchanged_since
    )
    drain(service)
    return {"contract": name, "correction": made.model_dump(mode="json")}


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
