"""The calendar of deadlines as programs subscribe to it: they send no headers, so the token stands in the address.

An address ends up in logs and histories. So only a token that is for nothing but the calendar is taken here.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from qiyue.http.exports import streamed
from qiyue.http.people import address_of, site_of
from qiyue.http.reach import Reach
from qiyue.http.replies import problems
from qiyue.service.exporting import ExportRequest
from schema.errors import UsageError

router = APIRouter(tags=["export"])


@router.get(
    "/v1/calendar.ics",
    summary="Subscribe to deadlines",
    response_class=StreamingResponse,
    responses=problems()
    | {200: {"description": "iCalendar", "content": {"text/calendar": {"schema": {"type": "string"}}}}},
    openapi_extra={"security": []},
)
def calendar(
    request: Request,
    token: Annotated[str, Query(max_length=200, description="A token with the scope `calendar` and no other.")] = "",
    folder: Annotated[str | None, Query(max_length=300)] = None,
    remind: Annotated[int | None, Query(ge=0, le=365, description="Alarm so many days before.")] = None,
) -> StreamingResponse:
    """Deadlines of two years: an event for each date, a to-do for what has none yet."""
    site = site_of(request)
    person = site.door.by_token(token)
    if person is None or person.scopes != {"calendar"}:
        raise UsageError("sign_in_needed", "the token is none for calendars alone, expired or withdrawn")
    with site.pool.lease() as lease:
        folders = Reach(person, lease).folders
    wanted = ExportRequest(what="deadlines", format="ics", folder=folder, folders=folders, remind_days=remind)
    site.door.trail.note(person, "export", "calendar", address=address_of(request))
    return StreamingResponse(streamed(site, wanted), media_type="text/calendar; charset=utf-8")
