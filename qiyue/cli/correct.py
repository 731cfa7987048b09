"""`qiyue correct`: a person's value beside the parser's."""

from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json
from qiyue.service.base import open_service


def command(
    contract: Annotated[str, typer.Argument(help="Id, or the beginning of one.")],
    element: Annotated[str, typer.Argument(help="Id of the element (a1, d3), or contract.")],
    field: Annotated[str, typer.Argument(help="Its field: value, name, cap.rate, phone.0.text.")],
    value: Annotated[str, typer.Argument(help="The right value; null for unknown.")],
    why: Annotated[str, typer.Option(help="The reason.")],
    who: Annotated[str | None, typer.Option(help="Who says so; QIYUE_USER or the login name by default.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Put a person's value beside the parser's.

    Lists, searches and due dates go by it; exports show both. It is carried over when the file is read again, as long
    as its words are still there.

    Example: qiyue correct 3fa2b1c4 a1 value 350000.00 --why 与盖章页一致
    """
    from qiyue.service.correcting import correct

    with open_service() as service:
        made = correct(service, contract, element, field, value, why=why, who=who)
    if as_json:
        print_json(made)
    else:
        done = made["correction"]
        note(f"correction {done['number']}: {element}.{field} {done['parser_value']} → {done['value']}")
    return 0
