"""`qiyue parse`: one file to its record."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from qiyue.cli.output import JsonOption
from qiyue.settings import read_settings
from qiyue.tasks import Limits


def command(
    file: Annotated[Path, typer.Argument(help="A PDF, DOCX, image, text or Markdown file.")],
    password: Annotated[str | None, typer.Option(help="Opens an encrypted file.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Smaller OCR weights: three times as fast.")] = False,
    as_json: JsonOption = True,
) -> int:
    """Read one file and print its record as JSON; nothing is stored.

    The record is described in docs/schema/contract-1.0.json. Nothing else is printed to stdout.

    Example: qiyue parse 采购合同.pdf > record.json
    """
    from qiyue.pipeline import parse_to_json

    settings = read_settings()
    limits = Limits(settings.timeout, settings.cpu_seconds, settings.memory_mb)
    record = parse_to_json(file, limits=limits, password=password, fast=fast, checks=settings.checks)
    if sys.stdout.isatty():
        import json

        print(json.dumps(json.loads(record), ensure_ascii=False, indent=2))
    else:
        sys.stdout.buffer.write(record + b"\n")
    return 0
