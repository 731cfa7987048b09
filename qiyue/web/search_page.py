"""The search page. Its address is its whole state, so it can be sent to a colleague and saved."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from qiyue.http.people import address_of, site_of
from qiyue.service.contracts import list_contracts
from qiyue.service.saving import mark_seen, new_hits, save_search
from qiyue.web.asked import SORTS, Asked, read_asked
from qiyue.web.desk import Desk, DeskOf, see_other
from qiyue.web.notes import said
from qiyue.web.search_view import chips, find
from qiyue.web.wording import trouble_words
from schema.errors import SearchError
from schema.query import ClauseQuery, Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

router = APIRouter()
_RECENT = 8


@dataclass(frozen=True)
class ShownSearch:
    """A saved search with the number of hits its owner has not seen."""

    number: int
    name: str
    address: str
    fresh: int


@router.get("/")
def search(request: Request, desk: DeskOf) -> Response:
    """The box, and the answer when something was asked."""
    asked = read_asked(request.query_params)
    context = {
        "asked": asked,
        "chips": chips(asked, desk.language),
        "sorts": SORTS,
        "asked_without_filters": replace(asked, where=(), cursor=None).address(),
        "grid_address": asked.at(None).address("/grid"),
        "found": None,
        "trouble": None,
        "notes": (),
    }
    if not asked.says_something:
        return desk.page("search.html", context | _start(request, desk))
    try:
        found = find(desk.service, asked, desk.folders, desk.language)
    except SearchError as error:
        trouble = trouble_words(desk.language, error)
        return desk.page("search.html", context | {"trouble": trouble}, status=400)
    site_of(request).door.trail.note(desk.person, "search", address=address_of(request), hits=found.results.total)
    return desk.page("search.html", context | {"found": found, "notes": said(found.results.notes, desk.language)})


@router.post("/searches")
def save(
    request: Request,
    desk: DeskOf,
    name: Annotated[str, Form(max_length=100)],
    q: Annotated[str, Form()] = "",
    where: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Save a search; what it finds now is known to its owner."""
    asked = Asked(q, tuple(where or ()))
    saved = site_of(request).door.saved
    save_search(desk.service, saved, desk.person.name, name.strip() or q, asked.query(desk.folders))
    return see_other(asked.address())


@router.get("/searches/{number}")
def open_saved(request: Request, desk: DeskOf, number: int) -> Response:
    """Run a saved search; its hits are seen from now on."""
    saved = site_of(request).door.saved
    search = saved.get(desk.person.name, number)
    mark_seen(desk.service, saved, search, desk.folders)
    asked = _asked_of(search.query)
    return see_other(asked.address())


@router.post("/searches/{number}/remove")
def remove(request: Request, desk: DeskOf, number: int) -> Response:
    """Forget a saved search."""
    site_of(request).door.saved.remove(desk.person.name, number)
    return see_other("/")


def _start(request: Request, desk: Desk) -> dict[str, object]:
    """What the page shows before anything is asked."""
    recent = list_contracts(desk.service, folders=desk.folders, limit=_RECENT)["contracts"]
    return {"recent": recent, "saved": list(_saved(request, desk))}


def _saved(request: Request, desk: Desk) -> "Iterator[ShownSearch]":
    saved = site_of(request).door.saved
    for search in saved.of(desk.person.name):
        try:
            fresh = new_hits(desk.service, saved, search, desk.folders)
        except SearchError:
            fresh = []
        yield ShownSearch(search.number, search.name, f"/searches/{search.number}", len(fresh))


def _asked_of(kept: dict[str, Any]) -> Asked:
    query = ClauseQuery.model_validate(kept)
    return Asked(query.text, tuple(map(_typed, query.where)))


def _typed(condition: Condition) -> str:
    """A condition as it would be typed."""
    if condition.op == "in":
        return f"{condition.field} in {','.join(condition.values)}"
    return f"{condition.field}{condition.op}{condition.values[0]}"
