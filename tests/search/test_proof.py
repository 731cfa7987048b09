"""A small share of `tools/prove_search.py`: substrings, agreement of the engines, random typing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.parse import parse
from nlp.words import search_words
from schema.query import ClauseQuery
from search.backend import Engine
from search.backends.elastic import Elastic
from search.backends.embedded import Tantivy
from search.index import ClauseIndex
from search.record import IndexRecord, build_records
from tests.support.builders import document
from tests.support.samples import NAMES, sample_text
from tools.prove_search import prove_agreement, prove_substrings, prove_typing


@pytest.fixture(scope="module")
def records() -> list[IndexRecord]:
    return [record for name in NAMES for record in build_records(parse(document(sample_text(name))))]


def filled(engine: Engine, records: list[IndexRecord]) -> ClauseIndex:
    index = ClauseIndex(engine, search_words)
    index.add(records)
    return index


def test_no_substring_is_missed_and_quotes_bring_nothing_else(
    new_engine: Callable[[], Engine], records: list[IndexRecord]
) -> None:
    tally = prove_substrings(filled(new_engine(), records), records, 150)
    assert tally.asked == 150
    assert tally.wrong == []


@pytest.mark.elastic
@pytest.mark.xdist_group("elastic")
def test_both_engines_list_the_same_clauses(
    elastic_url: Callable[[int], str], tmp_path: Path, records: list[IndexRecord]
) -> None:
    elastic = Elastic(f"{elastic_url(8)}/agreement")
    indexes = {"embedded": filled(Tantivy(tmp_path), records), "elasticsearch": filled(elastic, records)}
    tally = prove_agreement(indexes, records, 120)
    for index in indexes.values():
        index.close()
    assert tally.asked == 120
    assert tally.wrong == []


def test_no_typing_fails_or_lists_everything(tmp_path: Path, records: list[IndexRecord]) -> None:
    index = filled(Tantivy(tmp_path), records)
    tally = prove_typing(index, records, 400)
    index.close()
    assert tally.asked == 400
    assert tally.wrong == []


@pytest.mark.parametrize("typed", ["、", "。", "（", "——"])
def test_marks_alone_are_looked_for_as_they_stand(tmp_path: Path, records: list[IndexRecord], typed: str) -> None:
    index = filled(Tantivy(tmp_path), records)
    total = index.search(ClauseQuery(text=typed)).total
    index.close()
    assert total == sum(typed in record.text for record in records)


def test_half_a_character_is_no_error(tmp_path: Path, records: list[IndexRecord]) -> None:
    index = filled(Tantivy(tmp_path), records)
    answer = index.search(ClauseQuery(text="违约金\ud83d", limit=1))
    index.close()
    assert answer.query == "违约金\ufffd"
    assert answer.model_dump_json()
