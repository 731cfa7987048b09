"""What every engine must do, asked of the same small collection."""

from collections.abc import Callable

import pytest

from schema.errors import SearchError
from schema.query import ClauseQuery, Results
from search.backend import Engine
from search.index import ClauseIndex
from search.record import build_records
from search.where import parse_condition
from tests.support.collection import lease, purchase, records, software
from tests.support.drafts import ContractDraft
from tests.support.words import words

PURCHASE, LEASE, SOFTWARE = purchase().id, lease().id, software().id


def ask(index: ClauseIndex, text: str = "", *where: str, **options: object) -> Results:
    query = {"text": text, "where": tuple(map(parse_condition, where)), "limit": 100} | options
    return index.search(ClauseQuery.model_validate(query))


def found(results: Results) -> list[str]:
    short = {PURCHASE: "采购", LEASE: "租赁", SOFTWARE: "软件"}
    return [f"{short[hit.contract]} {hit.clause}" for hit in results.hits]


PHRASES = {
    "违约金": ["租赁 main/3", "采购 main/3/1", "采购 main/3/2"],
    "甲方": ["采购 preamble", "采购 main/1/1", "采购 main/2/1", "采购 main/2/2", "采购 main/4", "采购 main/5"],
    "甲 方": ["采购 main/3/2"],
    "ＩＰ": ["采购 main/5"],
    "IP": [],
    "違約金": ["软件 main/3"],
    "，": None,
    "款\n1、": [],
    "第一条 标的与价款": ["采购 main/1"],
    "机架式服务器\t20": ["采购 annex1/1"],
    "总价的1": ["采购 main/3/1"],
    "肆": ["采购 main/5"],
    "____": ["租赁 main/6"],
    "没有这样的话": [],
}


@pytest.mark.parametrize("phrase", PHRASES)
def test_quoted_words_are_found_exactly_where_they_stand(index: ClauseIndex, phrase: str) -> None:
    results = ask(index, f'"{phrase}"')
    standing = {(r.contract.id, r.clause) for r in records() if phrase in r.text}
    assert {(hit.contract, hit.clause) for hit in results.hits} == standing
    assert results.total == len(standing)
    if PHRASES[phrase] is not None:
        assert sorted(found(results)) == sorted(PHRASES[phrase] or [])
    assert all("exact" in hit.matched_by for hit in results.hits)


FILTERS = {
    ("party=信达",): 25,
    ("party=恒远", "role=买方"): 0,
    ("party=恒远", "role=卖方"): 15,
    ("role=lessor",): 10,
    ("party!=信达",): 6,
    ("kind=租赁",): 10,
    ("folder=采购",): 15,
    ("folder!=采购",): 16,
    ("tag=重点",): 25,
    ("tag in 房屋,没有",): 10,
    ("dispute=仲裁",): 10,
    ("date>=2025",): 15,
    ("date<2025",): 10,
    ("date=2024-11",): 10,
    ("amount>100万",): 15,
}


@pytest.mark.parametrize("where", FILTERS, ids=" ".join)
def test_filters_on_contracts_count_all_their_clauses(index: ClauseIndex, where: tuple[str, ...]) -> None:
    assert ask(index, "", *where).total == FILTERS[where]


FACTS = {
    ("type=违约责任",): ["采购 main/3", "采购 main/3/1", "采购 main/3/2", "租赁 main/3", "软件 main/3"],
    ("type=penalty", "kind=lease"): ["租赁 main/3"],
    ("amount.value>=100万",): ["采购 main/1/1"],
    ("amount.value=36万",): ["采购 main/2/1"],
    ("amount.value!=500", "kind=lease"): ["租赁 main/2/1", "租赁 main/2/2"],
    ("amount.role=押金",): ["租赁 main/2/2"],
    ("amount.value>30000", "amount.role=rent"): [],
    ("rate.value=13%",): ["采购 main/2/2"],
    ("payment.percent>=30",): ["采购 main/2/1"],
    ("deadline.length=30day",): ["采购 main/2/2", "采购 main/3/2"],
    ("deadline.length=30日", "deadline.kind=deadline"): ["采购 main/2/2"],
    ("deadline.length>=1month",): ["租赁 main/2/2"],
    ("deadline.length<=10workday",): ["采购 main/2/1", "租赁 main/2/2"],
    ("deadline.workday=true",): ["采购 main/2/1", "租赁 main/2/2"],
    ("deadline.who=甲方",): ["采购 main/2/1", "采购 main/2/2"],
    ("deadline.who=甲方", "deadline.workday=true"): ["采购 main/2/1"],
    ("deadline.who=信达科技有限公司", "deadline.workday=true"): ["采购 main/2/1", "租赁 main/2/2"],
    # One clause, two deadlines: ten workdays for the tenant, three months for the landlord.
    ("deadline.who=出租人", "deadline.workday=true"): [],
    ("deadline.who!=甲方",): ["采购 main/3/2", "租赁 main/2/2"],
    ("deadline.who!=承租人", "kind=lease"): ["租赁 main/2/2"],
    ("deadline.unit=月", "deadline.who=出租人"): ["租赁 main/2/2"],
    ("penalty.rate>=0.05%",): ["采购 main/3/1"],
    ("penalty.rate=万分之三",): ["采购 main/3/2"],
    ("penalty.rate<1%", "penalty.cap=none"): ["采购 main/3/2"],
    ("penalty.cap=none",): ["采购 main/3/2", "租赁 main/3", "软件 main/3"],
    ("penalty.cap!=none",): ["采购 main/3/1"],
    ("penalty.cap<=10%",): ["采购 main/3/1"],
    ("penalty.per=日",): ["采购 main/3/1", "采购 main/3/2", "租赁 main/3"],
    ("penalty.liable=乙方",): ["采购 main/3/1"],
    ("penalty.liable=both",): ["软件 main/3"],
    ("penalty.amount=500",): ["租赁 main/3"],
    ("finding=penalty_without_cap",): ["采购 main/3/2"],
    ("blank=true",): ["租赁 main/6"],
    ("blank=合同编号",): ["租赁 main/6"],
    ("date.value=2025-01-31",): ["软件 main/4"],
    ("contract=租赁", "type=争议解决"): ["租赁 main/5"],
    (f"contract={LEASE[:12]}", "type=争议解决"): ["租赁 main/5"],
}


@pytest.mark.parametrize("where", FACTS, ids=" ".join)
def test_filters_on_facts_list_exactly_the_clauses_that_hold_them(index: ClauseIndex, where: tuple[str, ...]) -> None:
    results = ask(index, "", *where)
    assert sorted(found(results)) == sorted(FACTS[where])
    assert all("filter" in hit.matched_by for hit in results.hits)


FREE = {
    "违約金": ("采购 main/3/1", "variant"),
    "ip地址": ("采购 main/5", "variant"),
    "ERP系统": ("软件 main/1", "variant"),
    "罚金": ("租赁 main/3", "synonym"),
    "房租": ("租赁 main/2/1", "synonym"),
    "延期交货一天赔多少": ("采购 main/3/1", "synonym"),
    "打官司": ("采购 main/4", "synonym"),
    "1200000元": ("采购 main/1/1", "number"),
    "三十天": ("采购 main/2/2", "number"),
    "7x24": ("软件 main/1", "number"),
    "0.05%": ("采购 main/3/1", "number"),
    "2025-1-31": ("软件 main/4", "number"),
    "hetong zhuanyong zhang": ("采购 main/5", "pinyin"),
    "htzyz": ("采购 main/5", "pinyin"),
    "weiyuejin": ("采购 main/3/1", "pinyin"),
    "合同专用张": ("采购 main/5", "typo"),
    "首付歉": ("采购 main/2/1", "typo"),
    "服务器 单价": ("采购 annex1/1", "words"),
}


@pytest.mark.parametrize("text", FREE)
def test_related_wording_is_found_and_says_why(index: ClauseIndex, text: str) -> None:
    place, layer = FREE[text]
    results = ask(index, text)
    assert place in found(results)[:3]
    hit = next(h for h, where in zip(results.hits, found(results), strict=True) if where == place)
    assert layer in hit.matched_by


def test_what_the_law_keeps_apart_is_never_taken_for_another(index: ClauseIndex) -> None:
    assert ask(index, "订金").total == 0
    assert found(ask(index, "定金")) == ["软件 main/4"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("违约金 -承租人", ["采购 main/3/1", "采购 main/3/2", "软件 main/3"]),
        ("违约金 且 解除", ["采购 main/3/2"]),
        ("仲裁 或 起诉", ["采购 main/4", "租赁 main/5"]),
        ("金额大于100万 且 有 起诉", ["采购 main/4"]),
        ("类型:违约责任 解除", ["采购 main/3/2"]),
        ('当事人:林岚 "押金"', ["租赁 main/2", "租赁 main/2/2"]),
        ("违约金 AND (解除 OR 累计)", ["采购 main/3/1", "采购 main/3/2"]),
        ("deadline.who:甲方 deadline.workday:true", ["采购 main/2/1"]),
        ("金额:1万..3万 合同类型:租赁", ["租赁 main/2/1"]),
        ("日期:2024..2024-12 租金", ["租赁 main/2", "租赁 main/2/1", "租赁 main/2/2", "租赁 main/3"]),
    ],
)
def test_the_query_language_means_what_it_says(index: ClauseIndex, text: str, expected: list[str]) -> None:
    assert set(expected) <= set(found(ask(index, text)))
    if ":" in text or "且" in text or "AND" in text or '"' in text:
        assert sorted(found(ask(index, text))) == sorted(expected)


def test_hits_lead_back_to_the_words_and_the_page(index: ClauseIndex) -> None:
    contract = purchase()
    for hit in ask(index, "违约金", "contract=服务器").hits:
        assert hit.span.of(contract.text) == hit.text
        assert [hit.text[mark.start : mark.end] for mark in hit.highlights].count("违约金") == 1
        assert hit.page == 1
        assert hit.boxes
        assert hit.citation == f"《服务器采购合同》第三条 {hit.clause[-1]}"
    row = ask(index, '"交换机"').hits[0]
    assert (row.clause, row.citation) == ("annex1/2", "《服务器采购合同》附件 表格第2行")
    assert ask(index, "ERP").hits[0].page is None


def test_highlights_are_offsets_into_the_text_as_printed(index: ClauseIndex) -> None:
    (hit,) = ask(index, "erp系统").hits[:1]
    assert "ＥＲＰ系統" in [hit.text[mark.start : mark.end] for mark in hit.highlights]


def test_facets_follow_the_query(index: ClauseIndex) -> None:
    results = ask(index, "", "type=penalty", facets=("kind", "folder", "type"))
    assert {v.value: v.count for v in results.facets["kind"]} == {"sale": 3, "lease": 1, "software": 1}
    assert {v.value: v.count for v in results.facets["folder"]} == {"采购": 3, "行政": 1}
    assert index.facets(ClauseQuery(text='"租金"'), ["kind"])["kind"][0].value == "lease"
    with pytest.raises(SearchError, match="field_unknown"):
        ask(index, "", facets=("colour",))


def test_only_folders_that_may_be_seen_are_searched(index: ClauseIndex) -> None:
    assert {hit.contract for hit in ask(index, "违约金", folders=("行政",)).hits} == {LEASE}
    assert ask(index, "违约金", folders=()).total == 0
    assert ask(index, '"违约金" 或 甲方', folders=("行政",)).total == 1
    facets = ask(index, "", folders=("行政",), facets=("party",)).facets["party"]
    assert {value.value for value in facets} == {"林岚", "信达科技有限公司"}


def test_a_party_is_counted_once_whatever_else_it_is_called(new_engine: Callable[[], Engine]) -> None:
    draft = ContractDraft("供货合同").clause("main/1", "1.", None, "卖方应当交货。")
    draft.party("买方", "岚桥商贸有限公司", aliases=("岚桥公司",), role_kind="buyer")
    draft.party("卖方", "青禾供水有限公司", role_kind="seller")
    named = ClauseIndex(new_engine(), words)
    named.add(build_records(draft.build()))
    facets = ask(named, '"应当交货。"', facets=("party",)).facets["party"]
    assert [(value.value, value.count) for value in facets] == [("岚桥商贸有限公司", 1), ("青禾供水有限公司", 1)]
    assert ask(named, '"应当交货。"', "party=岚桥公司").total == 1
    assert ask(named, '"应当交货。"', "party=岚桥公司", "role=买方").total == 1
    assert ask(named, '"应当交货。"', "party=岚桥公司", "role=卖方").total == 0
    assert ask(named, '"应当交货。"', "role=卖方").total == 1
    assert ask(named, '"应当交货。"', "role!=卖方").total == 0


@pytest.mark.parametrize("sort", ["relevance", "date", "-date", "amount", "-amount"])
@pytest.mark.parametrize("group", [False, True])
@pytest.mark.parametrize("text", ["", "的", "违约金"])
def test_pages_give_every_hit_once(index: ClauseIndex, sort: str, group: bool, text: str) -> None:
    whole = ask(index, text, sort=sort, group=group)
    paged: list[tuple[str, str]] = []
    cursor = None
    while True:
        page = ask(index, text, sort=sort, group=group, limit=4, cursor=cursor)
        paged += [(hit.contract, hit.clause) for hit in page.hits]
        cursor = page.cursor
        if cursor is None:
            break
    assert paged == [(hit.contract, hit.clause) for hit in whole.hits]
    assert len(paged) == len(set(paged)) == whole.total


def test_sorting_puts_what_has_no_date_or_amount_last(index: ClauseIndex) -> None:
    for sort, order in {"date": [LEASE, PURCHASE, SOFTWARE], "-date": [PURCHASE, LEASE, SOFTWARE]}.items():
        assert [hit.contract for hit in ask(index, "", sort=sort, group=True).hits] == order
    assert ask(index, "", sort="-amount", group=True).hits[0].contract == PURCHASE


def test_a_cursor_of_another_query_is_refused(index: ClauseIndex) -> None:
    cursor = ask(index, "", limit=2).cursor
    with pytest.raises(SearchError, match="value_unreadable"):
        ask(index, "违约金", cursor=cursor)
    with pytest.raises(SearchError, match="value_unreadable"):
        ask(index, "", cursor="rubbish")


def test_adding_again_replaces_and_removing_forgets(new_engine: Callable[[], Engine]) -> None:
    index = ClauseIndex(new_engine(), words)
    assert index.search(ClauseQuery(text="违约金")).total == 0
    assert index.contracts() == {}
    index.add(records())
    index.add(records())
    assert index.count(ClauseQuery()) == len(records())
    before = index.contracts()
    assert set(before) == {PURCHASE, LEASE, SOFTWARE}
    shorter = [r for r in build_records(lease()) if r.clause != "main/3"]
    index.add(shorter)
    assert index.count(ClauseQuery(text='"每逾期一日支付500元"')) == 0
    assert index.contracts()[LEASE] != before[LEASE]
    index.remove([LEASE, "unknown"])
    assert set(index.contracts()) == {PURCHASE, SOFTWARE}
    assert index.rebuild(records()) == len(records())
    assert index.contracts() == before
    assert index.health().ok
    assert index.health().clauses == len(records())


def test_a_contract_without_words_is_still_known(new_engine: Callable[[], Engine]) -> None:
    index = ClauseIndex(new_engine(), words)
    empty = ContractDraft("").build()
    index.add(build_records(empty))
    assert list(index.contracts()) == [empty.id]


def test_odd_characters_are_stored_and_found(new_engine: Callable[[], Engine]) -> None:
    index = ClauseIndex(new_engine(), words)
    text = "𠮷野家甲\x00乙\u3000丙\u00a0丁\ufdd0戊.*[a]+?^$|\\{}()"
    index.add(build_records(ContractDraft("怪").clause("main/1", "1.", None, text).build(paged=False)))
    for piece in ("𠮷", "野家", "甲\x00乙", "乙\u3000丙", "丙\u00a0丁", ".", "*", "[", "+?^", "$|\\", "{}", "()", "("):
        assert index.count(ClauseQuery(text=f'"{piece}"')) == 1, piece
    for piece in ("乙 丙", "乙丙", "丙 丁", "㐀"):
        assert index.count(ClauseQuery(text=f'"{piece}"')) == 0, piece


def test_similar_clauses_are_found_with_what_differs(index: ClauseIndex) -> None:
    text = "乙方逾期交货的，每逾期一日按合同总价的万分之八支付违约金，累计不超过合同总价的10%。"
    results = index.similar(text=text)
    assert found(results) == ["采购 main/3/1"]
    best = results.hits[0]
    assert best.matched_by == ("similar",)
    assert 0.8 < best.score < 1
    assert "五" in "".join(best.text[mark.start : mark.end] for mark in best.highlights)
    same = index.similar(text="任何一方違約的，  應支付違約金")
    assert found(same)[0] == "软件 main/3"
    others = index.similar(contract=PURCHASE, clause="main/3/1")
    assert "采购 main/3/1" not in found(others)
    assert all(hit.score < 1 for hit in others.hits)
    assert index.similar(text=text, folders=("行政",)).hits == ()
    assert index.similar(text="完全无关的一句话").total == 0
    with pytest.raises(SearchError, match="contract_unknown"):
        index.similar(contract=PURCHASE, clause="main/99")


def test_exact_copies_are_counted_however_many(new_engine: Callable[[], Engine]) -> None:
    index = ClauseIndex(new_engine(), words)
    drafts = [ContractDraft(f"合同{k}").clause("main/1", "1.", None, "双方应当保密。") for k in range(30)]
    index.add([record for draft in drafts for record in build_records(draft.build())])
    results = index.similar(text="1. 双方应当保密。", limit=5)
    assert results.total == 30
    assert [hit.score for hit in results.hits] == [1.0] * 5


def test_suggestions_finish_the_last_word(index: ClauseIndex) -> None:
    assert index.suggest("违约 金") == []
    assert "违约金" in index.suggest("违约")
    assert "首付款 违约金" in index.suggest("首付款 违约")
    assert "合同专用章" in index.suggest("hetongz")
    assert "合同专用章" in index.suggest("htzy")
    assert "恒远设备有限公司" in index.suggest("恒远")
    assert index.suggest("") == []
    assert index.suggest("违约金 ") == []


def test_an_explanation_says_what_satisfied_which_word(index: ClauseIndex) -> None:
    query = ClauseQuery(text="延期交货")
    why = index.explain(query, PURCHASE, "main/3/1")
    assert why.hit
    assert why.score > 0
    assert "synonym" in why.layers
    assert {name for name, _ in why.parts} >= {"coverage", "near"}
    assert ("延期", "逾期") in [(typed, others[0]) for typed, _, others in why.words]
    assert not index.explain(query, LEASE, "main/5").hit
