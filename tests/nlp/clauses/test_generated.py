"""Properties of the tree: it comes back from generated contracts, spans nest and tile, time is linear."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.clauses.segment import build_structure
from nlp.clauses.structure import Structure
from nlp.normalize import fold
from schema.document import Document
from tests.support.builders import document
from tests.support.generated import TRAPS, generate
from tests.support.trees import NAMES, marked_tree

COUNT = 120


def structure_of(made: Document) -> Structure:
    return build_structure(made, fold(made.text))


@pytest.mark.slow
def test_generated_trees_come_back() -> None:
    """Random styles, depths, restarts, gaps, doubles, misread numbers and lines that only look numbered."""
    missed = []
    for seed in range(COUNT):
        made = generate(random.Random(seed))
        found = [(clause.id, clause.span.start) for clause in structure_of(made.document()).clauses]
        if found != made.clauses:
            missed.append(seed)
    assert len(missed) <= COUNT // 100, missed


def check(made: Document) -> None:
    """Spans lie in the text, nest, do not overlap beside each other, and tile their part."""
    structure = structure_of(made)
    by_id = {clause.id: clause for clause in structure.clauses}
    assert len(by_id) == len(structure.clauses)
    taken: dict[str | None, int] = {}
    for clause in structure.clauses:
        assert clause.span.end <= len(made.text)
        assert clause.number is None or made.text[clause.span.start :].startswith(clause.number)
        if clause.parent is not None:
            assert by_id[clause.parent].span.contains(clause.span)
        assert taken.get(clause.parent, 0) <= clause.span.start
        taken[clause.parent] = clause.span.end
        for own in clause.own_spans:
            assert clause.span.contains(own)
    _tiles(structure, made.text)


def _tiles(structure: Structure, text: str) -> None:
    end = 0
    for start, stop, name in structure.tiles:
        assert end <= start < stop
        end = stop
        assert name in structure.part_by_id or name in structure.clause_by_id or "/" in name
    owned = {offset for unit in structure.units for span in unit.spans for offset in range(span.start, span.end)}
    for part in structure.parts:
        for offset in range(part.span.start, part.span.end):
            place = structure.locate(offset)
            assert place is not None
            clause = structure.clause_by_id.get(place)
            head = clause is not None and offset < max(clause.span.start, *(s.end for s in clause.own_spans), 0)
            assert offset in owned or head or clause is not None or text[offset].isspace()


@pytest.mark.parametrize("name", NAMES)
def test_spans_nest_and_tile(name: str) -> None:
    check(marked_tree(name).document)


def test_spans_of_generated_contracts_nest_and_tile() -> None:
    for seed in range(1000, 1008):
        check(generate(random.Random(seed)).document())


PIECES = [
    "第一条 总则",
    "第二条",
    "第二条约定的",
    "一、范围",
    "二、",
    "（一）",
    "(2)甲方",
    "1、",
    "1.1 服务",
    "3.5万元",
    "①",
    "a. 甲",
    "第一章 总则",
]
PIECES += [
    "附件1 清单",
    "附件：",
    "保密协议",
    "甲方（盖章）：",
    "乙方：",
    "（以下无正文）",
    "目录",
    "序号\t名称",
    "1\t水泵",
    "填写说明",
    "鉴于：",
]
PIECES += [
    "买卖合同",
    "违约责任",
    "乙方应当支付违约金。",
    "双方约定如下：",
    "2025年1月1日",
    "第二部分 通用条款",
    "达成协议如下：",
    *TRAPS,
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_order_of_lines_gives_a_sound_tree(lines: list[str]) -> None:
    check(document("\n".join(lines)))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="第一二三条章（）()1234.、，。：: \t\n甲方附件-·①a", max_size=120))
def test_any_text_gives_a_sound_tree(text: str) -> None:
    check(document("\n".join(line for line in text.split("\n") if line.strip())))


def cpu(text: str, times: int) -> float:
    """The least of several processor times for one structure, in seconds."""
    made, folded = document(text), fold(text)
    found = []
    for _ in range(times):
        begun = time.process_time()
        build_structure(made, folded)
        found.append(time.process_time() - begun)
    return min(found)


@pytest.mark.slow
def test_time_is_linear() -> None:
    """A hundred times the text takes at most a hundred and ten times the time."""
    text = "\n".join(generate(random.Random(7)).lines)
    long = "\n".join([text] * 100)
    assert any(cpu(long, 1) <= 110 * cpu(text, 5) for _ in range(3))  # a neighbour on the processor slows one of them
