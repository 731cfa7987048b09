"""Clause types: every example of the rules through the door, the combination of heading and words, the labelled set."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from ingest.read import read
from nlp.clauses.classify import clause_types, first_characters, heading_types, type_rules, word_types
from nlp.clauses.segment import build_structure
from nlp.lexicon import read_rules
from nlp.normalize import fold
from schema.clause import ClauseType
from tests.support.shared import shared_folder
from tests.support.trees import marked_tree

RULES = read_rules("clause_types")
HEADINGS = [(r.data["type"], text) for r in RULES if r.id.endswith(".heading") for text in r.examples]
WORDS = [(r.data["type"], text) for r in RULES if r.id.endswith(".words") for text in r.examples]
LABELS = Path(__file__).parent / "type_labels.toml"
TREE_LABELS = Path(__file__).parent / "tree_type_labels.toml"


@pytest.mark.parametrize(("name", "heading"), HEADINGS)
def test_a_heading_gives_its_type(name: str, heading: str) -> None:
    assert name in heading_types(fold(heading))


@pytest.mark.parametrize(("name", "words"), WORDS)
def test_words_give_their_type(name: str, words: str) -> None:
    found = word_types(fold(words))
    assert name in found or (name == "rights_obligations" and "duty" in found)


def test_every_type_has_thirty_examples() -> None:
    counts = Counter(rule.data["type"] for rule in RULES for _ in rule.examples)
    assert set(counts) == set(get_args(ClauseType))
    assert [name for name, count in counts.items() if count < 30] == []


@pytest.mark.parametrize(
    ("heading", "words", "above", "types"),
    [
        ("违约责任", "甲方有权解除本合同。", (), ("penalty", "liability", "termination")),
        (None, "验收合格后支付合同总价的30%。", ("payment",), ("payment",)),
        (None, "乙方应开具增值税专用发票。", ("price",), ("payment", "tax")),
        (None, "按照现有管理规定处理。", ("penalty", "liability"), ("penalty", "liability")),
        ("违约责任", "应当支付违约金。", ("confidentiality",), ("penalty", "liability", "confidentiality")),
        ("其他", "", (), ("general",)),
        (None, "乙方不得饲养宠物。", (), ("rights_obligations",)),
        (None, "双方另有安排。", (), ()),
    ],
)
def test_heading_words_and_the_clause_above(
    heading: str | None, words: str, above: tuple[str, ...], types: tuple[str, ...]
) -> None:
    assert clause_types(heading, fold(words), above)[0] == types  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "first"), [("(?:甲|乙)方", "甲乙"), ("[总单]价", "总单"), ("(?<!不)租?金", "租金")]
)
def test_first_characters(pattern: str, first: str) -> None:
    assert first_characters(pattern) == frozenset(first)


def test_a_pattern_that_can_begin_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="plain"):
        first_characters(".价")


@pytest.mark.shared
def test_the_labelled_clauses() -> None:
    """Precision and recall over the twelve commonest types of 228 clauses labelled by hand."""
    folder = shared_folder() / "contracts" / "dev"
    hit, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for name, labels in tomllib.loads(LABELS.read_text(encoding="utf-8")).items():
        source = next(path for path in folder.glob(f"{name}-*") if path.suffix != ".json")
        document = read(source)
        clauses = build_structure(document, fold(document.text)).clause_by_id
        for key, wanted in labels.items():
            found = clauses[key].types
            hit.update(set(wanted) & set(found))
            wrong.update(set(found) - set(wanted))
            missed.update(set(wanted) - set(found))
    common = [name for name, _ in (hit + missed).most_common(12)]
    hits = sum(hit[name] for name in common)
    assert hits / (hits + sum(wrong[name] for name in common)) >= 0.95
    assert hits / (hits + sum(missed[name] for name in common)) >= 0.9
    assert type_rules().headings


def test_the_labelled_clauses_of_the_marked_documents() -> None:
    """Precision and recall over the twelve commonest types of the labelled clauses of our own documents."""
    hit, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for name, labels in tomllib.loads(TREE_LABELS.read_text(encoding="utf-8")).items():
        document = marked_tree(name).document
        clauses = build_structure(document, fold(document.text)).clause_by_id
        for key, wanted in labels.items():
            found = clauses[key].types
            hit.update(set(wanted) & set(found))
            wrong.update(set(found) - set(wanted))
            missed.update(set(wanted) - set(found))
    common = [name for name, _ in (hit + missed).most_common(12)]
    hits = sum(hit[name] for name in common)
    assert hits / (hits + sum(wrong[name] for name in common)) >= 0.95
    assert hits / (hits + sum(missed[name] for name in common)) >= 0.95
