"""`qiyue show`: one contract."""

from typing import TYPE_CHECKING, Annotated

import typer

from qiyue.cli.output import JsonOption, print_json, print_table
from qiyue.service.base import open_service

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiyue.service.overview import Line


def command(
    contract: Annotated[str, typer.Argument(help="Id, or the beginning of one.")],
    tree: Annotated[bool, typer.Option("--tree", help="The clause tree instead of the facts.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Show one contract: parties, money, deadlines, penalties and findings.

    Each value stands beside the clause and page of its words.

    Example: qiyue show 3fa2b1c4 --tree
    """
    from qiyue.cli.tree import print_tree
    from qiyue.service.contracts import get_contract, get_record
    from qiyue.service.overview import fact_lines

    with open_service() as service:
        if as_json:
            print_json(get_record(service, contract))
            return 0
        value = get_contract(service, contract)
        card = service.store.catalogue.card(value.id)
    print(f"{value.title or value.source.name}  {value.id[:12]}")
    print("  ".join(filter(None, (value.source.name, value.contract_no, card.folder, *card.tags))))
    if tree:
        print_tree(value)
    else:
        for title, lines in fact_lines(value).items():
            if lines:
                print(f"\n{title}")
                _print_lines(("", "", "clause", "page"), lines)
    return 0


def _print_lines(heads: "Iterable[str]", lines: "list[Line]") -> None:
    print_table(heads, (line.cells() for line in lines))
