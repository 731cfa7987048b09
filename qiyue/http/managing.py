"""Accounts, tokens and the audit log over HTTP; `qiyue account` and `qiyue token` do the same on the command line."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import ConfigDict, Field

from qiyue.http.models import FolderName, PlainText, Shape
from qiyue.http.people import Asker, Managing, address_of, site_of
from qiyue.http.replies import PROBLEMS, problems

if TYPE_CHECKING:
    from corpus.access import Token
    from corpus.accounts import Account

router = APIRouter(tags=["accounts"])
Role = Literal["reader", "editor"]
Grants = dict[FolderName | Literal[""], Role]
_WHERE = 'Role by folder, which holds for those below it; "" is the whole collection.'
_ACCOUNT: dict[str, Any] = {"name": "王芳", "admin": False, "grants": {"采购": "editor"}}


class AccountShown(Shape):
    """An account; never its password."""

    name: str
    admin: bool
    disabled: bool
    has_password: bool
    external: str | None = Field(description="Issuer and subject at an OpenID Connect provider.")
    grants: dict[str, Role] = Field(description=_WHERE)
    created_at: str


class AccountList(Shape):
    """All accounts, by name."""

    accounts: list[AccountShown]


class NewAccount(Shape):
    """An account to make."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [_ACCOUNT | {"password": "四个词 的 长 口令", "external": None}]}
    )

    name: PlainText = Field(min_length=1, max_length=64)
    password: PlainText | None = Field(default=None, max_length=256)
    admin: bool = False
    grants: Grants = Field(default={}, description=_WHERE)
    external: PlainText | None = Field(default=None, min_length=3, max_length=500)


class AccountChange(Shape):
    """What to change of an account; what is not given stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"grants": {"采购": "reader"}}]})

    password: PlainText | None = Field(default=None, max_length=256)
    admin: bool | None = None
    disabled: bool | None = None
    grants: Grants | None = Field(default=None, description=_WHERE)


class TokenShown(Shape):
    """What is kept of a token."""

    id: str
    account: str
    label: str
    scopes: list[str]
    created_at: str
    expires_at: str
    used_at: str | None


class TokenList(Shape):
    """Tokens, the newest first."""

    tokens: list[TokenShown]


class NewToken(Shape):
    """A token to make."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"label": "归档系统", "scopes": ["read"], "days": 90}]}
    )

    label: PlainText = Field(default="", max_length=100)
    scopes: list[Annotated[PlainText, Field(max_length=20)]] = Field(min_length=1, max_length=10)
    days: int = Field(default=90, ge=1, le=366)


class TokenMade(Shape):
    """A token, shown this once."""

    token: str
    kept: TokenShown


class LogEntry(Shape):
    """Who did what, when and to what; each entry carries the hash of the one before."""

    number: int
    at: str
    who: str
    via: str
    action: str
    object: str | None
    detail: dict[str, Any]
    address: str | None
    hash: str


class Log(Shape):
    """Entries, the newest first."""

    entries: list[LogEntry]


@router.get("/v1/accounts", summary="List accounts", responses=PROBLEMS)
def accounts(request: Request, reach: Managing) -> AccountList:
    """For administrators."""
    return AccountList(accounts=[_shown(account) for account in site_of(request).door.accounts.all()])


@router.post("/v1/accounts", summary="Make an account", status_code=201, responses=problems(409))
def add_account(request: Request, reach: Managing, wanted: NewAccount) -> AccountShown:
    """For administrators; without a password it signs in at the OpenID Connect provider, or not at all."""
    door = site_of(request).door
    account = door.add_account(
        wanted.name,
        password=wanted.password,
        admin=wanted.admin,
        grants=_grants(wanted.grants),
        external=wanted.external,
    )
    door.trail.note(reach.person, "add account", account.name, address=address_of(request), wait=True)
    return _shown(account)


@router.patch("/v1/accounts/{name}", summary="Change an account", responses=problems(404, 409))
def change_account(
    request: Request, reach: Managing, name: Annotated[str, Path(max_length=64)], change: AccountChange
) -> AccountShown:
    """For administrators; whoever is disabled or gets a new password is signed out everywhere."""
    door = site_of(request).door
    if change.password is not None:
        door.set_password(name, change.password)
    grants = _grants(change.grants) if change.grants is not None else None
    door.accounts.change(name, admin=change.admin, disabled=change.disabled, grants=grants)
    changed: list[str] = sorted(change.model_fields_set)
    door.trail.note(reach.person, "change account", name, address=address_of(request), wait=True, changed=changed)
    return _shown(door.accounts.get(name))


@router.get("/v1/tokens", summary="List tokens", responses=PROBLEMS)
def tokens(
    request: Request, person: Asker, everybody: Annotated[bool, Query(description="For administrators.")] = False
) -> TokenList:
    """Tokens of the asker; never themselves."""
    person.need("read")
    if everybody:
        person.need_to_manage()
    found = site_of(request).door.access.tokens(None if everybody else person.name)
    return TokenList(tokens=[_kept(token) for token in found])


@router.post("/v1/tokens", summary="Make a token", status_code=201, responses=PROBLEMS)
def make_token(request: Request, person: Asker, wanted: NewToken) -> TokenMade:
    """A token with the rights of the asker, within its scopes; it is shown this once."""
    if person.via == "token":
        person.need("admin")  # or a token could outlive itself
    door = site_of(request).door
    token, kept = door.make_token(person, label=wanted.label, scopes=wanted.scopes, days=wanted.days)
    door.trail.note(person, "make token", kept.id, address=address_of(request), wait=True, scopes=list(kept.scopes))
    return TokenMade(token=token, kept=_kept(kept))


@router.delete("/v1/tokens/{id}", summary="Withdraw a token", status_code=204, responses=problems(404))
def withdraw_token(request: Request, person: Asker, id: Annotated[str, Path(max_length=64)]) -> None:
    """It works no more; administrators may withdraw anybody's."""
    if person.via == "token":
        person.need("admin")
    door = site_of(request).door
    door.access.remove_token(id, account=None if person.manages() else person.name)
    door.trail.note(person, "withdraw token", id, address=address_of(request), wait=True)


@router.get("/v1/audit", summary="The audit log", responses=PROBLEMS)
def audit(
    request: Request,
    reach: Managing,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Only entries with a smaller number.")] = None,
    who: Annotated[str | None, Query(max_length=64)] = None,
    object: Annotated[str | None, Query(max_length=200)] = None,
) -> Log:
    """For administrators."""
    found = site_of(request).door.audit.newest(limit, before=before, who=who, thing=object)
    return Log(entries=[LogEntry.model_validate(vars(entry)) for entry in found])


def _grants(given: Mapping[str, Role]) -> dict[str, Role]:
    return dict(given)


def _shown(account: "Account") -> AccountShown:
    return AccountShown.model_validate(vars(account) | {"grants": dict(account.grants)})


def _kept(token: "Token") -> TokenShown:
    known = {name: value for name, value in vars(token).items() if name != "key"}
    return TokenShown.model_validate(known | {"scopes": list(token.scopes)})
