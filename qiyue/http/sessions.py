"""Sign-in and sign-out: a password from a form or JSON, the one-time link of the terminal, a cookie that proves it.

Forms get a redirection, programs JSON. A failed form returns to the page with `error=`, so it works without a script.
"""

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from qiyue.accounts.door import LONGEST_DAYS, SignedIn
from qiyue.accounts.keys import masked
from qiyue.http.models import Me
from qiyue.http.people import Asker, address_of, cookie_name, site_of
from qiyue.http.replies import PROBLEMS
from qiyue.http.site import Site
from schema.errors import UsageError

router = APIRouter()


@router.post("/sign-in", include_in_schema=False)
def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Sign in with a password."""
    site = site_of(request)
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise UsageError("form_expired", "the form was not sent from our own page")
    try:
        signed_in = site.door.sign_in(name, password, address=address_of(request) or "")
    except UsageError as error:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        return RedirectResponse(f"/sign-in?error={error.code}&next={quote(inside(next), safe='')}", status_code=303)
    return _enter(site, signed_in, inside(next))


@router.get("/sign-in/link", include_in_schema=False)
def use_link(request: Request, key: str) -> Response:
    """Sign the owner of this machine in by the link the terminal printed."""
    site = site_of(request)
    address = address_of(request) or ""
    return _enter(site, site.door.use_link(key, owner=site.settings.user, address=address), "/")


@router.post("/sign-out", include_in_schema=False)
def sign_out(request: Request, person: Asker) -> Response:
    """End the session."""
    site = site_of(request)
    site.door.sign_out(person, address=address_of(request) or "")
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(cookie_name(site), secure=site.needs_tls, httponly=True, samesite="lax")
    return response


@router.get("/v1/me", tags=["accounts"], responses=PROBLEMS, summary="Who is asking")
def me(person: Asker) -> Me:
    """Name, rights and scopes of the asker; for browsers the secret that changes must carry as `X-CSRF-Token`."""
    return Me(
        name=person.name,
        admin=person.admin,
        grants=dict(person.grants),
        scopes=sorted(person.scopes),
        via=person.via,
        csrf=masked(person.csrf) if person.csrf else None,
    )


def enter(site: Site, signed_in: SignedIn, response: Response) -> Response:
    """Give a browser the cookie of its new session."""
    response.set_cookie(
        cookie_name(site),
        signed_in.key,
        max_age=LONGEST_DAYS * 86400,
        secure=site.needs_tls,
        httponly=True,
        samesite="lax",
        path="/",
    )
    return response


def inside(address: str) -> str:
    """An address of this site, `/` for any other: a sign-in must not lead elsewhere."""
    parts = urlsplit(address)
    own = not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if own and "\\" not in address and address.isprintable() else "/"


def _enter(site: Site, signed_in: SignedIn, to: str) -> Response:
    return enter(site, signed_in, RedirectResponse(to, status_code=303))
