"""The list of contracts, and where each is kept."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from qiyue.http.people import address_of, site_of
from qiyue.service.contracts import list_contracts
from qiyue.web.desk import DeskOf, see_other

router = APIRouter()
_PAGE = 50


@router.get("/contracts")
def contracts(desk: DeskOf, party: str = "", folder: str = "", tag: str = "", cursor: str = "") -> Response:
    """Contracts that may be seen, the newest first."""
    found = list_contracts(
        desk.service,
        folder=folder or None,
        tag=tag or None,
        party=party or None,
        folders=desk.folders,
        limit=_PAGE,
        cursor=cursor or None,
    )
    known = desk.service.store.catalogue.folders()
    kept = {"party": party, "folder": folder, "tag": tag}
    more = {key: value for key, value in {**kept, "cursor": found["cursor"]}.items() if value}
    return desk.page(
        "contracts.html",
        {
            **kept,
            "found": found,
            "folders": [name for name in known if desk.person.may_read(name)],
            "next_page": f"/contracts?{urlencode(more)}" if found["cursor"] else None,
            "cursor": cursor,
        },
    )


@router.post("/contracts/{reference}/keep")
def keep(
    request: Request,
    desk: DeskOf,
    reference: str,
    folder: Annotated[str, Form(max_length=300)] = "",
    tags: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Keep a contract in a folder, under tags; both folders must be the person's to change."""
    from qiyue.service.organising import move_contracts, tag_contracts

    card = desk.reach.editable(reference)
    place = folder.strip().strip("/") or None
    desk.person.need_to_edit(place)
    wanted = {tag.strip() for tag in tags.replace("，", ",").split(",") if tag.strip()}
    if place != card.folder:
        move_contracts(desk.service, [card.id], place)
    if wanted != set(card.tags):
        tag_contracts(desk.service, [card.id], sorted(wanted - set(card.tags)), sorted(set(card.tags) - wanted))
    site_of(request).door.trail.note(desk.person, "keep", card.id, address=address_of(request), wait=True, folder=place)
    return see_other(f"/contracts/{card.id}")
