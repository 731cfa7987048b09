"""`qiyue export`: for other systems and spreadsheets."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from qiyue.cli.output import JsonOption, note, print_json
from qiyue.service.base import open_service
from schema.errors import UsageError

Format = Literal["json", "ndjson", "csv", "xlsx", "ics"]
What = Literal["contracts", "clauses", "parties", "amounts", "rates", "payments", "deadlines", "penalties", "findings"]


def command(
    what: Annotated[What, typer.Option(help="What a line is.")] = "contracts",
    file_format: Annotated[Format, typer.Option("--format", help="How it is written.")] = "ndjson",
    out: Annotated[Path | None, typer.Option(help="File to write; stdout by default.")] = None,
    where: Annotated[list[str] | None, typer.Option(help="Filter as in search; may be repeated.")] = None,
    query: Annotated[str, typer.Option(help="Only what answers this search.")] = "",
    folder: Annotated[str | None, typer.Option(help="Only of this folder and those below it.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only with this tag.")] = None,
    since: Annotated[str | None, typer.Option(help="Only imported or changed after this time (ISO, UTC).")] = None,
    headers: Annotated[Literal["en", "zh"], typer.Option(help="Language of the heads in tables.")] = "en",
    remind: Annotated[int | None, typer.Option(min=0, help="Alarm so many days before; for ics.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Write contracts, clauses or facts for other systems and spreadsheets.

    Lines are written as they are read, however many there are; a file is replaced whole or not at all. Filters choose
    clauses, and facts by the clause they stand in. JSON and NDJSON hold what `qiyue schema` describes. A calendar (ics)
    is of deadlines: an event for each date, a to-do for what has none yet.

    Example: qiyue export --what deadlines --format xlsx --headers zh --out 期限.xlsx --where 'deadline.who=甲方'
    """
    from qiyue.service.exporting import ExportRequest, export_to, export_to_file
    from schema.query import ClauseQuery
    from search.where import parse_condition

    asked = ClauseQuery(text=query, where=tuple(map(parse_condition, where or ()))) if query or where else None
    request = ExportRequest(
        what=what,
        format=file_format,
        query=asked,
        folder=folder,
        tag=tag,
        since=since,
        chinese=headers == "zh",
        remind_days=remind,
    )
    with open_service() as service:
        if out is not None:
            number = export_to_file(service, request, out)
        elif as_json or (file_format == "xlsx" and sys.stdout.isatty()):
            raise UsageError("usage", "there is no file to write to", remedy="add --out FILE")
        else:
            number = export_to(service, request, sys.stdout.buffer)
    if as_json:
        print_json({"what": what, "format": file_format, "lines": number, "out": str(out)})
    elif out is not None:
        note(f"{number} {what} in {out}")
    return 0
