"""Saved searches of the asker, each with what is new since they last looked."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Query, Request

from qiyue.http.models import NewMatches, Saved, SavedList, SavedQuery
from qiyue.http.people import ReachOf, address_of, site_of
from qiyue.http.queries import conditions
from qiyue.http.replies import PROBLEMS, problems
from qiyue.service.saving import mark_seen, new_hits, save_search
from schema.query import ClauseQuery

if TYPE_CHECKING:
    from corpus.saved import SavedSearch

router = APIRouter(tags=["saved searches"])
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/v1/searches", summary="List saved searches", responses=PROBLEMS)
def searches(
    request: Request, reach: ReachOf, count: Annotated[bool, Query(description="Count what is new in each.")] = False
) -> SavedList:
    """Saved searches of the asker, the oldest first."""
    kept = site_of(request).door.saved
    found = []
    for search in kept.of(reach.person.name):
        number = len(new_hits(reach.service, kept, search, reach.folders)) if count else None
        found.append(_shown(search, number))
    return SavedList(searches=found)


@router.post("/v1/searches", summary="Save a search", status_code=201, responses=problems(429))
def save(request: Request, reach: ReachOf, wanted: SavedQuery) -> Saved:
    """Save a search; the hits there are now are not new."""
    query = reach.within(ClauseQuery(text=wanted.q, where=conditions(list(wanted.where))))
    search = save_search(reach.service, site_of(request).door.saved, reach.person.name, wanted.name, query)
    return _shown(search, 0)


@router.get("/v1/searches/{number}", summary="What is new in a saved search", responses=problems(404))
def new_matches(
    request: Request, reach: ReachOf, number: Number, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> NewMatches:
    """Hits the asker has not been shown, in the order of the search."""
    site = site_of(request)
    search = site.door.saved.get(reach.person.name, number)
    new = new_hits(reach.service, site.door.saved, search, reach.folders)
    site.door.trail.note(reach.person, "search", address=address_of(request), hits=len(new))
    return NewMatches(search=_shown(search, len(new)), hits=new[:limit])


@router.post("/v1/searches/{number}/seen", summary="All of it has been seen", status_code=204, responses=problems(404))
def seen(request: Request, reach: ReachOf, number: Number) -> None:
    """The hits there are now are no longer new."""
    kept = site_of(request).door.saved
    mark_seen(reach.service, kept, kept.get(reach.person.name, number), reach.folders)


@router.delete("/v1/searches/{number}", summary="Forget a saved search", status_code=204, responses=problems(404))
def forget(request: Request, reach: ReachOf, number: Number) -> None:
    """It is gone."""
    site_of(request).door.saved.remove(reach.person.name, number)


def _shown(search: "SavedSearch", new: int | None) -> Saved:
    where = [f"{c['field']} {c['op']} {','.join(c['values'])}" for c in search.query.get("where", [])]
    return Saved(
        number=search.number,
        name=search.name,
        q=search.query.get("text", ""),
        where=where,
        created_at=search.created_at,
        seen_at=search.seen_at,
        new=new,
    )
