"""`qiyue due`: what is owed when."""

from typing import Annotated, Any

import typer

from qiyue.cli.output import JsonOption, note, print_json, print_table
from qiyue.service.base import open_service


def command(
    within: Annotated[str | None, typer.Option(help="How far ahead: 30d, 2w, 3m, 1y; all by default.")] = None,
    past: Annotated[str | None, typer.Option(help="How far back as well.")] = None,
    party: Annotated[str | None, typer.Option(help="Only what this party owes (words of its name, or 甲方).")] = None,
    contract: Annotated[str | None, typer.Option(help="Only of this contract.")] = None,
    folder: Annotated[str | None, typer.Option(help="Only of this folder and those below it.")] = None,
    unanchored: Annotated[bool, typer.Option("--unanchored", help="What has no date yet, and why.")] = False,
    today: Annotated[str | None, typer.Option(help="Another day than today (2025-01-31).")] = None,
    as_json: JsonOption = False,
) -> int:
    """List what is owed when.

    Counted by 民法典 200 to 204 and the official calendar of working days; provisional where that is not announced yet.
    Events that the contract does not date are given with `qiyue anchor`; without them there is no date and no guess.

    Example: qiyue due --within 30d --party 甲方
    """
    from qiyue.service.due import list_due

    with open_service() as service:
        found = list_due(service, within=within, past=past, party=party, folder=folder, contract=contract, today=today)
    if as_json:
        print_json(found)
    elif unanchored:
        _print_unanchored(found["unanchored"])
    else:
        _print_due(found["due"])
        if found["unanchored"]:
            note(f"{len(found['unanchored'])} have no date yet: qiyue due --unanchored")
    return 0


def _print_due(items: list[dict[str, Any]]) -> None:
    rows = (
        (
            item["due"] + ("?" if item["provisional"] else ""),
            item["role"],
            item["what"] or item["text"],
            item["title"],
            item["citation"] and item["citation"].partition("》")[2],
            item["contract"][:12],
            item["id"],
        )
        for item in items
    )
    print_table(("due", "who", "what", "contract", "clause", "id", "deadline"), rows)
    if any(item["provisional"] for item in items):
        note("? provisional: the official calendar of that year is not announced yet")


def _print_unanchored(items: list[dict[str, Any]]) -> None:
    rows = ((i["contract"][:12], i["id"], i["role"], i["what"] or i["text"], i["reason"]) for i in items)
    print_table(("id", "deadline", "who", "what", "why"), rows)
