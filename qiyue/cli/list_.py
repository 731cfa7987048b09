"""`qiyue list`: the contracts of the collection."""

from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json, print_table
from qiyue.service.base import open_service


def command(
    folder: Annotated[str | None, typer.Option(help="Only of this folder and those below it.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only with this tag.")] = None,
    party: Annotated[str | None, typer.Option(help="Only with these words in the name of a party.")] = None,
    since: Annotated[str | None, typer.Option(help="Only imported or changed after this time (ISO, UTC).")] = None,
    limit: Annotated[int, typer.Option(min=0, max=10_000, help="How many.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="Go on where the last page ended.")] = None,
    as_json: JsonOption = False,
) -> int:
    """List the contracts, the newest first.

    Example: qiyue list --party 水务 --limit 20
    """
    from qiyue.service.contracts import list_contracts

    with open_service() as service:
        page = list_contracts(service, folder=folder, tag=tag, party=party, since=since, limit=limit, cursor=cursor)
    if as_json:
        print_json(page)
        return 0
    rows = (
        (
            card["id"][:12],
            card["title"] or card["source"]["name"],
            "、".join(p["name"] or p["role"] for p in card["parties"]),
            card["total"],
            card["sign_date"],
            card["folder"],
            _findings(card["findings"]),
        )
        for card in page["contracts"]
    )
    print_table(("id", "title", "parties", "total", "signed", "folder", "findings"), rows)
    if page["cursor"]:
        note(f"{len(page['contracts'])} of {page['total']}; go on with --cursor {page['cursor']}")
    return 0


def _findings(counts: dict[str, int]) -> str:
    return " ".join(f"{number} {severity}" for severity, number in counts.items() if number)
