"""The command line: one line an error, the right exit code, results on stdout alone, help for every verb."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qiyue.__main__ import main
from qiyue.cli.app import VERBS
from schema.errors import StoreError

LINE = re.compile(r"[a-z_]+: .+ \(.+\)")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QIYUE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_that_ends_in_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help"]) == 0
    words = capsys.readouterr().out
    assert re.search(rf"Example: .*qiyue {verb}", words)
    assert " ".join(words.split("\n\n")[1].split()) == VERBS[verb].summary


@pytest.mark.parametrize("verb", [name for name, verb in VERBS.items() if not verb.is_group])
def test_every_verb_takes_json(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([verb, "--help"])
    assert "--json" in capsys.readouterr().out


def test_without_a_verb_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    words = capsys.readouterr().out
    assert [verb for verb in VERBS if verb not in words] == []


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("qiyue ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["list", "--colour"],
        ["show"],
        ["show", "abcdef"],
        ["parse", "nowhere.pdf"],
        ["list", "--cursor", "x"],
    ],
)
def test_a_wrong_request_is_one_line_and_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert LINE.fullmatch(said.err.strip())


def test_with_json_an_error_is_an_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "abcdef", "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "contract_unknown"
    assert set(error) == {"code", "message", "remedy"}


def test_an_error_of_the_program_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("qiyue.cli.list_.open_service", lambda: 1 / 0)
    assert main(["list"]) == 3
    assert LINE.fullmatch(capsys.readouterr().err.strip())


def test_a_store_that_cannot_be_opened_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QIYUE_DATABASE_URL", "postgresql://qiyue@127.0.0.1:1/none")
    assert main(["list"]) == StoreError("store_unreachable", "x").exit_code
    assert LINE.fullmatch(capsys.readouterr().err.strip())


def test_an_empty_collection_lists_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"contracts": [], "total": 0, "cursor": None}


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m qiyue list --json | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=os.environ, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_is_quick() -> None:
    """Heavy libraries are loaded by the verbs that use them; the time itself is measured by `make bench`."""
    code = "import sys; from qiyue.__main__ import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {"pydantic", "sqlalchemy", "spacy", "numpy", "rich", "pebble", "fsspec", "tantivy", "elasticsearch"}
    assert loaded & heavy == set()
