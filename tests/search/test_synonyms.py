"""Every row of the table of synonyms does what its example says, and no row joins what the law keeps apart."""

import tomllib
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

from search.fold import fold
from search.labels import labels
from search.layout import FACETS
from search.meaning import read_meaning
from search.synonyms import pattern_regex, synonyms
from search.variants import lookalikes, with_one_wrong
from tests.support.words import words

TABLE: dict[str, Any] = tomllib.loads((files("search") / "data" / "synonyms.toml").read_text("utf-8"))
ROWS = [*TABLE["same"], *TABLE["related"]]
QUESTIONS: dict[str, Any] = tomllib.loads((files("search") / "data" / "questions.toml").read_text("utf-8"))
NEVER = [tuple(row["words"]) for row in TABLE["never"]]


def satisfied(asked: str, answer: str) -> list[bool]:
    """For each word of the query whether the sentence has it or something for it."""
    folded = fold(answer)
    groups = read_meaning(asked, words).groups
    return [any(pattern_regex(a.pattern).search(folded) for a in g.alternatives if a.pattern) for g in groups]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["ask"])
def test_each_example_is_found_through_its_row(row: dict[str, Any]) -> None:
    typed = row.get("words") or row["typed"]
    assert any(word.replace("…", "") in row["ask"] for word in typed), "the question uses none of the row's words"
    assert any(satisfied(row["ask"], row["answer"]))
    literal = [fold(g.typed) in fold(row["answer"]) for g in read_meaning(row["ask"], words).groups]
    assert not all(literal), "the answer holds the words themselves, so the example proves nothing"


@pytest.mark.parametrize(("one", "other"), [p for pair in NEVER for p in (pair, pair[::-1])])
def test_no_rule_and_no_typing_error_joins_what_the_law_keeps_apart(one: str, other: str) -> None:
    table = synonyms()
    assert fold(other) in table.kept_apart(fold(one))
    assert (fold(other),) not in dict(table.of(fold(one)))
    everything = dict.fromkeys([a + b for a, b in pairwise(fold(one) + fold(other))], 1)
    assert fold(other) not in with_one_wrong(fold(one), lambda pairs: dict.fromkeys(pairs, 1) | everything)


def test_what_must_not_become_of_a_word() -> None:
    table = synonyms()
    assert set(table.kept_apart("订金条款")) == {"定金"}
    assert table.kept_apart("合同专用章") == ()
    assert "含税" not in table.kept_apart("合同总价")


def test_related_words_go_one_way() -> None:
    table = synonyms()
    assert ("违约金",) in dict(table.of("罚金"))
    assert ("罚金",) not in dict(table.of("违约金"))


@pytest.mark.parametrize("row", QUESTIONS["question"], ids=lambda row: row["example"])
def test_each_question_is_recognised(row: dict[str, Any]) -> None:
    meaning = read_meaning(row["example"], words)
    assert set(row["wants"]) <= meaning.wants
    assert set(row["wants"]) <= {"amount", "rate", "penalty", "payment", "deadline", "date", "blank"}
    assert meaning.groups, "a question must leave something to look for"


def test_lookalikes_are_mutual() -> None:
    assert "入" in lookalikes("人")
    assert "人" in lookalikes("入")


def test_labels_name_values_that_exist() -> None:
    from typing import get_args

    from schema.clause import ClauseType
    from schema.contract import ContractKind
    from schema.finding import FindingCode
    from schema.money import AmountRole
    from schema.party import RoleKind
    from schema.penalty import PenaltyPeriod
    from schema.timing import DeadlineKind
    from schema.values import TimeUnit

    real = {
        "type": ClauseType,
        "kind": ContractKind,
        "finding": FindingCode,
        "amount.role": AmountRole,
        "role_kind": RoleKind,
        "penalty.per": PenaltyPeriod,
        "deadline.kind": DeadlineKind,
        "deadline.unit": TimeUnit,
    }
    for field, values in real.items():
        assert set(labels()[field]) == set(get_args(values)), field
    assert set(labels()) == {*real, "dispute"}
    assert "type" in FACETS
