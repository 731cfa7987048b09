"""A correction stands beside the parser's word, is applied on reading, and survives another reading."""

from decimal import Decimal

import pytest
from sqlalchemy import text

from corpus.packing import pack
from corpus.store import Store
from schema.contract import Contract
from schema.errors import QiyueError
from schema.money import Amount
from schema.span import Span
from tests.support.contracts import contract


@pytest.fixture
def name(store: Store) -> str:
    store.put(pack(contract()))
    return contract().id


def correct(store: Store, name: str, element: str, field: str, typed: str) -> None:
    store.corrections.correct(name, element, field, typed, who="王", why="看过原件")


@pytest.mark.parametrize(
    ("element", "field", "typed", "value"),
    [
        ("a1", "value", "350000.00", "350000.00"),
        ("a1", "is_total", "false", False),
        ("a1", "tax_included", "true", True),
        ("a1", "label", "null", None),
        ("p1", "name", "长风水务集团有限公司", "长风水务集团有限公司"),
        ("p1", "aliases", "长风，长风水务", ("长风", "长风水务")),
        ("p2", "account.0.text", "6222020200112233446", "6222020200112233446"),
        ("y1", "sequence", "2", 2),
        ("n1", "liable", "甲方", "p1"),
        ("n1", "beneficiary", "双方", "both"),
        ("n1", "liable", "null", None),
        ("n1", "remedies", '["termination"]', ("termination",)),
        ("d1", "trigger.text", "合同生效", "合同生效"),
        ("contract", "title", "设备买卖合同", "设备买卖合同"),
        ("contract", "sign_date.value", "2025-02-01", "2025-02-01"),
    ],
)
def test_a_value_is_put_in_place_and_the_parser_keeps_its_word(
    store: Store, name: str, element: str, field: str, typed: str, value: object
) -> None:
    correct(store, name, element, field, typed)
    (made,) = store.corrections.of(name)
    assert (made.value, made.who, made.why, made.state) == (value, "王", "看过原件", "applied")
    assert store.contract(name) == contract()
    corrected = store.corrected(name)
    assert corrected != contract()
    again = store.corrections.correct(name, element, field, typed, who="李", why="同样")
    assert again.value == value
    assert again.parser_value == made.parser_value


@pytest.mark.parametrize(
    ("element", "field", "typed", "code", "words"),
    [
        ("a9", "value", "1", "element_unknown", "a9"),
        ("a1", "valu", "1", "field_unknown", "use value"),
        ("a1", "value", "many", "value_unreadable", "'360000'"),
        ("a1", "span", "1", "field_unknown", "span"),
        ("a1", "span.start", "1", "field_unknown", "span"),
        ("a1", "id", "a7", "field_unknown", "id"),
        ("a1", "role", "nonsense", "value_unreadable", "role"),
        ("n1", "liable", "丙方", "value_unreadable", "甲方, 乙方"),
        ("contract", "sign_date.value", "明年春天", "value_unreadable", "2025-03-18"),
        ("n1", "cap.rate", "0.1", "field_unknown", "unknown here"),
        ("p2", "account", "1", "field_unknown", "account.0.text"),
        ("contract", "text", "x", "field_unknown", "text"),
    ],
)
def test_a_wrong_correction_is_one_sentence_and_changes_nothing(
    store: Store, name: str, element: str, field: str, typed: str, code: str, words: str
) -> None:
    with pytest.raises(QiyueError) as raised:
        correct(store, name, element, field, typed)
    assert raised.value.code == code
    assert words in str(raised.value)
    assert store.corrections.of(name) == []
    assert store.outbox.count() == 1


def test_what_people_query_and_search_follows(store: Store, name: str) -> None:
    store.outbox.forget_until(store.outbox.last())
    correct(store, name, "a1", "value", "350000")
    with store.database.reading() as connection:
        value = connection.execute(text("SELECT value FROM amounts WHERE id = 'a1'")).scalar()
        both = connection.execute(text("SELECT parser_value, value, who FROM corrections")).one()
    assert value is not None
    assert float(value) == 350000
    assert tuple(both) == ('"360000"', '"350000"', "王")
    assert store.catalogue.card(name).total == "350000"
    assert store.outbox.count() == 1


def test_a_later_correction_of_a_field_replaces_the_earlier(store: Store, name: str) -> None:
    correct(store, name, "a1", "value", "1")
    correct(store, name, "a1", "value", "2")
    (only,) = store.corrections.of(name)
    assert (only.parser_value, only.value) == ("360000", "2")


def test_a_correction_can_be_taken_back(store: Store, name: str) -> None:
    correct(store, name, "a1", "value", "1")
    (made,) = store.corrections.of(name)
    assert store.corrections.withdraw(made.number) == name
    assert store.corrected(name) == contract()
    assert store.catalogue.card(name).total == "360000"
    with pytest.raises(QiyueError, match="correction_unknown"):
        store.corrections.withdraw(made.number)


def amounts(value: Contract, *others: Amount) -> Contract:
    return value.model_copy(update={"amounts": others})


def test_a_correction_follows_its_words_to_another_id(store: Store, name: str) -> None:
    correct(store, name, "a1", "value", "350000")
    old = contract().amounts
    again = amounts(contract(), old[1].model_copy(update={"id": "a1"}), old[0].model_copy(update={"id": "a2"}))
    assert store.replace(pack(again))[1] == (1, 0)
    assert [a.value for a in store.corrected(name).amounts] == [Decimal(108000), Decimal(350000)]
    assert [c.element for c in store.corrections.of(name)] == ["a2"]
    assert store.catalogue.card(name).total == "350000"


def test_a_correction_follows_its_words_when_the_parser_takes_more_of_them(store: Store, name: str) -> None:
    correct(store, name, "a1", "value", "350000")
    old = contract().amounts[0]
    span = Span(start=old.span.start - 3, end=old.span.end)
    wider = old.model_copy(update={"id": "a7", "span": span, "text": span.of(contract().text)})
    assert store.replace(pack(amounts(contract(), wider)))[1] == (1, 0)
    assert store.corrected(name).amounts[0].value == Decimal(350000)


def test_a_correction_whose_words_are_gone_is_listed_as_orphaned(store: Store, name: str) -> None:
    correct(store, name, "a1", "value", "350000")
    assert store.replace(pack(amounts(contract(), contract().amounts[1])))[1] == (0, 1)
    assert store.corrected(name) == store.contract(name)
    (filed,) = store.corrections.each(orphaned=True)
    assert (filed.contract, filed.correction.state, filed.correction.words) == (name, "orphaned", "360000元")
    assert store.replace(pack(contract()))[1] == (1, 0)
    assert store.corrected(name).amounts[0].value == Decimal(350000)


def test_precision_counts_elements_by_rule(store: Store, name: str) -> None:
    store.put(pack(contract("CG-2025-002")))
    correct(store, name, "a1", "value", "1")
    correct(store, name, "a1", "label", "x")
    scores = {score.rule: (score.elements, score.corrected) for score in store.corrections.precision()}
    assert scores["money.figures"] == (4, 1)
    assert scores["party.label"] == (4, 0)
    assert store.corrections.precision()[0].rule == "money.figures"


def test_replacing_an_unknown_contract_is_refused(store: Store) -> None:
    with pytest.raises(QiyueError, match="contract_unknown"):
        store.replace(pack(contract()))
