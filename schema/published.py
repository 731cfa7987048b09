"""The JSON Schema other systems check records against, and what it promises.

Within one major version fields may be added and lists of codes may grow; nothing is renamed, dropped or given another
meaning. So the published schema lets unknown fields pass, and a program written against an older one of the same major
version still reads newer records. tests/schema/held keeps what was published, and a test compares.
"""

from typing import Any

from schema.contract import SCHEMA_VERSION, Contract
from schema.errors import UsageError

Json = Any


def contract_schema(version: str | None = None) -> dict[str, Json]:
    """JSON Schema (2020-12) of the contract record.

    Args:
        version: of the record; the current one when None.

    Raises:
        UsageError: `value_unreadable` when this program does not write that version.
    """
    if version not in (None, SCHEMA_VERSION):
        remedy = f"this program writes {SCHEMA_VERSION}"
        raise UsageError("value_unreadable", f"there is no record version {version}", remedy=remedy)
    schema: dict[str, Json] = _open(Contract.model_json_schema(mode="serialization"))
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = f"contract-{SCHEMA_VERSION}.json"
    return schema


def _open(schema: Json) -> Json:
    """The schema without the ban on unknown fields."""
    if isinstance(schema, dict):
        return {key: _open(value) for key, value in schema.items() if key != "additionalProperties" or value}
    return [_open(entry) for entry in schema] if isinstance(schema, list) else schema
