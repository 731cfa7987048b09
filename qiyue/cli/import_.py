"""`qiyue import`: files into the collection."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qiyue.cli.import_progress import ImportProgress
from qiyue.cli.output import JsonOption, note, print_json
from qiyue.service.base import open_service
from schema.errors import ExitCode

if TYPE_CHECKING:
    from qiyue.service.importing import ImportReport


def command(
    paths: Annotated[list[Path], typer.Argument(help="Files, zip archives and folders.")],
    folder: Annotated[str | None, typer.Option(help="Folder of the collection to keep them in.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Tag to give them; may be repeated.")] = None,
    recursive: Annotated[bool, typer.Option(help="With sub-folders.")] = True,
    jobs: Annotated[int | None, typer.Option(min=1, help="Files read at once; default: the cores.")] = None,
    password: Annotated[str | None, typer.Option(help="Opens encrypted files.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Smaller OCR weights: three times as fast.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Read files, archives and folders into the collection.

    Every file ends as stored, duplicate, failed or skipped. Stopped or killed, the same command goes on where it was.

    Example: qiyue import 合同/ 归档.zip --folder 采购/2025
    """
    from qiyue.service.importing import ImportRequest, import_paths
    from qiyue.service.jobs import import_json

    request = ImportRequest(
        paths=tuple(paths),
        folder=folder,
        tags=tuple(tag or ()),
        recursive=recursive,
        jobs=jobs,
        password=password,
        fast=fast,
    )
    with open_service() as service:
        with ImportProgress() as progress:
            report = import_paths(service, request, watcher=progress)
        if as_json:
            print_json(import_json(service, report.job))
    return _summary(report, as_json=as_json)


def _summary(report: "ImportReport", *, as_json: bool) -> int:
    code = ExitCode.FAILED if report.counts.get("failed") else ExitCode.OK
    if not as_json:
        said = ", ".join(f"{number} {state}" for state, number in sorted(report.counts.items()) if number)
        print(f"import {report.job}: {said or 'no files'}")
        if report.counts.get("failed"):
            note(f"see qiyue jobs show {report.job}")
    if report.index.error is not None:
        note(f"{report.index.error}; {report.index.left} changes wait for the index")
        code = ExitCode.FAILED
    if report.interrupted is not None:
        note(str(report.interrupted))
        code = ExitCode.FAILED
    return code
