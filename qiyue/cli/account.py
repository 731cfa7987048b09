"""`qiyue account`: who may sign in to the server, and do what."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json, print_table
from qiyue.service.base import open_service
from schema.errors import UsageError

if TYPE_CHECKING:
    from corpus.accounts import Account, Role
    from qiyue.accounts.door import Door

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def group() -> None:
    """Say who may sign in to the server, and do what.

    Example: qiyue account add 王芳 --editor 采购
    """


Name = Annotated[str, typer.Argument(help="Name of the account.")]
Readers = Annotated[list[str] | None, typer.Option("--reader", help="Folder that may be read; . for all. Repeatable.")]
Editors = Annotated[
    list[str] | None, typer.Option("--editor", help="Folder that may be read and changed; . for all. Repeatable.")
]
Stdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from stdin.")]


@contextmanager
def open_door() -> Iterator["Door"]:
    """The door of the collection of the settings."""
    from qiyue.accounts.door import Door

    with open_service() as service:
        door = Door(service.store.database)
        try:
            yield door
        finally:
            door.close()


@app.command()
def add(
    name: Name,
    admin: Annotated[bool, typer.Option("--admin", help="May do everything and manage accounts.")] = False,
    reader: Readers = None,
    editor: Editors = None,
    openid: Annotated[str | None, typer.Option(help="Signs in at the OpenID provider: its subject there.")] = None,
    password_stdin: Stdin = False,
) -> int:
    """Make an account; the password is asked for.

    Example: qiyue account add 王芳 --editor 采购 --reader .
    """
    password = None if openid and not password_stdin else _password(stdin=password_stdin)
    with open_door() as door:
        external = _external(openid) if openid else None
        grants = _grants(reader, editor)
        account = door.add_account(name, password=password, admin=admin, grants=grants, external=external)
        door.trail.note("-", "add account", account.name, wait=True)
    note(f"{account.name} may sign in")
    return 0


@app.command(name="list")
def list_(as_json: JsonOption = False) -> int:
    """List the accounts."""
    with open_door() as door:
        accounts = [account_json(account) for account in door.accounts.all()]
    if as_json:
        print_json({"accounts": accounts})
    else:
        rows = ((a["name"], a["role"], a["signs_in"], " ".join(_shown(a["grants"]))) for a in accounts)
        print_table(("name", "role", "signs in by", "folders"), rows)
    return 0


@app.command()
def grant(name: Name, reader: Readers = None, editor: Editors = None) -> int:
    """Say anew which folders an account may read and change.

    Example: qiyue account grant 王芳 --editor 采购/2025
    """
    with open_door() as door:
        door.accounts.change(name, grants=_grants(reader, editor))
        door.trail.note("-", "change account", name, wait=True)
    return 0


@app.command()
def passwd(name: Name, password_stdin: Stdin = False) -> int:
    """Give an account a new password; it is signed out everywhere."""
    password = _password(stdin=password_stdin)
    with open_door() as door:
        door.set_password(name, password)
        door.trail.note("-", "change password", name, wait=True)
    return 0


@app.command()
def disable(name: Name) -> int:
    """Sign an account out and let it in no more; its name stays in the audit log."""
    with open_door() as door:
        door.accounts.change(name, disabled=True)
        door.trail.note("-", "disable account", name, wait=True)
    return 0


@app.command()
def enable(name: Name) -> int:
    """Let a disabled account in again."""
    with open_door() as door:
        door.accounts.change(name, disabled=False)
        door.trail.note("-", "enable account", name, wait=True)
    return 0


def account_json(account: "Account") -> dict[str, object]:
    """An account as JSON; nothing of its password."""
    ways = [way for way, has in (("password", account.has_password), ("openid", account.external)) if has]
    return {
        "name": account.name,
        "role": "disabled" if account.disabled else "admin" if account.admin else "user",
        "signs_in": ", ".join(ways) or "link",
        "grants": dict(account.grants),
        "created_at": account.created_at,
    }


def _shown(grants: object) -> list[str]:
    assert isinstance(grants, dict)
    return [f"{folder or '.'}:{role}" for folder, role in grants.items()]


def _grants(reader: list[str] | None, editor: list[str] | None) -> "dict[str, Role]":
    found: dict[str, Role] = {}
    for folder in reader or ():
        found["" if folder == "." else folder.strip("/")] = "reader"
    for folder in editor or ():
        found["" if folder == "." else folder.strip("/")] = "editor"
    return found


def _external(subject: str) -> str:
    from qiyue.settings import read_settings

    issuer = read_settings().openid_issuer
    if not issuer:
        raise UsageError("setting_invalid", "QIYUE_OPENID_ISSUER is not set", remedy="set it to the provider's address")
    return f"{issuer} {subject}"


def _password(*, stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise UsageError("usage", "there is no terminal to ask for the password", remedy="use --password-stdin")
    return str(typer.prompt("password", hide_input=True, confirmation_prompt=True, err=True))
