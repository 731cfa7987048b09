"""What a period is counted from: every row of the table with its examples, and how triggers are taken apart."""

import pytest

from corpus.events import find_trigger, read_events

ROWS = read_events()["event"]


@pytest.mark.parametrize(("name", "words"), [(row["name"], words) for row in ROWS for words in row["examples"]])
def test_an_example_is_found(name: str, words: str) -> None:
    assert [event.name for event in find_trigger(words).events] == [name]


@pytest.mark.parametrize(("name", "words"), [(row["name"], words) for row in ROWS for words in row["counterexamples"]])
def test_a_counterexample_is_not(name: str, words: str) -> None:
    assert name not in [event.name for event in find_trigger(words).events]


@pytest.mark.parametrize(
    ("words", "events"),
    [
        ("合同生效后，甲方收到发票，且财政资金到位", ["生效", "发票", "资金到位"]),
        ("最终验收合格并收到发票", ["最终验收", "发票"]),
        ("初步验收合格之日", ["初步验收"]),
        ("初步验收不合格之日", ["初步不验收"]),
        ("M2 验收通过", ["M2验收"]),
        ("收到（盖章的）发票之日", ["发票"]),
        ("质量保证期届满", ["质量保证届满"]),
        ("收到方案", ["收到方案"]),
        ("收到", []),
        ("", []),
    ],
)
def test_a_trigger_is_taken_apart(words: str, events: list[str]) -> None:
    assert [str(event) for event in find_trigger(words).events] == events


@pytest.mark.parametrize(
    ("words", "choice"), [("租赁期限届满或者本合同解除", True), ("届满", False), ("发生或者", False)]
)
def test_a_choice_between_events_is_noticed(words: str, choice: bool) -> None:
    assert find_trigger(words).choice is choice


@pytest.mark.parametrize("words", ["收到每批货物之日", "每次付款", "各阶段验收合格"])
def test_what_comes_again_is_noticed(words: str) -> None:
    assert any(event.again for event in find_trigger(words).events)
