"""Damaged files of every format, a few of each here; `python -m tools.fuzz_ingest` reads thousands."""

import json
import subprocess
import sys

import pytest

from ingest.read import read
from schema.document import Document, Paragraph
from schema.span import Span
from tools import fuzz_ingest


@pytest.mark.slow
def test_damaged_files_are_read_or_refused() -> None:
    kinds = [kind for kind in fuzz_ingest.samples() if kind != "pdf"]  # pages of it are long to read
    command = [sys.executable, "-m", "tools.fuzz_ingest", "--inline", "--json", "--seed", "3"]
    command += ["--kinds", ",".join(kinds), "--count", str(4 * len(kinds))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    outcomes = json.loads(done.stdout.splitlines()[0])
    assert list(outcomes) == kinds
    assert all(sum(counts.values()) == 4 for counts in outcomes.values())


def test_each_sample_is_whole() -> None:
    for kind, data in fuzz_ingest.samples().items():
        if kind == "pdf":
            continue
        what, _, _ = fuzz_ingest.attempt(data)
        assert what == ("no_text" if kind in ("png", "jpeg", "tiff", "photo", "photo-pdf") else "read"), kind


def test_cases_are_repeatable_and_damaged() -> None:
    sample = fuzz_ingest.samples()["docx"]
    first, again = (dict(fuzz_ingest.cases("docx", sample, 20, 5)) for _ in range(2))
    assert first == again
    assert sum(data != sample for data in first.values()) >= 18


def test_what_must_not_be_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(b"\xe5\x90\x88\xe5\x90\x8c")
    beyond = Document(source=document.source, text="合同", paragraphs=(Paragraph(span=Span(start=0, end=9)),))
    for answer, said in ((beyond, "PROMISE"), (ZeroDivisionError("x"), "EXCEPTION")):

        def fake(data: bytes, options: object, answer: object = answer) -> object:
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(fuzz_ingest, "read", fake)
        tally = fuzz_ingest.run_inline("txt", b"x" * 50, 2, 1)
        assert tally.outcomes == {said: 2}
        assert len(tally.bad) == 2
