"""What goes where: results to stdout, progress and notes to stderr."""

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def print_json(value: object) -> None:
    """One JSON object to stdout, indented for people, on one line for programs."""
    indent = 2 if sys.stdout.isatty() else None
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def note(text: str) -> None:
    """One line to stderr."""
    print(text, file=sys.stderr)


def console() -> "Console":
    """A console on stdout; without a terminal nothing is coloured and no line is broken."""
    from rich.console import Console

    is_terminal = sys.stdout.isatty()
    return Console(width=None if is_terminal else 10_000, highlight=False, soft_wrap=not is_terminal)


def print_table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """A table: aligned on a terminal, parted by tabs in a pipe. Cells are printed as they are, never as mark-up."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(_cell(value) for value in row))
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(*heads, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console().print(table)


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
