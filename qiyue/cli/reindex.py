"""`qiyue reindex`: a new index from the store."""

from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, print_json
from qiyue.cli.progress import counting
from qiyue.service.base import open_service


def command(
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Only what the index lacks or has in another state.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Make the search index anew from the store.

    Searches go on with the old index meanwhile.

    Example: qiyue reindex --if-needed
    """
    from qiyue.service.indexing import bring_up_to_date, reindex

    make = bring_up_to_date if if_needed else reindex
    with open_service() as service, counting("contracts") as progress:
        number = make(service, on_progress=progress)
    if as_json:
        print_json({"contracts": number})
    else:
        print(f"{number} contracts indexed" if number or not if_needed else "the index lacks nothing")
    return 0
