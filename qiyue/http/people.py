"""Who asks: the dependencies every route begins with.

    @router.get("/things")
    def things(reach: ReachOf) -> ...

`Asker` is the signed-in person, by cookie or bearer token; `ReachOf` adds a service and what the person may see of it.
A request that comes with a cookie and changes something must prove that one of our own pages sent it.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from qiyue.accounts.keys import same, unmasked
from qiyue.accounts.person import Person
from qiyue.http.pool import Lease
from qiyue.http.reach import Reach
from qiyue.http.site import Site
from schema.errors import UsageError

CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf"
_HARMLESS = ("GET", "HEAD", "OPTIONS")
_FORM = "application/x-www-form-urlencoded"


def site_of(request: Request) -> Site:
    """The site a request came to."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def cookie_name(site: Site) -> str:
    """Name of the session's cookie; the prefix makes browsers insist on TLS and on this very host."""
    return "__Host-qiyue" if site.needs_tls else "qiyue"


def address_of(request: Request) -> str | None:
    """Address of the asker."""
    return request.client.host if request.client else None


async def maybe(request: Request) -> Person | None:
    """Whoever asks, None when nobody is signed in; proof of origin is not asked for.

    Raises:
        UsageError: `sign_in_needed` when a token was sent that is none, or no longer.
    """
    request.state.person = person = await _person(request, site_of(request))
    return person


def known_person(request: Request) -> Person | None:
    """Whoever asked, also where no route did: for a page that tells of trouble and still leads on.

    Call it where waiting for the database is allowed.
    """
    known: Person | None = getattr(request.state, "person", None)
    key = request.cookies.get(cookie_name(site_of(request)))
    return known if known or not key else site_of(request).door.by_cookie(key)


async def _person(request: Request, site: Site) -> Person | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        person = await run_in_threadpool(site.door.by_token, token.strip())
        if person is None:
            raise UsageError("sign_in_needed", "the token is unknown, expired or withdrawn")
        return person
    key = request.cookies.get(cookie_name(site))
    return await run_in_threadpool(site.door.by_cookie, key) if key else None


async def uploader(request: Request) -> Person:
    """The signed-in person of a request whose body is read by the route; it must call `prove` before it acts."""
    person = await maybe(request)
    if person is None:
        raise UsageError("sign_in_needed", "nobody is signed in")
    return person


async def asker(request: Request) -> Person:
    """The signed-in person.

    Raises:
        UsageError: `sign_in_needed`, `form_expired`.
    """
    person = await uploader(request)
    if request.method not in _HARMLESS and person.csrf is not None:
        given = request.headers.get(CSRF_HEADER)
        if given is None and request.headers.get("content-type", "").startswith(_FORM):
            given = str((await request.form()).get(CSRF_FIELD, ""))
        prove(request, person, given)
    return person


def prove(request: Request, person: Person, given: str | None) -> None:
    """See that a request with a cookie comes from a page of this session.

    Args:
        request: of the person.
        person: who asks; programs with a token need no proof.
        given: the disguised secret, from the header or the field of a form.

    Raises:
        UsageError: `form_expired`.
    """
    if person.csrf is None:
        return
    origin = request.headers.get("sec-fetch-site", "same-origin")
    if origin not in ("same-origin", "none") or not same(unmasked(given or ""), person.csrf):
        raise UsageError("form_expired", "the request was not sent from a page of this session")


async def lent(request: Request) -> AsyncIterator[Lease]:
    """A lease for this request; it waits for nothing, so it needs no thread."""
    with site_of(request).pool.lease() as lease:
        yield lease


Asker = Annotated[Person, Depends(asker)]
Uploader = Annotated[Person, Depends(uploader)]
Maybe = Annotated[Person | None, Depends(maybe)]
Lent = Annotated[Lease, Depends(lent)]


async def reach(person: Asker, lease: Lent) -> Reach:
    """What the asker may see."""
    person.need("read")
    return Reach(person, lease)


async def managing(person: Asker, lease: Lent) -> Reach:
    """The same for administrators.

    Raises:
        UsageError: `not_allowed`.
    """
    person.need_to_manage()
    return Reach(person, lease)


ReachOf = Annotated[Reach, Depends(reach)]
Managing = Annotated[Reach, Depends(managing)]
