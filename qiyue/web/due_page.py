"""Due dates as a calendar list, what is missing for the others, and the calendar to subscribe to."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from qiyue.http.people import address_of, site_of
from qiyue.service.due import list_due, set_anchor
from qiyue.web.desk import DeskOf, see_other

router = APIRouter()
SPANS = ("30d", "3m", "1y", "")
_SHOWN = 300
_CALENDAR_DAYS = 366


@router.get("/due")
def due(desk: DeskOf, within: str = "1y", past: str = "30d", party: str = "", folder: str = "") -> Response:
    """What is owed, month by month."""
    span = within if within in SPANS else "1y"
    found = list_due(
        desk.service,
        within=span or None,
        past=past or None,
        party=party.strip() or None,
        folder=folder or None,
        folders=desk.folders,
    )
    months: dict[str, list[dict[str, Any]]] = {}
    for item in found["due"][:_SHOWN]:
        months.setdefault(item["due"][:7], []).append(item)
    known = desk.service.store.catalogue.folders()
    return desk.page(
        "due.html",
        {
            "today": found["today"],
            "months": months,
            "unanchored": found["unanchored"][:_SHOWN],
            "left": max(len(found["due"]) - _SHOWN, 0) + max(len(found["unanchored"]) - _SHOWN, 0),
            "within": span,
            "spans": SPANS,
            "party": party,
            "folder": folder,
            "folders": [name for name in known if desk.person.may_read(name)],
            "may_edit": desk.person.may_edit_somewhere,
            "calendar": None,
        },
    )


@router.post("/due/anchor")
def anchor(
    request: Request,
    desk: DeskOf,
    contract: Annotated[str, Form()],
    event: Annotated[str, Form(max_length=200)],
    date: Annotated[str, Form()],
) -> Response:
    """Say on which day an event of a contract happened."""
    card = desk.reach.editable(contract)
    set_anchor(desk.service, card.id, event, date, who=desk.person.name)
    site_of(request).door.trail.note(
        desk.person, "anchor", card.id, address=address_of(request), wait=True, event=event
    )
    return see_other("/due")


@router.post("/due/calendar")
def calendar(request: Request, desk: DeskOf) -> Response:
    """Make an address that a calendar program subscribes to; it is shown once."""
    door = site_of(request).door
    token, kept = door.make_token(desk.person, label="calendar", scopes=["calendar"], days=_CALENDAR_DAYS)
    door.trail.note(desk.person, "make token", kept.id, address=address_of(request), wait=True, scopes=["calendar"])
    address = f"{str(request.base_url).rstrip('/')}/v1/calendar.ics?token={token}"
    return desk.page("calendar.html", {"calendar": address, "expires": kept.expires_at[:10]})
