"""References of contracts against a truth written by hand: each is found once, at its clause, with its target."""

from pathlib import Path

import pytest

from nlp.parse import parse
from tests.support.judged import Row, judge_references, judged_document, plain, read_rows

ROWS = {
    name: [Row(*row) for row in rows]
    for name, rows in read_rows(Path(__file__).with_name("tree_references.toml")).items()
}


@pytest.mark.parametrize("name", ROWS)
def test_references_point_where_a_reader_looks(name: str) -> None:
    verdict = judge_references(parse(judged_document(name)), ROWS[name])
    assert (verdict.missed, verdict.surplus) == ((), ())


@pytest.mark.parametrize("name", ROWS)
def test_the_words_of_each_row_stand_in_the_text(name: str) -> None:
    text = plain(judged_document(name).text)
    assert [row.words for row in ROWS[name] if plain(row.words) not in text] == []
