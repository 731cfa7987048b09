"""`qiyue backup`: the collection in one file."""

from pathlib import Path
from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json
from qiyue.cli.progress import counting
from qiyue.service.base import open_service
from schema.errors import ExitCode


def command(
    file: Annotated[Path, typer.Argument(help="File to write (a tar).")],
    as_json: JsonOption = False,
) -> int:
    """Write the whole collection into one file: store, original files, corrections, settings.

    Others may go on writing; the backup is of one moment. Each part has its checksum. The index is not in it.

    Example: qiyue backup 备份-2025-06-30.tar
    """
    from qiyue.service.backing_up import backup

    with open_service() as service, counting("original files") as progress:
        made = backup(service, file, on_progress=progress)
    if as_json:
        print_json(made)
    else:
        note(f"{made['contracts']} contracts in {file}")
    for name in made["missing"]:
        note(f"original_missing: the original of {name[:12]} is missing or damaged (restore it from an older backup)")
    return ExitCode.FAILED if made["missing"] else ExitCode.OK
