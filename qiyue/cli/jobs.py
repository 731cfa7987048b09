"""`qiyue jobs`: imports and what became of their files."""

from pathlib import Path
from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json, print_table
from qiyue.service.base import open_service

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def command(context: typer.Context, as_json: JsonOption = False) -> int:
    """List the imports, or show what became of each file of one.

    Example: qiyue jobs show 3 --state failed
    """
    if context.invoked_subcommand is not None:
        return 0
    from qiyue.service.jobs import list_jobs

    with open_service() as service:
        found = list_jobs(service)
    if as_json:
        print_json(found)
    else:
        rows = (
            (job["id"], job["state"], job["started_at"][:19], *(job["counts"][state] for state in _STATES))
            for job in found["jobs"]
        )
        print_table(("id", "state", "started", *_STATES), rows)
    return 0


@app.command()
def show(
    number: Annotated[int, typer.Argument(help="Number of the import.")],
    state: Annotated[
        str | None, typer.Option(help="Only files that ended so: stored, duplicate, failed, skipped.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write it as CSV instead.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Show what became of each file of an import.

    Example: qiyue jobs show 3 --report 结果.csv
    """
    from qiyue.service.jobs import job_json, write_report

    with open_service() as service:
        if report is not None:
            note(f"{write_report(service, number, report)} files in {report}")
            return 0
        job = job_json(service, number)
    job["files"] = [file for file in job["files"] if state in (None, file["state"])]
    if as_json:
        print_json(job)
    else:
        rows = ((f["state"], f["path"], f["contract"] and f["contract"][:12], _why(f)) for f in job["files"])
        print_table(("state", "file", "contract", "why"), rows)
    return 0


_STATES = ("stored", "duplicate", "failed", "skipped")


def _why(file: dict[str, str | None]) -> str:
    if file["message"]:
        return f"{file['code'] or ''} {file['message']} ({file['remedy']})" if file["remedy"] else file["message"]
    if file["relation"] in ("twin", "version"):
        return f"{file['relation']} of {str(file['of'])[:12]} ({file['certainty']})"
    return ""
