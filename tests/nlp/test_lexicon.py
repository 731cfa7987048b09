"""Every row of every rule table proves itself, both ways."""

import pytest

from nlp.lexicon import Rule, read_rules, rule_tables
from nlp.normalize import fold

RULES = [(table, rule) for table in rule_tables() for rule in read_rules(table)]


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}:{text}") for _, rule in RULES for text in rule.examples],
)
def test_an_example_is_found(rule: Rule, text: str) -> None:
    assert rule.regex.search(fold(text))


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}:{text}") for _, rule in RULES for text in rule.counterexamples],
)
def test_a_counterexample_is_not_found(rule: Rule, text: str) -> None:
    assert not rule.regex.search(fold(text))


def test_ids_are_unique_and_rows_have_examples() -> None:
    ids = [rule.id for _, rule in RULES]
    assert len(ids) == len(set(ids))
    assert [rule.id for _, rule in RULES if not rule.examples] == []
