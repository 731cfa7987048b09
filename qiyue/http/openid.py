"""The way to an OpenID Connect provider and back."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from qiyue.accounts.keys import same
from qiyue.http.people import address_of, site_of
from qiyue.http.provider import MINUTES
from qiyue.http.sessions import enter, inside
from qiyue.http.site import Site
from schema.errors import UsageError

router = APIRouter()
BACK = "/sign-in/openid/back"
_COOKIE = "qiyue-openid"


@router.get("/sign-in/openid", include_in_schema=False)
def begin(request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """To the provider."""
    site = site_of(request)
    address, state = site.openid.begin(_back(request, site), inside(next))
    response = RedirectResponse(address, status_code=303)
    response.set_cookie(
        _COOKIE, state, max_age=60 * MINUTES, secure=site.needs_tls, httponly=True, samesite="lax", path=BACK
    )
    return response


@router.get(BACK, include_in_schema=False)
def end(
    request: Request,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Back from the provider; only the browser that was sent is let in."""
    site = site_of(request)
    if not state or not same(request.cookies.get(_COOKIE, ""), state):
        raise UsageError("link_used", "this sign-in was not begun in this browser", remedy="begin again")
    external, to = site.openid.end(_back(request, site), state, code)
    response = RedirectResponse(to, status_code=303)
    response.delete_cookie(_COOKIE, path=BACK)
    return enter(site, site.door.open_external(external, address=address_of(request) or ""), response)


def _back(request: Request, site: Site) -> str:
    return f"{site.settings.public_url or str(request.base_url).rstrip('/')}{BACK}"
