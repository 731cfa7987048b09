"""`qiyue similar`: the same clause elsewhere, and what differs."""

from typing import Annotated

import typer

from qiyue.cli.hits import print_hits
from qiyue.cli.output import JsonOption, note, print_json
from qiyue.service.base import open_service
from schema.errors import UsageError


def command(
    contract: Annotated[str | None, typer.Argument(help="Id of a contract, or the beginning of one.")] = None,
    clause: Annotated[
        str | None, typer.Argument(help="Id of its clause or table row, as in `qiyue show --tree`.")
    ] = None,
    text: Annotated[
        str | None, typer.Option(help="A clause to compare with, instead of one of the collection.")
    ] = None,
    size: Annotated[int, typer.Option(min=1, max=100, help="Hits.")] = 20,
    as_json: JsonOption = False,
) -> int:
    """Find clauses that are the same or nearly the same, and mark what differs.

    The score is the share of words in common: 1.00 is the same.

    Example: qiyue similar 3fa2b1c4 main/12/3
    """
    from qiyue.service.searching import similar_clauses

    if (text is None) == (contract is None or clause is None):
        raise UsageError("usage", "give a contract and its clause, or a text", remedy="see qiyue similar --help")
    with open_service() as service:
        results = similar_clauses(service, text=text, contract=contract or "", clause=clause or "", limit=size)
    if as_json:
        print_json(results.model_dump(mode="json"))
        return 0
    print_hits(results.hits, score=True)
    note(f"{results.total} clauses, {len(results.hits)} shown, {results.took_ms} ms")
    return 0
