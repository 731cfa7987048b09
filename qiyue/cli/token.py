"""`qiyue token`: keys for programs that use the HTTP API."""

from typing import Annotated

import typer

from qiyue.cli.account import open_door
from qiyue.cli.output import JsonOption, note, print_json, print_table

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def group() -> None:
    """Make and withdraw tokens for programs that use the HTTP API.

    Example: qiyue token create 王芳 --label 归档系统
    """


@app.command()
def create(
    account: Annotated[str, typer.Argument(help="Account whose rights it has.")],
    label: Annotated[str, typer.Option(help="What it is for.")] = "",
    scope: Annotated[
        list[str] | None, typer.Option(help="read, write, admin, calendar or metrics; read by default. Repeatable.")
    ] = None,
    days: Annotated[int, typer.Option(help="How long it works.")] = 90,
    as_json: JsonOption = False,
) -> int:
    """Make a token and print it, this once; only its hash is kept.

    Example: qiyue token create 王芳 --label 归档系统 --scope read --days 30
    """
    from qiyue.accounts.person import Person

    with open_door() as door:
        owner = door.accounts.get(account)
        person = Person(owner.name, owner.admin, owner.grants, via="command")
        token, kept = door.make_token(person, label=label, scopes=scope or ["read"], days=days)
        door.trail.note(person, "make token", kept.id, wait=True)
    if as_json:
        print_json({"token": token, "id": kept.id, "expires_at": kept.expires_at})
    else:
        print(token)
        note(f"{kept.id} works until {kept.expires_at[:10]}; it is not shown again")
    return 0


@app.command(name="list")
def list_(
    account: Annotated[str | None, typer.Argument(help="Only of this account.")] = None, as_json: JsonOption = False
) -> int:
    """List the tokens; never themselves."""
    with open_door() as door:
        tokens = [
            {name: value for name, value in vars(token).items() if name != "key"}
            for token in door.access.tokens(account)
        ]
    if as_json:
        print_json({"tokens": tokens})
    else:
        rows = ((t["id"], t["account"], t["label"], ",".join(t["scopes"]), t["expires_at"][:10]) for t in tokens)
        print_table(("id", "account", "label", "scopes", "until"), rows)
    return 0


@app.command()
def revoke(token: Annotated[str, typer.Argument(help="Id of the token.")]) -> int:
    """Withdraw a token: it works no more."""
    with open_door() as door:
        door.access.remove_token(token)
        door.trail.note("-", "withdraw token", token, wait=True)
    return 0
