"""The promise to other systems: a program written against an older record of this major version reads newer ones."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from schema.contract import SCHEMA_VERSION, Contract
from schema.errors import UsageError
from schema.published import contract_schema
from tests.support.contracts import contract

HELD = sorted((Path(__file__).parent / "held").glob(f"contract-{SCHEMA_VERSION.partition('.')[0]}.*.json"))


def record() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(contract().model_dump_json())
    return value


def test_something_is_held() -> None:
    assert HELD


@pytest.mark.parametrize("path", HELD, ids=lambda path: path.stem)
def test_records_of_today_fit_what_was_published(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(record())) == []


@pytest.mark.parametrize("path", HELD, ids=lambda path: path.stem)
def test_nothing_published_was_renamed_dropped_or_narrowed(path: Path) -> None:
    assert broken(json.loads(path.read_text(encoding="utf-8")), contract_schema()) == []


def test_the_comparison_notices_each_kind_of_breach() -> None:
    old = {"properties": {"a": {"type": "string", "enum": ["x", "y"]}, "b": {"type": "string"}}, "required": ["a"]}
    assert broken(old, old) == []
    assert broken(old, {"properties": {"a": old["properties"]["a"]}, "required": ["a"]}) == [".b is gone"]  # type: ignore[index]
    other = {"properties": {"a": {"type": "integer", "enum": ["x"]}, "b": {"type": "string"}}, "required": []}
    assert broken(old, other) == [".a may be missing", ".a is no longer string", ".a lost y"]


def broken(old: dict[str, Any], new: dict[str, Any], place: str = "") -> list[str]:
    """What of an old schema a new one no longer keeps."""
    found = []
    if "type" in old and old["type"] != new.get("type"):
        found.append(f"{place} is no longer {old['type']}")
    if "$ref" in old and old["$ref"] != new.get("$ref"):
        found.append(f"{place} is no longer {old['$ref']}")
    found += [f"{place} lost {value}" for value in old.get("enum", ()) if value not in new.get("enum", ())]
    found += [f"{place}.{name} may be missing" for name in old.get("required", ()) if name not in new["required"]]
    for kind in ("properties", "$defs"):
        for name, schema in old.get(kind, {}).items():
            if name in new.get(kind, {}):
                found += broken(schema, new[kind][name], f"{place}.{name}")
            else:
                found.append(f"{place}.{name} is gone")
    if "items" in old and isinstance(old["items"], dict):
        found += broken(old["items"], new.get("items", {}), f"{place}[]")
    return found


def test_a_field_that_is_wrong_is_noticed() -> None:
    validator = Draft202012Validator(contract_schema())
    wrong = record()
    wrong["amounts"][0]["value"] = 1.5
    assert [list(e.absolute_path) for e in validator.iter_errors(wrong)] == [["amounts", 0, "value"]]


def test_unknown_fields_pass_so_that_records_may_grow() -> None:
    assert list(Draft202012Validator(contract_schema()).iter_errors(record() | {"new": 1})) == []


def test_the_oldest_record_is_still_read() -> None:
    old = json.loads((Path(__file__).parent / "held" / "record-1.0.json").read_text(encoding="utf-8"))
    assert Contract.model_validate(old).title == "设备采购合同"


def test_another_version_is_refused() -> None:
    with pytest.raises(UsageError, match=r"2\.0"):
        contract_schema("2.0")
