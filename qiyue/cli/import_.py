"""`qiyue import`: files into the collection."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from qiyue.cli.import_progress import ImportProgress
from qiyue.cli.output import JsonOption, note, print_json
from qiyue.service.base import Service, open_service
from qiyue.service.importing import ImportReport, ImportRequest
from schema.errors import ExitCode, QiyueError, UsageError


def command(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files, zip archives and folders.")] = None,
    folder: Annotated[str | None, typer.Option(help="Folder of the collection to keep them in.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Tag to give them; may be repeated.")] = None,
    recursive: Annotated[bool, typer.Option(help="With sub-folders.")] = True,
    jobs: Annotated[int | None, typer.Option(min=1, help="Files read at once; default: the cores.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Only files whose last import failed.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on and import what comes and changes.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write what became of each file as CSV.")] = None,
    executor: Annotated[str | None, typer.Option(help="Where files are read: processes, dask://host:port.")] = None,
    password: Annotated[str | None, typer.Option(help="Opens encrypted files.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Smaller OCR weights: three times as fast.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Read files, archives and folders into the collection.

    Every file ends as stored, duplicate, failed or skipped, and `qiyue jobs show` says why. Stopped or killed, the same
    command goes on where it was. The same text in another format, and another version of a contract, are linked.

    Example: qiyue import 合同/ 归档.zip --folder 采购/2025 --report 结果.csv
    """
    from qiyue.service.watching import failed_before, plan_import

    request = ImportRequest(
        paths=tuple(paths or ()),
        folder=folder,
        tags=tuple(tag or ()),
        recursive=recursive,
        jobs=jobs,
        password=password,
        fast=fast,
    )
    if not request.paths and not retry_failed:
        raise UsageError("usage", "there is nothing to import", remedy="name files, archives or folders")
    with open_service() as service:
        if dry_run:
            return _show_plan(plan_import(service, request), as_json=as_json)
        if retry_failed:
            request = failed_before(service, request)
        with ImportProgress() as progress:
            reports = _run(service, request, progress, executor, watch=watch, report=report)
        codes = [_summary(done, as_json=as_json) for done in reports]
        if as_json and reports:
            from qiyue.service.jobs import import_json

            print_json(import_json(service, reports[-1].job))
    return max(codes, default=ExitCode.OK)


def _run(
    service: Service,
    request: ImportRequest,
    progress: ImportProgress,
    executor: str | None,
    *,
    watch: bool,
    report: Path | None,
) -> list[ImportReport]:
    from qiyue.service.importing import import_paths
    from qiyue.service.jobs import write_report
    from qiyue.service.watching import keep_in_step

    if not watch:
        done = import_paths(service, request, watcher=progress, executor=executor)
        if report is not None:
            write_report(service, done.job, report)
        return [done]

    def tell(done: ImportReport) -> None:
        if report is not None:
            write_report(service, done.job, report)
        progress.say(_counted(done))

    with service.executor(executor, request.jobs) as opened:
        keep_in_step(service, request, opened, progress, on_report=tell)
    return []


def _summary(report: ImportReport, *, as_json: bool) -> int:
    code = ExitCode.FAILED if report.counts.get("failed") else ExitCode.OK
    if not as_json:
        print(_counted(report))
        if report.counts.get("failed"):
            note(f"see qiyue jobs show {report.job}")
    troubles: list[QiyueError] = [trouble for trouble in (report.index.error, report.interrupted) if trouble]
    for trouble in troubles:
        note(str(trouble))
        code = ExitCode.FAILED
    if report.index.left:
        note(f"{report.index.left} changes wait for the index; the next import or `qiyue reindex` tells it")
    return code


def _counted(report: ImportReport) -> str:
    said = ", ".join(f"{number} {state}" for state, number in sorted(report.counts.items()) if number)
    return f"import {report.job}: {said or 'no files'}"


def _show_plan(plan: dict[str, object], *, as_json: bool) -> int:
    if as_json:
        print_json(plan)
        return ExitCode.OK
    files = plan["files"]
    assert isinstance(files, list)
    words = {"queued": "would be read"}
    for file in files:
        if file["state"] in ("failed", "skipped"):
            print(f"{file['state']}\t{file['path']}\t{file['message']}")
    for state, number in sorted(Counter(file["state"] for file in files).items()):
        print(f"{number} {words.get(state, state)}")
    return ExitCode.OK
