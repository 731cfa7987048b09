"""Administration: accounts and their rights, folders, health, the index, what was done."""

import logging
import re
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from qiyue.http.people import address_of, site_of
from qiyue.http.site import Site
from qiyue.web.desk import Desk, ManagingDesk, see_other
from qiyue.web.wording import trouble_words, words
from schema.errors import QiyueError, UsageError

if TYPE_CHECKING:
    from corpus.audit import Entry
    from qiyue.service.doctor import Check

router = APIRouter()
_LOG = logging.getLogger(__name__)
_ENTRIES = 60
_CONTRACT = re.compile(r"[0-9a-f]{64}")
_ROLES: dict[str, Literal["reader", "editor"]] = {"reader": "reader", "editor": "editor"}
Grants = dict[str, Literal["reader", "editor"]]


@router.get("/admin")
def admin(request: Request, desk: ManagingDesk, check: bool = False) -> Response:
    """Accounts, folders, the newest entries of the log; health when asked, since looking takes a moment."""
    from qiyue.service.doctor import examine

    door = site_of(request).door
    store = desk.service.store
    return desk.page(
        "admin.html",
        {
            "accounts": door.accounts.all(),
            "folders": store.catalogue.folders(),
            "waiting": store.outbox.count(),
            "index": desk.service.index.health(),
            "checks": [_said(desk, found) for found in examine(desk.service)] if check else None,
            "broken_at": door.audit.broken_at() if check else None,
            "entries": _entries(desk, door.audit.newest(_ENTRIES)),
            "roles": tuple(_ROLES),
        },
    )


@dataclass(frozen=True)
class ShownEntry:
    """An entry of the log in words: what was done, and to what, with a link where it is a contract."""

    entry: "Entry"
    action: str
    thing: str
    address: str | None


def _entries(desk: Desk, entries: "list[Entry]") -> list[ShownEntry]:
    from corpus.catalogue import Wanted

    names = tuple({entry.object for entry in entries if entry.object and _CONTRACT.fullmatch(entry.object)})
    cards = desk.service.store.catalogue.each(Wanted(ids=names)) if names else ()
    titles = {card.id: card.title or card.source["name"] for card in cards}

    def shown(entry: "Entry") -> ShownEntry:
        key = f"log_action.{entry.action.replace(' ', '_').replace('-', '_')}"
        action = desk.say(key) if key in words() else entry.action
        title = titles.get(entry.object or "")
        thing = title or (entry.object or "")[:16]
        return ShownEntry(entry, action, thing, f"/contracts/{entry.object}" if title else None)

    return [shown(entry) for entry in entries]


def _said(desk: Desk, check: "Check") -> "Check":
    """A line of the examination in the language of the page."""
    if desk.language != "zh":
        return check
    if check.code:
        message, remedy = trouble_words("zh", QiyueError(check.code, check.message, remedy=check.remedy))
        return replace(check, message=message, remedy=remedy)
    return replace(check, message=check.chinese or check.message, remedy=check.chinese_remedy or check.remedy)


@router.post("/admin/accounts")
def add_account(
    request: Request,
    desk: ManagingDesk,
    name: Annotated[str, Form(max_length=64)],
    password: Annotated[str, Form(max_length=256)] = "",
    admin: Annotated[bool, Form()] = False,
    grants: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Make an account; without a password it signs in elsewhere."""
    site_of(request).door.add_account(name.strip(), password=password or None, admin=admin, grants=read_grants(grants))
    _note(request, desk, "add account", name.strip())
    return see_other("/admin")


@router.post("/admin/accounts/{name}")
def change_account(
    request: Request,
    desk: ManagingDesk,
    name: str,
    admin: Annotated[bool, Form()] = False,
    disabled: Annotated[bool, Form()] = False,
    grants: Annotated[str, Form(max_length=2000)] = "",
    password: Annotated[str, Form(max_length=256)] = "",
) -> Response:
    """Change rights, close an account, give it a new password."""
    door = site_of(request).door
    door.accounts.change(name, admin=admin, disabled=disabled, grants=read_grants(grants))
    if password:
        door.set_password(name, password)
    _note(request, desk, "change account", name)
    return see_other("/admin")


@router.post("/admin/accounts/{name}/remove")
def remove_account(request: Request, desk: ManagingDesk, name: str) -> Response:
    """Remove an account with its tokens and saved searches; the log keeps its name."""
    site_of(request).door.accounts.remove(name)
    _note(request, desk, "remove account", name)
    return see_other("/admin")


@router.post("/admin/reindex")
def rebuild(request: Request, desk: ManagingDesk) -> Response:
    """Begin to make the index anew; searches go on meanwhile."""
    site = site_of(request)
    threading.Thread(target=_reindex, args=(site,), name="reindex", daemon=True).start()
    _note(request, desk, "reindex", "")
    return see_other("/admin")


@router.post("/admin/folders")
def rename_folder(
    request: Request,
    desk: ManagingDesk,
    folder: Annotated[str, Form(max_length=300)],
    to: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Move all contracts of a folder, not of those below it, into another one."""
    from corpus.catalogue import Wanted
    from qiyue.service.organising import move_contracts

    names = [card.id for card in desk.service.store.catalogue.each(Wanted(folders=(folder,)))]
    if names:
        move_contracts(desk.service, names, to.strip().strip("/") or None)
    _note(request, desk, "move folder", folder)
    return see_other("/admin")


def _reindex(site: Site) -> None:
    from qiyue.service.indexing import reindex

    try:
        with site.pool.lend() as service:
            reindex(service)
    except QiyueError as error:
        _LOG.error("reindex: %s", error)


def read_grants(text: str) -> Grants:
    """Rights as typed, one a line: folder, colon, role; `*` is the whole collection.

    Raises:
        UsageError: `value_unreadable`.
    """
    found: Grants = {}
    for line in filter(None, map(str.strip, text.replace("：", ":").splitlines())):
        folder, _, role = line.rpartition(":")
        known = _ROLES.get(role.strip())
        if not folder.strip() or known is None:
            raise UsageError("value_unreadable", f"{line[:60]} is no right", remedy="write 采购: reader or *: editor")
        found["" if folder.strip() == "*" else folder.strip().strip("/")] = known
    return found


def _note(request: Request, desk: Desk, action: str, thing: str) -> None:
    site_of(request).door.trail.note(desk.person, action, thing or None, address=address_of(request), wait=True)
