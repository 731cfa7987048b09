"""Dates are made only when everything they are counted from is known; the rest is listed with what is missing."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.catalogue import Wanted
from corpus.due import Due, Situation, Term, due_items
from corpus.packing import pack
from corpus.store import Store
from schema.errors import QiyueError
from schema.span import Span
from schema.timing import Term as ContractTerm
from tests.support.contracts import contract

FIRST = datetime.date(2025, 1, 1)
BASE = Term(
    "d1",
    "deadline",
    Decimal(10),
    "day",
    True,
    "within",
    "p1",
    "付款",
    "合同签订后",
    None,
    None,
    "main/3",
    "c",
    1,
    "十日内",
)


def situation(*terms: Term, said: dict[str, str] | None = None, **values: object) -> Situation:
    known = Situation("c", "合同", {"p1": ("甲方", "长风")}, said or {}, {}, None, None, terms)
    return replace(known, **values)  # type: ignore[arg-type]


def only(known: Situation, last: datetime.date | None = None) -> Due:
    (item,) = due_items(known, FIRST, last)
    return item


def test_a_limit_is_counted_from_its_event() -> None:
    item = only(situation(BASE, said={"签订": "2025-01-31"}))
    assert (item.due, item.role, item.party, item.reason) == ("2025-02-17", "甲方", "长风", None)
    assert [(e.event, e.date, e.source) for e in item.events] == [("签订", "2025-01-31", "said")]


def test_the_contract_itself_may_say_when_it_was_signed() -> None:
    item = only(situation(BASE, printed={"签订": "2025-01-31"}))
    assert (item.due, item.events[0].source) == ("2025-02-17", "printed")
    said = only(situation(BASE, printed={"签订": "2025-01-31"}, said={"签订": "2025-03-03"}))
    assert said.due == "2025-03-17"


def test_without_the_day_of_its_event_it_has_no_date() -> None:
    item = only(situation(BASE))
    assert (item.due, item.missing, item.reason) == (None, ("签订",), "尚不知签订的日期")


def test_all_events_must_have_happened_and_the_last_one_counts() -> None:
    term = replace(BASE, trigger="合同签订生效后，收到发票且资金拨付到位", workday=False)
    said = {"生效": "2025-01-06", "发票": "2025-03-03"}
    item = only(situation(term, said=said))
    assert (item.due, item.missing) == (None, ("资金到位",))
    assert only(situation(term, said=said | {"资金到位": "2025-02-03"})).due == "2025-03-13"


def test_taking_effect_is_signing_unless_said_otherwise() -> None:
    term = replace(BASE, trigger="本合同生效后")
    item = only(situation(term, said={"签订": "2025-01-31"}))
    assert item.due == "2025-02-17"
    assert "502" in item.basis
    assert only(situation(term, said={"签订": "2025-01-31", "生效": "2025-03-03"})).due == "2025-03-17"


@pytest.mark.parametrize(
    ("said", "dates"),
    [
        ({"最终验收": "2025-03-03"}, [None, "2025-03-17"]),
        ({"初步验收合格": "2025-03-03"}, ["2025-03-17", None]),
        ({"验收": "2025-03-03"}, [None, None]),
    ],
)
def test_one_acceptance_is_not_another(said: dict[str, str], dates: list[str | None]) -> None:
    known = situation(
        replace(BASE, trigger="初步验收合格后"), replace(BASE, id="d2", trigger="最终验收合格后"), said=said
    )
    assert [item.due for item in due_items(known, FIRST, None)] == dates


def test_the_only_acceptance_needs_no_surname() -> None:
    assert only(situation(replace(BASE, trigger="最终验收合格后"), said={"验收": "2025-03-03"})).due == "2025-03-17"


@pytest.mark.parametrize(
    ("trigger", "reason"),
    [("租赁期限届满或者本合同解除", "择一"), ("收到每批货物之日", "反复"), ("收到", "没有写明"), (None, "没有写明")],
)
def test_what_the_words_do_not_settle_has_no_date(trigger: str | None, reason: str) -> None:
    said = {"届满": "2025-03-03", "解除": "2025-03-03", "收到每批货物": "2025-03-03"}
    item = only(situation(replace(BASE, trigger=trigger), said=said))
    assert item.due is None
    assert reason in str(item.reason)
    assert only(situation(replace(BASE, trigger=trigger), said={"d1": "2025-03-03"})).due == "2025-03-17"


def test_before_an_event_is_counted_backwards() -> None:
    term = replace(BASE, number=Decimal(60), workday=False, relation="before", trigger="租赁期限届满")
    item = next(due_items(situation(term, printed={"届满": "2028-05-31"}), FIRST, None))
    assert (item.due, item.provisional) == ("2028-04-01", False)


def test_a_fixed_date_stays_as_printed() -> None:
    item = only(situation(replace(BASE, number=None, date="2025-10-01")))
    assert (item.due, item.moved_from) == ("2025-10-01", None)
    assert "休息日" in item.basis
    assert only(situation(replace(BASE, number=None, date="2025-10"))).due is None


def test_a_counting_rule_of_the_contract_is_pointed_out() -> None:
    assert "204" in only(situation(BASE, said={"签订": "2025-01-31"}, own_rule=True)).basis


def test_every_month_while_the_contract_runs() -> None:
    term = replace(BASE, kind="recurrence", number=None, day_of_month=31, relation="every", trigger=None)
    known = situation(term, term_start="2025-01-15", term_end="2025-06-30", printed={"开始": "2025-01-15"})
    items = [item for item in due_items(known, FIRST, None) if item.kind == "recurrence"]
    assert [item.due for item in items] == ["2025-01-31", "2025-03-31", "2025-05-31"]
    later = [item.due for item in due_items(known, datetime.date(2025, 5, 1), None) if item.kind == "recurrence"]
    assert later == ["2025-05-31"]
    assert [i.due for i in due_items(known, FIRST, datetime.date(2025, 3, 1)) if i.kind == "recurrence"] == [
        "2025-01-31"
    ]


def test_every_month_of_a_contract_nobody_signed_has_no_date() -> None:
    term = replace(BASE, kind="recurrence", number=None, day_of_month=10)
    assert only(situation(term)).missing == ("签订",)
    endless = [item.due for item in due_items(situation(term, said={"签订": "2025-01-31"}), FIRST, None)]
    assert endless == ["2025-02-10"]


def test_the_end_of_a_contract_is_an_item() -> None:
    item = only(situation(term_end="2028-05-28"))  # a Sunday, not moved
    assert (item.kind, item.due, item.role) == ("expiry", "2028-05-28", None)
    term = replace(
        BASE, kind="term", number=Decimal(1), unit="year", workday=False, relation="from", trigger="签订之日"
    )
    item = only(situation(term, said={"签订": "2025-03-01"}))
    assert (item.kind, item.due, item.moved_from) == ("expiry", "2026-03-01", None)


def test_the_store_knows_what_is_owed(store: Store) -> None:
    store.put(pack(contract()))
    later = contract("CG-2025-002").model_copy(
        update={
            "term": ContractTerm(end="2026-12-31", text="", span=Span(start=0, end=0)),
            "sign_date": None,
            "dates": (),
        }
    )
    store.put(pack(later))
    items = list(store.obligations.each(Wanted(), FIRST, None))
    assert [(item.contract, item.id, item.due) for item in items] == [
        (contract().id, "d1", "2025-02-17"), (later.id, "d1", None), (later.id, "term", "2026-12-31"),
    ]  # fmt: skip
    store.anchors.set(later.id, "签订", "2025-03-03", who="王")
    assert next(store.obligations.each(Wanted(ids=(later.id,)), FIRST, None)).due == "2025-03-17"
    assert list(store.obligations.each(Wanted(), FIRST, None, party="青山")) == [items[2]]
    assert len(list(store.obligations.each(Wanted(), FIRST, datetime.date(2025, 2, 16)))) == 0


def test_a_twin_owes_nothing_twice(store: Store) -> None:
    store.put(pack(contract()))
    twin = contract(media_type="application/pdf")
    assert store.put(pack(twin)).relation == "twin"
    assert len(list(store.obligations.each(Wanted(), FIRST, None))) == 1
    assert len(list(store.obligations.each(Wanted(ids=(twin.id,)), FIRST, None))) == 1


def test_anchors_are_kept_replaced_and_taken_back(store: Store) -> None:
    store.put(pack(contract()))
    name = contract().id
    store.anchors.set(name, "验收", "2025-03-03", who="王")
    store.anchors.set(name, "验收", "2025-03-04", who="李")
    (anchor,) = store.anchors.of(name)
    assert (anchor.date, anchor.who) == ("2025-03-04", "李")
    assert store.anchors.remove(name, "验收")
    assert not store.anchors.remove(name, "验收")
    for bad in ("2025-02-30", "明天", "2025-03"):
        with pytest.raises(QiyueError, match="value_unreadable"):
            store.anchors.set(name, "验收", bad, who="王")
    with pytest.raises(QiyueError, match="contract_unknown"):
        store.anchors.set("0" * 64, "验收", "2025-03-03", who="王")
