"""Documents read badly: numbers misread, blanks in them, page marks between the lines; most of the tree comes back."""

import random

from nlp.clauses.segment import build_structure
from nlp.normalize import fold
from tests.support.builders import document
from tests.support.damage import damaged
from tests.support.trees import NAMES, MarkedTree, marked_tree

PLAIN = [tree for tree in map(marked_tree, NAMES) if not any(p.bold for p in tree.document.paragraphs)]


def score(share: float, pages: bool) -> float:
    """F1 of ids with their places over all documents."""
    hit = wrong = missed = 0
    for number, tree in enumerate(PLAIN):
        wanted, found = read(tree, random.Random(number), share, pages)
        hit += len(wanted & found)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    return 2 * hit / (2 * hit + wrong + missed)


def read(
    tree: MarkedTree, chance: random.Random, share: float, pages: bool
) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    text, starts = damaged(tree, chance, share=share, pages=pages)
    found = build_structure(document(text), fold(text)).clauses
    wanted = {(key, start) for (key, _, _), start in zip(tree.clauses, starts, strict=True)}
    return wanted, {(clause.id, clause.span.start) for clause in found}


def test_page_marks_are_nobodys() -> None:
    assert score(0, pages=True) == 1


def test_one_number_in_sixteen_misread() -> None:
    assert score(0.06, pages=False) >= 0.985
