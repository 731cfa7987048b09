"""`qiyue diff`: what changed from one contract to another."""

from typing import TYPE_CHECKING, Annotated

import typer

from qiyue.cli.output import JsonOption, console, note, print_json
from qiyue.service.base import open_service

if TYPE_CHECKING:
    from rich.text import Text

    from schema.comparison import ClauseChange, Comparison

_STYLES = {"removed": "red strike", "added": "green", "equal": ""}
_CONTEXT = 12


def command(
    before: Annotated[str, typer.Argument(help="Id of a contract, the beginning of one, or a file.")],
    after: Annotated[str, typer.Argument(help="The same of the other contract or version.")],
    as_json: JsonOption = False,
) -> int:
    """Compare two contracts or versions clause by clause, values first.

    Clauses that only got another number count as the same; moved ones are named with both places.

    Example: qiyue diff 3fa2b1c4 新版合同.docx
    """
    from qiyue.service.searching import compare_contracts

    with open_service() as service:
        comparison = compare_contracts(service, before, after)
    if as_json:
        print_json(comparison.model_dump(mode="json"))
    else:
        _print(comparison)
    return 0


def _print(comparison: "Comparison") -> None:
    paper = console()
    if comparison.values:
        paper.print("values", style="bold")
    for value in comparison.values:
        place = value.after_clause or value.before_clause or ""
        paper.print(f"  {value.kind}: {value.before or '–'} → {value.after or '–'}  {place}", markup=False)
    for change in comparison.clauses:
        if change.state != "same":
            paper.print(f"{change.state}  {_places(change)}", style="bold", markup=False)
            paper.print(_words(change))
    note(", ".join(f"{number} {state}" for state, number in comparison.counts.items() if number))


def _places(change: "ClauseChange") -> str:
    before, after = (citation.partition("》")[2] if citation else None for citation in _citations(change))
    if before and after and before != after:
        return f"{before} → {after}"
    return after or before or change.after or change.before or ""


def _citations(change: "ClauseChange") -> tuple[str | None, str | None]:
    return change.before_citation, change.after_citation


def _words(change: "ClauseChange") -> "Text":
    """The words that changed with some of those around; without colours in brackets: [-gone-]{+new+}."""
    from rich.text import Text

    coloured = console().is_terminal
    words = Text("    ")
    for number, piece in enumerate(change.pieces):
        text = piece.text.replace("\n", " ").replace("\t", " ")
        if piece.kind == "equal":
            last = number == len(change.pieces) - 1
            words.append(_shortened(text, first=number == 0, last=last))
        elif coloured:
            words.append(text, style=_STYLES[piece.kind])
        else:
            words.append(f"[-{text}-]" if piece.kind == "removed" else f"{{+{text}+}}")
    return words


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """The beginning and the end of words that are the same, as far as they touch a change."""
    if len(text) <= 2 * _CONTEXT:
        return text
    head, tail = "" if first else text[:_CONTEXT], "" if last else text[-_CONTEXT:]
    return f"{head}…{tail}"
