"""The table of checks holds together, and each row finds the fault in its example."""

import pytest

from nlp.checks.rule import Rule
from nlp.checks.rules import RULES
from nlp.parse import parse
from tests.support.builders import document

HEAD = "采购合同\n甲方：青禾商贸有限公司\n乙方：远山机械有限公司\n"


@pytest.mark.parametrize("rule", [r for r in RULES if r.example], ids=lambda rule: rule.id)
def test_the_fault_of_the_example_is_found(rule: Rule) -> None:
    found = [f for f in parse(document(HEAD + rule.example)).findings if f.data.get("rule") == rule.id]
    assert [(f.code, f.severity) for f in found][:1] == [(rule.code, rule.severity)]
    assert all(f.message for f in found)


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
