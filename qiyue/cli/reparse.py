"""`qiyue reparse`: stored files read again."""

from typing import Annotated, Any

import typer

from qiyue.cli.output import JsonOption, note, print_json
from qiyue.cli.progress import counting
from qiyue.service.base import open_service
from schema.errors import ExitCode


def command(
    contracts: Annotated[list[str] | None, typer.Argument(help="Ids, or their beginnings.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All contracts.")] = False,
    older_than: Annotated[
        str | None, typer.Option(help="Those read by a version before this one; `this` is the present one.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Files read at once; default: the cores.")] = None,
    executor: Annotated[str | None, typer.Option(help="Where files are read: processes, dask://host:port.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Read stored files again and say what changed in the facts.

    Folders, tags and corrections stay; a correction whose words are gone is listed by `qiyue corrections --orphaned`.

    Example: qiyue reparse --older-than 0.2.0
    """
    from qiyue.service.reparsing import choose, reparse

    with open_service() as service:
        names = choose(service, contracts or [], everything=everything, older_than=older_than)
        with service.executor(executor, jobs) as opened, counting("contracts") as progress:
            done = reparse(service, names, opened, on_progress=progress)
    if as_json:
        print_json(done.as_json())
    else:
        for contract in done.changed:
            _print_changes(contract)
        print(f"{done.read} contracts read again, {len(done.changed)} changed, {len(done.failed)} failed")
        if done.orphaned:
            note(f"{done.orphaned} corrections have lost their words: qiyue corrections --orphaned")
    for failure in done.failed:
        note(f"{failure['code']}: {failure['contract'][:12]}: {failure['message']}")
    if done.index.error is not None:
        note(str(done.index.error))
    return ExitCode.FAILED if done.failed or done.index.error else ExitCode.OK


def _print_changes(contract: dict[str, Any]) -> None:
    print(f"{contract['contract'][:12]} {contract['title'] or ''}")
    for sign, name in (("+", "added"), ("-", "removed"), ("~", "changed")):
        for change in contract[name]:
            words = " ".join(str(change["words"]).split())[:60]
            values = f": {change['field']} {change['before']} → {change['after']}" if change["field"] else ""
            print(f"  {sign} {change['kind']} {words}{values}")
