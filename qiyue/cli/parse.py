"""`qiyue parse`: one file to its record."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from qiyue.cli.output import JsonOption, note
from qiyue.settings import read_settings
from qiyue.tasks import Limits
from schema.errors import ExitCode, UsageError


def command(
    file: Annotated[Path, typer.Argument(help="A file of any format that is read, or a ZIP archive of such files.")],
    password: Annotated[str | None, typer.Option(help="Opens an encrypted file.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Smaller OCR weights: three times as fast.")] = False,
    as_json: JsonOption = True,
) -> int:
    """Read one file and print its record as JSON; nothing is stored.

    The record is described in docs/schema/contract-1.0.json. Nothing else is printed to stdout. Of an archive each
    member is a record, one a line; all.zip!/lease.docx names one of them.

    Example: qiyue parse 采购合同.pdf > record.json
    """
    from qiyue.archives import is_archive
    from qiyue.pipeline import parse_members, parse_to_json
    from qiyue.sources import is_member

    settings = read_settings()
    limits = Limits(settings.timeout, settings.cpu_seconds, settings.memory_mb)
    if not is_member(str(file)) and not (file.is_file() and is_archive(file)):
        _print(parse_to_json(file, limits=limits, password=password, fast=fast, checks=settings.checks))
        return ExitCode.OK
    code, some = ExitCode.OK, False
    for answer in parse_members(file, limits=limits, password=password, fast=fast, checks=settings.checks):
        some = True
        if isinstance(answer, bytes):
            _print(answer)
        else:
            note(" ".join(str(answer).split()))
            code = ExitCode.FAILED
    if not some:
        raise UsageError("file_missing", f"{file.name} holds no document that can be read")
    return code


def _print(record: bytes) -> None:
    if sys.stdout.isatty():
        import json

        print(json.dumps(json.loads(record), ensure_ascii=False, indent=2))
    else:
        sys.stdout.buffer.write(record + b"\n")
