"""What is owed when, as `qiyue due` says it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from corpus.due import Due
from qiyue.http.models import Shape
from qiyue.http.people import ReachOf, address_of, site_of
from qiyue.http.replies import problems
from qiyue.service.due import list_due

router = APIRouter(tags=["contracts"])
_LENGTH = "`30d`, `2w`, `3m`, `1y`."


class DueList(Shape):
    """Dated things in their order, and those that have no date yet with what is missing."""

    today: str
    due: list[Due] = Field(description="With a date.")
    unanchored: list[Due] = Field(description="Without: an event has no day yet, or the words name none.")


@router.get("/v1/due", summary="What is owed when", responses=problems(404))
def due(
    request: Request,
    reach: ReachOf,
    within: Annotated[str | None, Query(max_length=20, description=f"How far ahead: {_LENGTH}")] = None,
    past: Annotated[str | None, Query(max_length=20, description=f"How far back as well: {_LENGTH}")] = None,
    party: Annotated[str | None, Query(max_length=300, description="Words of a name, or a role: 甲方.")] = None,
    folder: Annotated[str | None, Query(max_length=300, description="Of this folder and those below it.")] = None,
    contract: Annotated[str | None, Query(max_length=64, description="Id, or the beginning of one.")] = None,
) -> DueList:
    """Counted by 民法典 200 to 204 and the official calendar of working days; `GET /v1/calendar.ics` to subscribe."""
    found = list_due(
        reach.service,
        within=within,
        past=past,
        party=party,
        folder=folder,
        contract=reach.contract(contract) if contract else None,
        folders=reach.folders,
    )
    site_of(request).door.trail.note(reach.person, "see due", contract, address=address_of(request))
    return DueList.model_validate(found)
