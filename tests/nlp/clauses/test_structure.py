"""Which clause a place lies in, where clauses nest and tables stand between them."""

import pytest

from ingest.read import read
from nlp.parse import read as read_contract
from tests.support import heldout


@pytest.mark.parametrize("name", ["seen20_construction", "seen12_guard", "seen18_sms"])
def test_the_clause_around_a_place_is_the_deepest_whose_span_holds_it(name: str) -> None:
    structure = read_contract(read(heldout.file_of(name))).structure
    assert any(clause.level > 1 for clause in structure.clauses)
    end = max(clause.span.end for clause in structure.clauses)
    for offset in range(0, end + 5, 3):
        around = [c.id for c in structure.clauses if c.span.start <= offset < c.span.end]
        before = [c.id for c in structure.clauses if c.span.start <= offset]
        found, last = structure.clause_around(offset), structure.clause_before(offset)
        assert (found.id if found else None) == (around[-1] if around else None)
        assert (last.id if last else None) == (before[-1] if before else None)
