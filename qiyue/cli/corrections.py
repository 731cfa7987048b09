"""`qiyue corrections`: what people corrected, and what that says about the rules."""

from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json, print_table
from qiyue.service.base import open_service


def command(
    contract: Annotated[str | None, typer.Option(help="Only of this contract.")] = None,
    orphaned: Annotated[bool, typer.Option("--orphaned", help="Only those whose words are gone.")] = False,
    precision: Annotated[bool, typer.Option("--precision", help="How often people disagreed with each rule.")] = False,
    withdraw: Annotated[int | None, typer.Option(help="Take the correction of this number back.")] = None,
    as_json: JsonOption = False,
) -> int:
    """List corrections, take one back, or count them by rule.

    Example: qiyue corrections --precision
    """
    from qiyue.service import correcting

    with open_service() as service:
        if withdraw is not None:
            found = correcting.withdraw(service, withdraw)
        elif precision:
            found = correcting.rule_precision(service)
        else:
            found = correcting.list_corrections(service, contract=contract, orphaned=orphaned)
    if as_json:
        print_json(found)
    elif withdraw is not None:
        note(f"correction {withdraw} is taken back")
    elif precision:
        rows = ((s["rule"], s["elements"], s["corrected"], f"{s['agreement']:.1%}") for s in found["rules"])
        print_table(("rule", "elements", "corrected", "agreement"), rows)
    else:
        heads = ("number", "contract", "element", "field", "parser_value", "value", "who", "at", "why", "state")
        print_table(heads, ((str(c[head])[:19] for head in heads) for c in found["corrections"]))
    return 0
