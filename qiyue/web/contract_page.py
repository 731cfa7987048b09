"""The page of a contract: tree, text, page pictures, facts, findings; and what a person says against the parser."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response

from qiyue.http.people import address_of, site_of
from qiyue.http.pictures import can_lay_out
from qiyue.web.asked import read_asked
from qiyue.web.contract_view import TABS, findings_of, hits_in, place_map, tree_of
from qiyue.web.desk import Desk, DeskOf, see_other
from qiyue.web.facts_view import FactTables
from qiyue.web.reading_view import blocks_of
from qiyue.web.versions_view import candidates, compared
from schema.errors import SearchError

if TYPE_CHECKING:
    from corpus.catalogue import Card
    from corpus.verdicts import Verdict
    from schema.contract import Contract

router = APIRouter()


@router.get("/contracts/{reference}")
def contract(request: Request, desk: DeskOf, reference: str, tab: str = "text", other: str = "") -> Response:
    """The whole page."""
    card = desk.reach.card(reference)
    read = site_of(request).shelf.read(desk.service, card)
    record = read.contract
    asked = read_asked(request.query_params)
    try:
        hits = hits_in(desk.service, read, asked, desk.folders)
    except SearchError:
        hits = []  # the contract is worth seeing without its hits
    tables = FactTables(record, verdicts_of(desk, record), desk.language)
    site_of(request).door.trail.note(desk.person, "see contract", card.id, address=address_of(request))
    other_card = desk.reach.card(other) if other else None
    shown = {
        "card": card,
        "contract": record,
        "tab": tab if tab in TABS else "text",
        "tabs": TABS,
        "asked": asked,
        "hits": len(hits),
        "tree": tree_of(record),
        "blocks": blocks_of(record, hits, read.records),
        "facts": tables.all(),
        "blanks": tables.table("blanks"),
        "findings": findings_of(record),
        "paged": any(page.width for page in record.pages),
        "laid_out": _laid_out(record),
        "may_edit": desk.person.may_edit(card.folder),
        "candidates": candidates(desk.service, card, desk.folders),
        "comparison": compared(desk.service, card.id, other_card.id) if other_card else None,
        "other": other_card,
    }
    return desk.page("contract.html", shown)


@router.get("/contracts/{reference}/map")
def places(request: Request, desk: DeskOf, reference: str) -> Response:
    """Where the characters stand on the pages."""
    return JSONResponse(place_map(_record(request, desk, desk.reach.card(reference))))


@router.get("/contracts/{reference}/facts/{element}")
def fact(request: Request, desk: DeskOf, reference: str, element: str, part: bool = False) -> Response:
    """The form that corrects a fact; `part` leaves out the page around it, for the dialog of the contract's page."""
    card = desk.reach.editable(reference)
    return _fact_form(request, desk, card, element, part=part)


@router.post("/contracts/{reference}/facts/{element}")
def correct(
    request: Request,
    desk: DeskOf,
    reference: str,
    element: str,
    field: Annotated[str, Form()],
    value: Annotated[str, Form()],
    why: Annotated[str, Form(min_length=1, max_length=500)],
    unchanged_since: Annotated[str, Form()] = "",
) -> Response:
    """Put a person's value beside the parser's."""
    from qiyue.service.correcting import correct as put_beside

    card = desk.reach.editable(reference)
    put_beside(
        desk.service,
        card.id,
        element,
        field,
        value,
        why=why,
        who=desk.person.name,
        unchanged_since=unchanged_since or None,
    )
    _note(request, desk, "correct", card.id, element=element, field=field)
    return see_other(f"/contracts/{card.id}?tab=facts#fact-{element}")


@router.post("/contracts/{reference}/corrections/{number}/withdraw")
def withdraw(request: Request, desk: DeskOf, reference: str, number: int) -> Response:
    """Take a correction back."""
    from qiyue.service.correcting import withdraw as take_back
    from schema.errors import StoreError

    card = desk.reach.editable(reference)
    made = [c for c in desk.service.store.corrections.of(card.id) if c.number == number]
    if not made:
        raise StoreError("correction_unknown", f"the contract has no correction {number}")
    take_back(desk.service, number)
    _note(request, desk, "withdraw correction", card.id, number=number)
    return see_other(f"/contracts/{card.id}?tab=facts#fact-{made[0].element}")


@router.post("/contracts/{reference}/facts/{element}/verdict")
def verdict(request: Request, desk: DeskOf, reference: str, element: str, word: Annotated[str, Form()]) -> Response:
    """Accept a fact, reject it, or take the verdict back."""
    from corpus.verdicts import Verdicts

    card = desk.reach.editable(reference)
    said = {"accepted": "accepted", "rejected": "rejected"}.get(word)
    record = _record(request, desk, card)
    Verdicts(desk.service.store.database).say(record, element, said, who=desk.person.name)  # type: ignore[arg-type]
    _note(request, desk, "verdict", card.id, element=element, word=said or "none")
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"element": element, "word": said, "who": desk.person.name})
    return see_other(f"/contracts/{card.id}?tab=facts#fact-{element}")


def verdicts_of(desk: Desk, record: "Contract") -> "dict[str, Verdict]":
    """What people said of the facts."""
    from corpus.verdicts import Verdicts

    return Verdicts(desk.service.store.database).of(record)


def _record(request: Request, desk: Desk, card: "Card") -> "Contract":
    """The record as people corrected it, with their corrections beside."""
    return site_of(request).shelf.read(desk.service, card).contract


def _laid_out(record: "Contract") -> str:
    """Whether the page may show the contract as LibreOffice lays it out: `yes`, `missing` (it is not there), `no`."""
    from ingest.libreoffice import find_libreoffice

    if not can_lay_out(record):
        return "no"
    return "yes" if find_libreoffice() else "missing"


def _fact_form(request: Request, desk: Desk, card: "Card", element: str, *, part: bool) -> Response:
    from qiyue.web.correcting_view import fields_of
    from schema.errors import StoreError

    record = _record(request, desk, card)
    row = FactTables(record, verdicts_of(desk, record), desk.language).row(element)
    if row is None:
        raise StoreError("element_unknown", f"the contract has no element {element[:40]}")
    context = {"card": card, "row": row, "fields": fields_of(record, row.kind, element)}
    return desk.page("fact_form.html" if part else "fact.html", context)


def _note(request: Request, desk: Desk, action: str, contract: str, **detail: str | int) -> None:
    site_of(request).door.trail.note(desk.person, action, contract, address=address_of(request), wait=True, **detail)
