"""Records: every character of a contract in exactly one of them, facts where they stand."""

import pytest

from nlp.parse import parse
from schema.contract import Contract
from schema.span import Span
from search.record import build_records, subtract
from search.scale import day_number, minutes, scaled, slotted
from tests.support.builders import document
from tests.support.collection import lease, purchase, software
from tests.support.drafts import ContractDraft
from tests.support.samples import NAMES, sample_text

CONTRACTS = {"purchase": purchase, "lease": lease, "software": software}


def sample(name: str) -> Contract:
    return parse(document(sample_text(name)))


@pytest.mark.parametrize("name", [*CONTRACTS, *(f"sample {name}" for name in NAMES)])
def test_every_character_stands_in_one_record(name: str) -> None:
    contract = CONTRACTS[name]() if name in CONTRACTS else sample(name.removeprefix("sample "))
    owner = [0] * len(contract.text)
    for record in build_records(contract):
        for piece in record.pieces:
            for place in range(piece.start, piece.end):
                owner[place] += 1
    lost = {contract.text[place] for place, count in enumerate(owner) if count == 0}
    assert all(character.isspace() for character in lost)
    assert max(owner) == 1


def test_records_come_in_the_order_of_the_text_with_their_words() -> None:
    contract = purchase()
    records = build_records(contract, folder="采购", tags=("重点",))
    assert [r.pieces[0].start for r in records] == sorted(r.pieces[0].start for r in records)
    assert [r.ordinal for r in records] == list(range(len(records)))
    assert len({r.clause for r in records}) == len(records)
    for record in records:
        assert record.text == "\n".join(piece.of(contract.text) for piece in record.pieces)
        assert {box.page for box in record.boxes} == {1}
    card = records[0].contract
    assert (card.date, card.total, card.folder, card.tags) == (20250301, 12_000_000_000, "采购", ("重点",))
    assert card.parties == ("信达科技有限公司", "信达", "恒远设备有限公司")


def test_types_of_a_clause_are_those_of_the_nearest_above() -> None:
    types = {r.clause: r.types for r in build_records(purchase())}
    assert types["main/3/1"] == types["main/3"] == ("penalty",)
    assert types["main/1/1"] == ("subject_matter", "price")


def test_facts_go_to_the_record_that_holds_their_words() -> None:
    draft = ContractDraft("合同").prose("preamble", "甲方：____").clause("main/1", "一、", "价款", "10元")
    draft.amount("main/1", "10", "10").blank("nowhere", "____", None)
    facts = {r.clause: [f.kind for f in r.facts] for r in build_records(draft.build())}
    assert facts == {"cover": [], "preamble": ["blank"], "main/1": ["amount"]}


def test_the_version_follows_what_can_be_searched() -> None:
    versions = {
        build_records(purchase())[0].contract.version,
        build_records(lease())[0].contract.version,
        build_records(purchase(), folder="x")[0].contract.version,
        build_records(purchase(), tags=("x",))[0].contract.version,
    }
    assert len(versions) == 4
    assert build_records(purchase())[0].contract.version == build_records(purchase())[0].contract.version


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(2, 10)]),
        ([(0, 3)], [(3, 10)]),
        ([(4, 6), (5, 7)], [(2, 4), (7, 10)]),
        ([(2, 10)], []),
        ([(8, 20)], [(2, 8)]),
        ([(20, 30)], [(2, 10)]),
    ],
)
def test_what_is_left_of_a_range(taken: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    assert subtract((2, 10), taken) == left


def test_numbers_are_scaled_exactly() -> None:
    from decimal import Decimal

    assert scaled(Decimal("4004736.60"), 4) == 40_047_366_000
    assert scaled(Decimal("-1"), 4) == 0
    assert minutes(Decimal(12), "month") == minutes(Decimal(1), "year")
    assert minutes(Decimal(30), "day") < minutes(Decimal(1), "month")
    assert slotted(2, 7) - slotted(1, 7) == slotted(1, 0)
    assert [day_number(d) for d in ("2025", "2025-02", "2025-02-03", "25", "x")] == [
        20250101,
        20250201,
        20250203,
        None,
        None,
    ]
    assert day_number("2025", last=True) == 20251231
    assert len(Span(start=0, end=3)) == 3
