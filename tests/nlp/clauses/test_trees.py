"""Documents of many kinds with their tree marked by hand (tests/nlp/clauses/trees)."""

import pytest

from nlp.clauses.segment import build_structure
from nlp.clauses.structure import Structure
from nlp.normalize import fold
from tests.support.trees import NAMES, MarkedTree, marked_tree, parse_tree


def read(name: str) -> tuple[MarkedTree, Structure]:
    tree = marked_tree(name)
    return tree, build_structure(tree.document, fold(tree.document.text))


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_stands_where_it_is_marked(name: str) -> None:
    tree, structure = read(name)
    assert [(c.id, c.span.start) for c in structure.clauses] == [(key, start) for key, start, _ in tree.clauses]


@pytest.mark.parametrize("name", NAMES)
def test_marked_headings_are_found(name: str) -> None:
    """A label that runs into its sentence (付款方式：…) may be given where none is marked."""
    tree, structure = read(name)
    wanted = {key: heading for key, _, heading in tree.clauses}
    for clause in structure.clauses:
        runs_in = clause.own_spans and clause.own_spans[0].of(tree.document.text).startswith(clause.heading or " ")
        assert clause.heading == wanted[clause.id] or (wanted[clause.id] is None and runs_in)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_begins_where_it_is_marked(name: str) -> None:
    tree, structure = read(name)
    assert [(part.id, part.span.start) for part in structure.parts] == list(tree.parts)


def test_a_text_without_marks_asserts_nothing() -> None:
    with pytest.raises(ValueError, match="no clause"):
        parse_tree("第一条 总则")
