"""The text on the page is the text of the contract, each character once, and marks stand where the words stand."""

import pytest

from qiyue.web.reading_view import Block, Mark, Segment, blocks_of, hit_marks
from schema.contract import Contract
from search.record import build_records
from tests.support.collection import lease, purchase, software

CONTRACTS = [purchase(), lease(), software()]


def segments(block: Block) -> list[Segment]:
    return [*block.segments, *(s for row in block.rows for cell in row.cells for s in cell.segments)]


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.title)
def test_every_character_is_shown_once(contract: Contract) -> None:
    shown = sorted((s.start, s.text) for block in blocks_of(contract) for s in segments(block))
    assert all(contract.text[start:].startswith(text) for start, text in shown)
    assert "".join("".join(text.split()) for _, text in shown) == "".join(contract.text.split())


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.title)
def test_facts_are_marked_on_their_own_words(contract: Contract) -> None:
    marked = [s for block in blocks_of(contract) for s in segments(block)]
    for kind in ("amounts", "penalties", "deadlines", "dates"):
        for fact in getattr(contract, kind):
            words = "".join(s.text for s in marked if fact.id in s.facts)
            assert words == fact.text


def test_the_shortest_fact_is_the_inner_one() -> None:
    contract = purchase()
    amount = next(a for a in contract.amounts if a.text == "360,000")
    segment = next(s for block in blocks_of(contract) for s in segments(block) if amount.id in s.facts)
    assert segment.facts[0] == amount.id
    assert segment.inner == "amounts"


def test_hits_are_put_where_they_stand() -> None:
    contract = purchase()
    clause = next(c for c in contract.clauses if c.id == "main/3/1")
    words = clause.span.of(contract.text)
    at = words.index("违约金")
    (mark,) = hit_marks(build_records(contract), [("main/3/1", [(at, at + 3)])])
    assert contract.text[mark.start : mark.end] == "违约金"
    found = [s for block in blocks_of(contract, [mark]) for s in segments(block) if s.hit]
    assert ("".join(s.text for s in found), next(s.first_of_hit for s in found)) == ("违约金", True)


def test_rows_of_a_table_stay_together() -> None:
    tables = [block for block in blocks_of(purchase()) if block.unit == "row"]
    assert [[row.clause for row in block.rows] for block in tables] == [["annex1/1", "annex1/2", "annex1/total"]]
    assert tables[0].heads[1] == "名称"


def test_a_mark_outside_the_text_marks_nothing() -> None:
    blocks = blocks_of(lease(), [Mark(10**6, 10**6 + 3, "hit", "1")])
    assert not any(s.hit for block in blocks for s in segments(block))
