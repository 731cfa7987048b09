"""`qiyue anchor`: the days events happened."""

from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, print_json, print_table
from qiyue.service.base import open_service
from schema.errors import UsageError


def command(
    contract: Annotated[str, typer.Argument(help="Id, or the beginning of one.")],
    event: Annotated[str | None, typer.Argument(help="签订, 最终验收 …, or the id of a deadline.")] = None,
    date: Annotated[str | None, typer.Argument(help="The day, as 2025-01-31.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the word about this event back.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Say on which day an event of a contract happened, or list what was said.

    Deadlines that are counted from it get their dates. Two acceptances are told apart by their names (初步验收,
    最终验收); the id of a deadline sets the beginning of that one period.

    Example: qiyue anchor 3fa2b1c4 签订 2025-01-31
    """
    from qiyue.service.due import list_anchors, remove_anchor, set_anchor

    with open_service() as service:
        if event is None:
            found = list_anchors(service, contract)
        elif remove:
            found = remove_anchor(service, contract, event)
        elif date is None:
            raise UsageError("usage", f"on which day was {event}?", remedy="add the day, as 2025-01-31")
        else:
            found = set_anchor(service, contract, event, date)
    if as_json:
        print_json(found)
    else:
        rows = ((anchor["event"], anchor["date"], anchor["who"], anchor["at"]) for anchor in found["anchors"])
        print_table(("event", "day", "said by", "at"), rows)
    return 0
