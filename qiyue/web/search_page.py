"""The search page. Its address is its whole state, so it can be sent to a colleague and saved."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from qiyue.http.people import address_of, site_of
from qiyue.service.contracts import list_contracts
from qiyue.service.saving import hit_name, mark_seen, new_hits, save_search
from qiyue.web.asked import SORTS, Asked, read_asked
from qiyue.web.desk import Desk, DeskOf, see_other
from qiyue.web.notes import said
from qiyue.web.search_view import chips, find, groups_of
from qiyue.web.wording import trouble_words
from schema.errors import SearchError
from schema.query import ClauseQuery, Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

router = APIRouter()
_RECENT = 8
_SHOWN_NEW = 200
"""New hits of a saved search on its page; the rest stay new until these are marked as seen."""


@dataclass(frozen=True)
class ShownSearch:
    """A saved search with the number of hits its owner has not seen."""

    number: int
    name: str
    address: str
    fresh: int


@router.get("/")
async def search(request: Request, desk: DeskOf) -> Response:
    """The box, and the answer when something was asked."""
    return await run_sync(_answer, request, desk, limiter=site_of(request).searching)


def _answer(request: Request, desk: Desk) -> Response:
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
    """What is new in a saved search, or all of it when nothing is.

    Looking marks nothing as seen: browsers fetch pages ahead, and people close them unread.
    """
    site = site_of(request)
    search = site.door.saved.get(desk.person.name, number)
    asked = _asked_of(search.query)
    try:
        new = new_hits(desk.service, site.door.saved, search, desk.folders)
    except SearchError:
        new = []  # the search page says what cannot be read any more
    if not new:
        return see_other(asked.address())
    shown = new[:_SHOWN_NEW]
    site.door.trail.note(desk.person, "search", address=address_of(request), hits=len(shown))
    context = {
        "search": search,
        "asked": asked,
        "number": len(new),
        "names": [hit_name(hit) for hit in shown],
        "groups": groups_of(desk.service, asked, shown),
        "chips": chips(asked, desk.language),
    }
    return desk.page("saved.html", context)


@router.post("/searches/{number}/seen")
def seen(request: Request, desk: DeskOf, number: int, shown: Annotated[list[str] | None, Form()] = None) -> Response:
    """The new hits that were shown are no longer new."""
    saved = site_of(request).door.saved
    search = saved.get(desk.person.name, number)
    mark_seen(desk.service, saved, search, desk.folders, shown=shown or ())
    return see_other(f"/searches/{number}")


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
