"""Whether the clauses that answer come first: sixty questions about the three samples, judged by hand."""

import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nlp.parse import parse
from nlp.words import search_words
from schema.query import ClauseQuery
from search import meaning, plan
from search.backend import Engine
from search.index import ClauseIndex
from search.record import IndexRecord, build_records
from search.synonyms import Synonyms, synonyms
from tests.support.builders import document
from tests.support.samples import NAMES, sample_text

QUERIES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "queries.toml").read_text("utf-8"))["query"]


@pytest.fixture(scope="module")
def samples() -> dict[str, list[IndexRecord]]:
    return {name: build_records(parse(document(sample_text(name)))) for name in NAMES}


@pytest.fixture(scope="module")
def asked(new_engine: Callable[[], Engine], samples: dict[str, list[IndexRecord]]) -> Callable[[str], list[str]]:
    index = ClauseIndex(new_engine(), search_words)
    index.add([record for records in samples.values() for record in records])
    names = {records[0].contract.id: name for name, records in samples.items()}
    return lambda text: [f"{names[h.contract]} {h.clause}" for h in index.search(ClauseQuery(text=text, limit=10)).hits]


def gain(grades: list[int]) -> float:
    return sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades[:10]))


def test_the_judged_clauses_exist(samples: dict[str, list[IndexRecord]]) -> None:
    known = {f"{name} {record.clause}" for name, records in samples.items() for record in records}
    assert {clause for query in QUERIES for clause in query["relevant"]} <= known
    assert len(QUERIES) >= 40


def test_clauses_that_answer_come_first(asked: Callable[[str], list[str]]) -> None:
    ndcg, reciprocal = [], []
    for query in QUERIES:
        relevant: dict[str, int] = query["relevant"]
        grades = [relevant.get(clause, 0) for clause in asked(query["ask"])]
        ndcg.append(gain(grades) / gain(sorted(relevant.values(), reverse=True)))
        reciprocal.append(next((1 / rank for rank, grade in enumerate(grades, 1) if grade == 2), 0.0))
    assert sum(ndcg) / len(ndcg) >= 0.93
    assert sum(reciprocal) / len(reciprocal) >= 0.95


def test_related_wording_costs_plain_words_nothing(
    asked: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    keywords = [query for query in QUERIES if query["kind"] == "keyword"]

    def precision() -> list[float]:
        tops = [(asked(query["ask"])[:3], query["relevant"]) for query in keywords]
        return [sum(clause in relevant for clause in top) / max(len(top), 1) for top, relevant in tops]

    with_layers = precision()
    table = synonyms()
    bare = Synonyms({}, {}, table.never, table.questions, table.hints, table.weak, table.stop, table.longest)
    monkeypatch.setattr(meaning, "synonyms", lambda: bare)
    monkeypatch.setattr(plan, "looking_alike", lambda word: [])
    monkeypatch.setattr(plan, "with_one_wrong", lambda word, frequencies: [])
    without = precision()
    assert sum(with_layers) >= sum(without)
    assert len(keywords) >= 20
