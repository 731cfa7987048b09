"""One contract or many of them: list and show."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qiyue.service.base import Service

if TYPE_CHECKING:
    from corpus.catalogue import Card
    from schema.contract import Contract


def list_contracts(
    service: Service,
    *,
    folder: str | None = None,
    tag: str | None = None,
    party: str | None = None,
    since: str | None = None,
    folders: tuple[str, ...] | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> dict[str, Any]:
    """A page of the list, as export.md words it.

    Args:
        service: the collection.
        folder: only of this folder and those below it.
        tag: only with this tag.
        party: only with these words in the name of a party.
        since: only imported or changed after this time (ISO, UTC).
        folders: only in exactly these folders; None for all.
        limit: how many.
        cursor: from the page before.

    Raises:
        UsageError: the cursor is none of ours.
    """
    from corpus.catalogue import Wanted

    wanted = Wanted(folder=folder, tag=tag, party=party, since=since, folders=folders)
    page = service.store.catalogue.page(wanted, limit=limit, cursor=cursor)
    cards = [card_json(card) for card in page.contracts]
    return {"contracts": cards, "total": page.total, "cursor": page.cursor}


def card_json(card: "Card") -> dict[str, Any]:
    """A card of the list as JSON."""
    return asdict(card)


def get_contract(service: Service, reference: str) -> "Contract":
    """The record with what people corrected.

    Args:
        service: the collection.
        reference: id or the beginning of one.

    Raises:
        StoreError: `contract_unknown`.
    """
    return service.store.corrected(service.store.resolve(reference))


def get_record(service: Service, reference: str) -> dict[str, Any]:
    """The record as JSON: the parser's word, people's corrections beside it.

    Raises:
        StoreError: `contract_unknown`.
    """
    record: dict[str, Any] = json.loads(record_bytes(service, service.store.resolve(reference)))
    return record


def record_bytes(service: Service, name: str) -> bytes:
    """The same as it is kept, without reading it.

    Args:
        service: the collection.
        name: id of the contract.

    Raises:
        StoreError: `contract_unknown`.
    """
    data = service.store.record(name)
    made = service.store.corrections.of(name)
    if not made:
        return data
    record = json.loads(data) | {"corrections": [correction.model_dump(mode="json") for correction in made]}
    return json.dumps(record, ensure_ascii=False).encode()
