"""One's own account: password, and the tokens one made."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from qiyue.accounts.person import SCOPES
from qiyue.http.people import address_of, site_of
from qiyue.web.desk import Desk, DeskOf, see_other
from schema.errors import UsageError

router = APIRouter()


@router.get("/account")
def account(request: Request, desk: DeskOf) -> Response:
    """Password and tokens."""
    return _page(request, desk)


@router.post("/account/password")
def password(
    request: Request,
    desk: DeskOf,
    new: Annotated[str, Form(max_length=256)],
    old: Annotated[str, Form(max_length=256)] = "",
) -> Response:
    """Change one's password; whoever has none yet needs no old one. All sessions end."""
    from qiyue.accounts.passwords import is_password

    door = site_of(request).door
    stored = door.accounts.password_of(desk.person.name)
    if stored is not None and not is_password(old, stored):
        raise UsageError("sign_in_failed", "the old password is wrong")
    door.set_password(desk.person.name, new)
    door.trail.note(desk.person, "change password", desk.person.name, address=address_of(request), wait=True)
    return see_other("/sign-in")


@router.post("/account/tokens")
def make_token(
    request: Request,
    desk: DeskOf,
    label: Annotated[str, Form(min_length=1, max_length=100)],
    scope: Annotated[list[str], Form()],
    days: Annotated[int, Form()] = 90,
) -> Response:
    """Make a token; it is shown once."""
    door = site_of(request).door
    token, kept = door.make_token(desk.person, label=label, scopes=scope, days=days)
    door.trail.note(desk.person, "make token", kept.id, address=address_of(request), wait=True, scopes=scope)
    return _page(request, desk, token=token)


@router.post("/account/tokens/{identity}/remove")
def remove_token(request: Request, desk: DeskOf, identity: str) -> Response:
    """Withdraw a token; administrators anybody's."""
    door = site_of(request).door
    door.access.remove_token(identity, account=None if desk.person.manages() else desk.person.name)
    door.trail.note(desk.person, "remove token", identity, address=address_of(request), wait=True)
    return see_other("/account")


def _page(request: Request, desk: Desk, token: str | None = None) -> Response:
    door = site_of(request).door
    everybody = desk.person.manages()
    scopes = [s for s in SCOPES if s in desk.person.scopes and (desk.person.admin or s not in ("admin", "metrics"))]
    return desk.page(
        "account.html",
        {
            "has_password": door.accounts.get(desk.person.name).has_password,
            "tokens": door.access.tokens(None if everybody else desk.person.name),
            "scopes": scopes,
            "token": token,
        },
    )
