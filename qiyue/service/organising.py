"""Folders, tags and deletion; the index follows at once where it answers."""

from typing import Any

from qiyue.service.base import Service
from qiyue.service.indexing import drain


def move_contracts(service: Service, references: list[str], folder: str | None) -> dict[str, Any]:
    """Keep contracts in a folder of the collection; None takes them out.

    Raises:
        StoreError: `contract_unknown`; then nothing is moved.
    """
    names = _resolve(service, references)
    service.store.catalogue.move(names, folder)
    drain(service)
    return {"contracts": names, "folder": folder}


def tag_contracts(service: Service, references: list[str], add: list[str], remove: list[str]) -> dict[str, Any]:
    """Give contracts tags and take others away.

    Raises:
        StoreError: `contract_unknown`; then nothing is changed.
    """
    names = _resolve(service, references)
    service.store.catalogue.tag(names, add=add, remove=remove)
    drain(service)
    cards = [service.store.catalogue.card(name) for name in names]
    return {"contracts": [{"id": card.id, "tags": list(card.tags)} for card in cards]}


def delete_contracts(service: Service, references: list[str]) -> dict[str, Any]:
    """Remove contracts with their corrections and original files.

    Raises:
        StoreError: `contract_unknown`; then nothing is removed.
    """
    names = _resolve(service, references)
    service.store.delete(names)
    drain(service)
    return {"deleted": names}


def _resolve(service: Service, references: list[str]) -> list[str]:
    return list(dict.fromkeys(service.store.resolve(reference) for reference in references))
