"""The README does what it says: its commands run, its record is what comes out, its links lead somewhere."""

import html
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nlp.parse import parse
from qiyue.service.overview import fact_lines
from tests.support.builders import document
from tests.support.samples import sample_text
from tests.support.truth import squash

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.zh.md")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [code for kind, code in FENCE.findall(page(name)) if kind == language]


def commands(name: str) -> list[str]:
    return [line[2:].partition("#")[0].strip() for code in blocks(name, "console") for line in code.splitlines()]


def test_both_languages_show_the_same_code() -> None:
    for language in ("json", "python"):
        assert blocks("README.md", language) == blocks("README.zh.md", language)
    assert commands("README.md") == commands("README.zh.md")


@pytest.mark.parametrize("name", PAGES)
def test_the_readme_fits_on_two_screens(name: str) -> None:
    assert len(page(name).splitlines()) <= 125


@pytest.mark.parametrize("name", [*PAGES, "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
def test_links_and_named_paths_exist(name: str) -> None:
    text, folder = page(name), (ROOT / name).parent
    links = [link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in link]
    paths = [p for p in re.findall(r"`([a-z_]+/[\w./-]*)`", text) if p.split("/")[0] in TOP and "/x." not in p]
    missing = [link for link in links if not (folder / link).exists()]
    assert missing + [p for p in paths if not (ROOT / p).exists()] == []


PLACES = {"id", "evidence"}  # move with every rule that finds more
TOP = {"docs", "schema", "ingest", "nlp", "search", "corpus", "qiyue", "samples", "tests", "tools"}


def test_make_targets_of_the_readme_exist() -> None:
    makefile = page("Makefile")
    for command in commands("README.md"):
        if command.startswith("make "):
            assert re.search(rf"^{command.split()[1]}:", makefile, re.M), command


@pytest.mark.slow
def test_commands_run_one_after_the_other(tmp_path: Path) -> None:
    """Everything but make and the activation, on Word and PDF (the scan has a test of its own)."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("QIYUE_")}
    environment = clean | {"QIYUE_DATA": str(tmp_path / "data")}
    folder = tmp_path / "samples"
    folder.mkdir()
    for file in ("purchase.docx", "lease.pdf"):
        (folder / file).write_bytes((ROOT / "samples" / file).read_bytes())
    for command in commands("README.md"):
        words = shlex.split(command.partition(" > ")[0])
        if words[0] != "qiyue":
            continue
        done = subprocess.run(
            [sys.executable, "-m", *words], capture_output=True, text=True, env=environment, cwd=tmp_path, check=False
        )
        assert done.returncode in ((0, 1) if words[1] == "check" else (0,)), (command, done.stderr)
        assert done.stdout.strip(), command
        assert "Traceback" not in done.stderr


def test_the_python_snippet_runs() -> None:
    (code,) = blocks("README.md", "python")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert len(done.stdout.splitlines()) >= 7


def test_the_picture_shows_what_is_printed_today() -> None:
    picture = page("docs/terminal.svg")
    drawn = squash(html.unescape("".join(re.findall(r"<text[^>]*>(.*?)</text>", picture))))
    lines = fact_lines(parse(document(sample_text("service"))))
    quantified = [line for line in lines["Penalties"] if "×" in line.value or line.value.split(": ")[-1][:1] == "每"]
    assert len(quantified) >= 8
    for line in (*lines["Total"], *lines["Payments"], *quantified):
        assert squash(f"{line.label}{line.value}{line.clause}") in drawn, "make picture"
    assert "http://www.w3.org" in picture
    assert "https://" not in picture


def test_the_record_shown_is_what_comes_out() -> None:
    (code,) = blocks("README.md", "json")
    shown: dict[str, Any] = json.loads(code)
    record = parse(document(sample_text("service"))).model_dump(mode="json")
    found = next(p for p in record["penalties"] if p["clause"] == shown["clause"])
    assert {key: found[key] for key in shown if key not in PLACES} == {
        k: v for k, v in shown.items() if k not in PLACES
    }
    assert shown.keys() <= found.keys()
