"""Definitions of contracts against a truth written by hand: term, place and meaning."""

from pathlib import Path

import pytest

from nlp.parse import parse
from tests.support.judged import definitions_of, judged_document, overlap, read_rows

ROWS = read_rows(Path(__file__).with_name("tree_definitions.toml"))


@pytest.mark.parametrize("name", ROWS)
def test_definitions_are_those_a_reader_finds(name: str) -> None:
    left = list(definitions_of(parse(judged_document(name))))
    missed = []
    for clause, term, meaning in ROWS[name]:
        fits = [d for d in left if d[:2] == (clause, term.lstrip("?!")) and overlap(d[2], meaning)]
        if fits:
            left.remove(fits[0])
        if bool(fits) == term.startswith("!") and not term.startswith("?"):
            missed.append((clause, term))
    assert (missed, left) == ([], [])
