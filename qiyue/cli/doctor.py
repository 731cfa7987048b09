"""`qiyue doctor`: does everything fit together."""

from dataclasses import asdict

from qiyue.cli.output import JsonOption, print_json
from qiyue.service.base import open_service
from schema.errors import ExitCode


def command(as_json: JsonOption = False) -> int:
    """Check that everything is installed, answers and agrees.

    Store, original files and search index are compared; each trouble names what mends it.

    Example: qiyue doctor
    """
    from qiyue.service.doctor import examine

    with open_service() as service:
        checks = examine(service)
    fine = all(check.ok for check in checks)
    if as_json:
        print_json({"ok": fine, "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            remedy = f" ({check.remedy})" if check.remedy else ""
            print(f"{'ok ' if check.ok else 'BAD'} {check.name}: {check.message}{remedy}")
    return ExitCode.OK if fine else ExitCode.FAILED
