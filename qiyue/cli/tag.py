"""`qiyue tag`: tags of contracts."""

from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, print_json, print_table
from qiyue.service.base import open_service
from schema.errors import UsageError


def command(
    contracts: Annotated[list[str], typer.Argument(help="Ids, or their beginnings.")],
    add: Annotated[list[str] | None, typer.Option(help="Tag to give; may be repeated.")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="Tag to take away; may be repeated.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Give contracts tags and take others away.

    Example: qiyue tag 3fa2b1c4 --add 重要 --remove 待审
    """
    from qiyue.service.organising import tag_contracts

    if not add and not remove:
        raise UsageError("usage", "which tags?", remedy="add --add TAG or --remove TAG")
    with open_service() as service:
        tagged = tag_contracts(service, contracts, add or [], remove or [])
    if as_json:
        print_json(tagged)
    else:
        print_table(("id", "tags"), ((entry["id"][:12], " ".join(entry["tags"])) for entry in tagged["contracts"]))
    return 0
