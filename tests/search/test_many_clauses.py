"""What only shows with more hits than are ranked: the best as typed, pages behind them, counts over several commits."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from schema.query import ClauseQuery, Results
from search.ahead import Ahead
from search.backend import Engine, Kept, Row
from search.backends.embedded_query import pruned
from search.index import ClauseIndex
from search.paging import WINDOW, Entry
from search.plan import Planner
from search.record import IndexRecord, build_records
from search.tree import AllOf, AnyOf, Boost, Not, Nothing, Prefer, Range, Term, Terms, unscored
from tests.support.drafts import ContractDraft
from tests.support.words import words

LATE = "卖方逾期交货的，应支付违约金。"
RELATED = "卖方迟延交货的，应支付违约金。"


def contract(number: int) -> list[IndexRecord]:
    draft = ContractDraft(f"供货合同{number}", kind="sale", signed=f"{2020 + number % 4}-03-01")
    draft.prose("preamble", f"买方：岚桥商贸有限公司\n卖方：第{number % 40}供货有限公司")
    draft.clause("main/1", "第一条", "违约责任", LATE, types=("penalty", "delivery"))
    draft.clause("main/2", "第二条", "迟延交货", RELATED, types=("penalty",))
    draft.party("买方", "岚桥商贸有限公司").party("卖方", f"第{number % 40}供货有限公司")
    return build_records(draft.build())


RECORDS = [contract(number) for number in range(WINDOW + 10)]


@pytest.fixture(scope="module")
def many(new_engine: Callable[[], Engine]) -> ClauseIndex:
    index = ClauseIndex(new_engine(), words)
    for first in range(0, len(RECORDS), 25):
        index.add([record for records in RECORDS[first : first + 25] for record in records])
    return index


def ask(index: ClauseIndex, text: str, **options: object) -> Results:
    return index.search(ClauseQuery.model_validate({"text": text, "limit": 200} | options))


def test_clauses_with_the_words_as_typed_come_before_related_ones(many: ClauseIndex) -> None:
    results = ask(many, "逾期交货 违约金")
    assert results.total == 2 * len(RECORDS)
    assert all(LATE in hit.text for hit in results.hits[:WINDOW])
    assert {hit.clause for hit in results.hits} == {"main/1", "main/2"}


@pytest.mark.parametrize("group", [False, True])
def test_pages_behind_the_ranked_hits_give_the_others_once(many: ClauseIndex, group: bool) -> None:
    paged: list[tuple[str, str]] = []
    cursor, total = None, None
    while total is None or cursor:
        page = ask(many, "逾期交货 违约金", limit=25, cursor=cursor, group=group)
        paged += [(hit.contract, hit.clause) for hit in page.hits]
        cursor, total = page.cursor, page.total
    assert len(paged) == len(set(paged)) == total == len(RECORDS) * (1 if group else 2)


def test_facets_are_exact_over_several_commits(many: ClauseIndex) -> None:
    facets = ask(many, "逾期交货 违约金", facets=("party", "type", "year", "kind"), limit=1).facets
    hits = [record for records in RECORDS for record in records if record.clause in ("main/1", "main/2")]
    expected: dict[str, Counter[str | None]] = {
        "party": Counter(name for record in hits for name in record.contract.parties),
        "type": Counter(kind for record in hits for kind in record.types),
        "year": Counter(str(record.contract.date)[:4] for record in hits),
        "kind": Counter(record.contract.kind for record in hits),
    }
    for name, counts in expected.items():
        best = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))[:20]
        assert [(value.value, value.count) for value in facets[name]] == best


def test_a_changed_name_of_a_party_is_counted_under_the_new_name(new_engine: Callable[[], Engine]) -> None:
    index = ClauseIndex(new_engine(), words)
    query = ClauseQuery(facets=("party",))
    for name in ("岚桥商贸有限公司", "岚桥实业有限公司"):
        draft = ContractDraft("供货合同").clause("main/1", "1.", None, "交货。").party("买方", name)
        records = build_records(draft.build())
        for old in set(index.contracts()) - {records[0].contract.id}:
            index.remove([old])
        index.add(records)
        assert [value.value for value in index.search(query).facets["party"]] == [name]


A, B, C = Term("grams", "甲方"), Term("grams", "乙方"), Term("grams", "丙方")


def test_counting_leaves_out_what_another_part_says_already() -> None:
    assert unscored(AnyOf((A, AllOf((A, B))))) == A
    assert unscored(AnyOf((Boost(AllOf((A, B)), 2.0), C, AllOf((B, A))))) == AnyOf((AllOf((A, B)), C))
    assert unscored(Prefer(A, (B,))) == A
    assert unscored(AnyOf((A, AllOf((A, B)), C), 2)) == AnyOf((A, AllOf((A, B)), C), 2)


def test_what_stands_nowhere_is_not_asked_of_the_engine() -> None:
    def occurs(field: str, token: str) -> int:
        return token != "丙方"

    assert pruned(AnyOf((A, Boost(C, 0.5), AllOf((B, C)))), occurs) == A
    assert pruned(AllOf((A, C)), occurs) == Nothing()
    assert pruned(AllOf((A, Not(C))), occurs) == A
    assert pruned(AnyOf((A, C), 2), occurs) == Nothing()
    assert pruned(Terms("grams", ("甲方", "丙方")), occurs) == Terms("grams", ("甲方",))
    assert pruned(Prefer(A, (C,)), occurs) == A


def test_unions_of_ranges_look_only_at_what_the_rest_matches() -> None:
    either = AnyOf((Range("total", 5, None), Range("amount", 5, None)))
    narrowed = pruned(AllOf((A, either)), lambda field, token: 1)
    assert narrowed == AllOf((A, AnyOf(tuple(AllOf((A, part)) for part in either.parts))))
    assert pruned(either, lambda field, token: 1) == either


def test_work_that_no_thread_has_begun_is_done_by_whoever_waits_for_it() -> None:
    gate = threading.Event()
    busy = [Ahead(gate.wait) for _ in range(64)]
    assert Ahead(threading.get_ident).result() == threading.get_ident()
    gate.set()
    assert all(work.result() for work in busy)


def test_errors_of_work_done_ahead_reach_whoever_waits_for_it() -> None:
    with pytest.raises(ZeroDivisionError):
        Ahead(lambda: 1 // 0).result()


def own(text: str) -> str:
    return json.dumps({"text": text, "heads": [], "types": [], "has": [], "who": [], "unit": "clause", "words": ""})


def test_a_found_document_is_read_when_it_is_looked_at_and_only_once() -> None:
    read: list[str] = []

    def kept(text: str) -> Kept:
        read.append(text)
        return '{"contract": "a"}', own(text), "{}"

    one, two = (Entry(Row(1.0, read=partial(kept, LATE), same=4711, place=place)) for place in (1, 2))
    assert (one.place, two.place, read) == (1, 2, [])
    assert one.clause is two.clause
    assert one.clause.text == LATE
    assert read == [LATE]
    assert (two.core, two.core) == ({"contract": "a"}, {"contract": "a"})
    assert read == [LATE, LATE]


def test_clauses_whose_numbers_agree_by_chance_are_shown_as_they_are() -> None:
    texts = (LATE, RELATED)
    entries = [Entry(Row(1.0, ('{"place": 1}', own(text), "{}"), same=4712)) for text in texts]
    assert entries[0].clause is entries[1].clause
    assert tuple(entry.shown.text for entry in entries) == texts


def test_long_clauses_are_not_remembered() -> None:
    for length, remembered in ((100, True), (10_000, False)):
        one, two = (Entry(Row(1.0, ("{}", own("约" * length), "{}"), same=5000 + length)) for _ in range(2))
        assert (one.clause is two.clause) == remembered
        assert one.clause is one.clause


def test_synonyms_that_stand_nowhere_are_not_asked_for(many: ClauseIndex) -> None:
    tree = repr(Planner(many.engine, words).plan(ClauseQuery(text="逾期交货")).tree())
    assert all(pair in tree for pair in ("逾期", "迟延"))
    assert "延误" not in tree
