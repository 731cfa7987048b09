"""The API against its own description: random requests, well made and not, are answered as declared, never with 5xx."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of
from prometheus_client import generate_latest
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from qiyue.accounts.person import Person
from qiyue.executors import Opened
from qiyue.http.app import build_app
from qiyue.http.site import open_site
from qiyue.settings import read_settings
from qiyue.tasks import Task
from tests.support.quick import Inline, quick_contract
from tests.support.served import fill

EXAMPLES = 8
STREAMS = "/v1/jobs/{id}/events"
OPERATIONS = [
    (path, method) for path, ways in build_app(None).openapi()["paths"].items() for method in ways if path != STREAMS
]
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def quick_parse(task: Task) -> bytes:
    assert isinstance(task.source, Path)
    return quick_contract(task.source.read_bytes(), task.name).model_dump_json().encode()


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The API of a collection of its own, asked by an administrator."""
    data = tmp_path_factory.mktemp("described") / "data"
    fill(data)
    with open_site(read_settings({"QIYUE_DATA": str(data), "QIYUE_IMPORT_ROOTS": str(data / "none")})) as site:
        site.readers.__dict__["opened"] = lambda: Opened(Inline(), 1)
        site.readers.__dict__["parse"] = quick_parse  # tests/qiyue/http/test_files.py reads for real
        account = site.door.add_account("admin", password=None, admin=True)
        person = Person(account.name, account.admin)
        token, _ = site.door.make_token(person, label="", scopes=["read", "write", "admin", "metrics"], days=1)
        schema = schemathesis.openapi.from_asgi("/v1/openapi.json", build_app(site))
        schema.config.update(headers={"Authorization": f"Bearer {token}"})
        yield schema
        counted = generate_latest(site.metrics.registry).decode()
    assert not re.findall(r'route="(?!/v1/calendar)[^"]*",status="401"', counted), "the token was not sent"


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_declared(api: schemathesis.BaseSchema, path: str, method: str) -> None:
    operation = api[path][method]
    modes = [operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode]

    @given(case=one_of(modes))
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS, timeout=120)

    ask()


def test_the_description_is_of_openapi_3_1_and_complete() -> None:
    described = build_app(None).openapi()
    assert described["openapi"].startswith("3.1")
    for path, ways in described["paths"].items():
        for method, operation in ways.items():
            name = f"{method} {path}"
            assert operation.get("summary"), name
            assert operation.get("description"), name
            assert operation.get("tags"), name
            for answer in operation["responses"].values():
                assert answer["description"] not in ("Successful Response", "Validation Error"), name


def test_examples_fit_what_they_are_examples_of() -> None:
    from jsonschema import Draft202012Validator

    described = build_app(None).openapi()
    shapes = described["components"]["schemas"]
    seen = 0
    for name, shape in shapes.items():
        for example in shape.get("examples", []):
            seen += 1
            Draft202012Validator({**shape, "components": {"schemas": shapes}}).validate(example), name
    assert seen > 5
