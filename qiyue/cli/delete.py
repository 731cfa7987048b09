"""`qiyue delete`: contracts out of the collection."""

import sys
from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json
from qiyue.service.base import open_service
from schema.errors import UsageError


def command(
    contracts: Annotated[list[str], typer.Argument(help="Ids, or their beginnings.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Remove contracts with their corrections and original files.

    Example: qiyue delete 3fa2b1c4 --yes
    """
    from qiyue.service.organising import delete_contracts

    with open_service() as service:
        if not yes:
            cards = [service.store.catalogue.card(service.store.resolve(reference)) for reference in contracts]
            if not sys.stdin.isatty():
                raise UsageError("usage", "nobody is there to be asked", remedy="add --yes")
            for card in cards:
                note(f"{card.id[:12]} {card.title or card.source['name']}")
            typer.confirm("Remove these contracts, their corrections and original files?", abort=True, err=True)
        deleted = delete_contracts(service, contracts)
    if as_json:
        print_json(deleted)
    else:
        note(f"{len(deleted['deleted'])} contracts removed")
    return 0
