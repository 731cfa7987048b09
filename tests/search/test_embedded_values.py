"""The numbers of facet values in the embedded index, and filters whose values hold what the engine cuts at."""

from pathlib import Path

import pytest

from schema.errors import SearchError
from schema.query import ClauseQuery
from search.backends.embedded import Tantivy
from search.backends.embedded_values import NOTHING, Values
from search.documents import Document
from search.index import ClauseIndex
from search.record import IndexRecord, build_records
from search.tree import Terms
from tests.support.drafts import ContractDraft
from tests.support.words import words

COMPANY = "岚桥商贸有限公司"
CLAUSE = ClauseQuery(text='"应当交货。"')


def records(name: str, folder: str | None = None, tags: tuple[str, ...] = ()) -> list[IndexRecord]:
    draft = ContractDraft(f"{name}的合同", kind="sale", signed="2025-03-01")
    draft.clause("main/1", "1.", None, "卖方应当交货。", types=("delivery", "penalty")).party("买方", name)
    return build_records(draft.build(), folder=folder, tags=tags)


def counted(index: ClauseIndex, facet: str) -> dict[str, int]:
    found = index.facets(CLAUSE, [facet])[facet]
    return {value.value: value.count for value in found}


def test_numbers_follow_one_another_for_each_facet_and_outlive_the_process(tmp_path: Path) -> None:
    values = Values(tmp_path)
    assert [values.number(*v) for v in (("party", "甲"), ("kind", "sale"), ("party", "乙"), ("party", "甲"))] == [
        1,
        1,
        2,
        1,
    ]
    values.save()
    others = Values(tmp_path)
    assert others.names("party", [2, 1, NOTHING, 9]) == {1: "甲", 2: "乙"}
    others.catch_up(mend=True)
    assert others.number("party", "丙") == 3


def test_what_others_add_is_seen(tmp_path: Path) -> None:
    reader, writer = Values(tmp_path), Values(tmp_path)
    for number, name in enumerate("甲乙丙", 1):
        writer.number("party", name)
        writer.save()
        assert reader.names("party", [number]) == {number: name}


def test_half_a_line_of_a_killed_writer_is_cut_off(tmp_path: Path) -> None:
    values = Values(tmp_path)
    values.number("party", "甲")
    values.save()
    with (tmp_path / "values").open("a") as file:
        file.write('["party", "half')
    assert Values(tmp_path).names("party", [2]) == {}
    values = Values(tmp_path)
    values.catch_up(mend=True)
    assert values.number("party", "乙") == 2
    values.save()
    assert Values(tmp_path).names("party", [1, 2]) == {1: "甲", 2: "乙"}


def test_values_of_a_write_that_failed_leave_no_gap(tmp_path: Path) -> None:
    engine = Tantivy(tmp_path)
    index = ClauseIndex(engine, words)
    index.add(records(COMPANY))
    unfit: Document = {
        "id": "x/main/1",
        "unit": "clause",
        "contract": "x",
        "party": ["其他公司"],
        "core": "{}",
        "date": "?",
    }
    with pytest.raises(SearchError):
        engine.replace(["x"], [unfit], [])
    index.add(records("青禾供水有限公司"))
    for reader in (index, ClauseIndex(Tantivy(tmp_path), words)):
        assert counted(reader, "party") == {COMPANY: 1, "青禾供水有限公司": 1}


def test_two_programs_write_in_turn(tmp_path: Path) -> None:
    one, two = (ClauseIndex(Tantivy(tmp_path), words) for _ in range(2))
    one.add(records(COMPANY))
    two.add(records("青禾供水有限公司"))
    one.add(records("澄塘信息有限公司"))
    for index in (one, two):
        assert counted(index, "party") == {COMPANY: 1, "青禾供水有限公司": 1, "澄塘信息有限公司": 1}
        assert counted(index, "type") == {"delivery": 3, "penalty": 3}
        assert counted(index, "contract").keys() == index.contracts().keys()


def test_blanks_in_names_of_folders_and_tags_are_characters_like_others(tmp_path: Path) -> None:
    index = ClauseIndex(Tantivy(tmp_path), words)
    index.add(records(COMPANY, "采购 部/2025", ("重点 客户", "重点")))
    index.add(records("青禾供水有限公司", "采购", ("客户",)))
    assert index.count(CLAUSE.model_copy(update={"folders": ("采购 部/2025",)})) == 1
    assert index.count(CLAUSE.model_copy(update={"folders": ("采购",)})) == 1
    assert counted(index, "folder") == {"采购 部/2025": 1, "采购": 1}
    assert counted(index, "tag") == {"重点 客户": 1, "重点": 1, "客户": 1}


@pytest.mark.parametrize("wanted", [1, 3, 8, 9, 12])
def test_few_and_many_values_of_a_filter_find_alike_and_score_alike(tmp_path: Path, wanted: int) -> None:
    engine = Tantivy(tmp_path)
    index = ClauseIndex(engine, words)
    folders = [f"{year}/采购" for year in range(2010, 2022)]
    index.add([record for folder in folders for record in records(f"{folder[:4]}公司", folder)])
    of_one = engine.find(Terms("folder", (folders[0],)), limit=50).total
    found = engine.find(Terms("folder", tuple(folders[:wanted])), limit=50)
    assert found.total == of_one * wanted
    assert {row.score for row in found.rows} == {1.0}
