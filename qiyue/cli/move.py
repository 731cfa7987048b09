"""`qiyue move`: folders of the collection."""

from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json
from qiyue.service.base import open_service
from schema.errors import UsageError


def command(
    contracts: Annotated[list[str], typer.Argument(help="Ids, or their beginnings.")],
    folder: Annotated[str | None, typer.Option(help="Where to keep them: 采购/2025.")] = None,
    out: Annotated[bool, typer.Option("--out", help="Take them out of their folder.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Keep contracts in a folder of the collection.

    Example: qiyue move 3fa2b1c4 9d01aa27 --folder 采购/2025
    """
    from qiyue.service.organising import move_contracts

    if (folder is None) is not out:
        raise UsageError("usage", "to which folder?", remedy="add --folder NAME, or --out")
    with open_service() as service:
        moved = move_contracts(service, contracts, folder)
    if as_json:
        print_json(moved)
    else:
        note(f"{len(moved['contracts'])} contracts {'in ' + folder if folder else 'in no folder'}")
    return 0
