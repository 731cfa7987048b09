"""`qiyue schema`: what a record looks like."""

import json
from typing import Annotated

import typer

from qiyue.cli.output import JsonOption


def command(
    version: Annotated[str | None, typer.Option(help="Version of the record; the current one by default.")] = None,
    as_json: JsonOption = True,
) -> int:
    """Print the JSON Schema of the contract record.

    Within a major version fields may be added and lists of codes may grow; nothing is renamed or dropped.

    Example: qiyue schema > contract.schema.json
    """
    from schema.published import contract_schema

    print(json.dumps(contract_schema(version), ensure_ascii=False, indent=2, sort_keys=True))
    return 0
