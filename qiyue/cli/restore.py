"""`qiyue restore`: a backup into an empty collection."""

from pathlib import Path
from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json
from qiyue.cli.progress import counting
from qiyue.service.base import open_service
from schema.errors import ExitCode


def command(
    file: Annotated[Path, typer.Argument(help="Backup to restore.")],
    as_json: JsonOption = False,
) -> int:
    """Put a backup into an empty collection and make the index anew.

    Every checksum is verified before anything is written. A backup of SQLite may be restored into PostgreSQL.

    Example: QIYUE_DATA=/srv/qiyue qiyue restore 备份-2025-06-30.tar
    """
    from qiyue.service.backing_up import restore

    with open_service() as service, counting("files") as progress:
        made = restore(service, file, on_progress=progress)
    if as_json:
        print_json(made)
    else:
        note(f"{made['contracts']} contracts restored")
        if made["settings"]:
            note(f"settings written to {made['settings']}")
    if made["index"]:
        note(made["index"])
    return ExitCode.FAILED if made["index"] or made["missing"] else ExitCode.OK
