"""`qiyue doctor`: does everything fit together."""

from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json
from qiyue.service.base import open_service
from schema.errors import ExitCode


def command(
    deep: Annotated[bool, typer.Option("--deep", help="Every original file and contract, not a sample.")] = False,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended first.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Check that everything is installed, answers and agrees.

    Store, original files and search index are compared: numbers, checksums, and questions whose answer is known. Each
    trouble names what mends it.

    Example: qiyue doctor --deep
    """
    from qiyue.service import doctor

    with open_service() as service:
        if repair:
            for line in doctor.repair(service):
                note(line)
        checks = doctor.examine(service, deep=deep)
    fine = all(check.ok for check in checks)
    if as_json:
        print_json({"ok": fine, "checks": [check.json() for check in checks]})
    else:
        for check in checks:
            remedy = f" ({check.remedy})" if check.remedy else ""
            print(f"{'ok ' if check.ok else 'BAD'} {check.name}: {check.message}{remedy}")
    return ExitCode.OK if fine else ExitCode.FAILED
