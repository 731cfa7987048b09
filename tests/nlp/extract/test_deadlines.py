"""Lengths of time in sentences: what sort, how long, who owes (tests/specs/deadlines.toml)."""

import pytest

from nlp.parse import parse
from schema.timing import Deadline
from tests.support.builders import document
from tests.support.specs import rows

CONTRACT = "技术服务合同\n甲方（委托方）：青禾科技有限公司\n乙方（受托方）：远山软件有限公司\n第一条 约定\n"


@pytest.mark.parametrize(("text", "expect"), [pytest.param(*row, id=row[0]) for row in rows("deadlines")])
def test_deadlines(text: str, expect: list[str]) -> None:
    record = parse(document(CONTRACT + text))
    words = {p.id: p.role for p in record.parties} | {"both": "both", None: "-"}
    wanted = [*expect, *[""] * len(record.deadlines)]
    assert [described(d, words, e) for d, e in zip(record.deadlines, wanted, strict=False)] == expect


def described(deadline: Deadline, words: dict[str | None, str], wanted: str) -> str:
    """A deadline in words: as many of kind, number, unit and who as are wanted, and the details that are."""
    number = "-" if deadline.number is None else format(deadline.number.normalize(), "f")
    unit = "workday" if deadline.workday else deadline.unit
    parts = [deadline.kind, number, unit, words[deadline.who]]
    plain = [word for word in wanted.split() if "=" not in word.replace("op=", "", 1)]
    parts = parts[: len(plain)] if plain else parts
    details = {"op": deadline.op, "relation": deadline.relation, "day": deadline.day_of_month}
    named = [word.partition("=")[0] for word in wanted.split() if "=" in word]
    return " ".join([*parts, *(f"{key}={details[key]}" for key in named)])


HEADINGS = [
    "第二条 甲方的责任\n（1）乙方人员突发疾病的，10分钟内应急处置并报告。",
    "第二条 甲方的义务\n（1）乙方遇有困难的，应在10分钟内派人协助。",
]


@pytest.mark.parametrize("words", HEADINGS)
def test_a_case_in_a_list_of_duties_names_no_other_debtor(words: str) -> None:
    record = parse(document(CONTRACT + "双方应依约履行。\n" + words + "\n（2）其他。\n第三条 其他\n本合同一式两份。"))
    roles = {p.id: p.role for p in record.parties}
    assert [roles.get(d.who or "", d.who) for d in record.deadlines] == ["甲方"]


ASKED = ["事假须提前1日申请。", "因工作需要外发资料，须提前1日提交审批。", "发现泄密后须在1日内报告。"]


@pytest.mark.parametrize("words", ASKED)
def test_who_is_employed_applies_and_reports(words: str) -> None:
    head = "劳动合同\n甲方（用人单位）：青禾科技有限公司\n乙方（劳动者）：王芳\n第一条 劳动纪律\n"
    record = parse(document(head + words + "\n第二条 其他\n本合同一式两份。"))
    roles = {p.id: p.role for p in record.parties}
    assert [roles.get(d.who or "", d.who) for d in record.deadlines] == ["乙方"]


CALLED = [
    "用人单位（以下称公司）：青禾餐饮有限公司\n劳动者（以下称员工）：王芳\n",
    "用人单位（以下简称“公司”）：青禾餐饮有限公司\n劳动者（以下简称“员工”）：王芳\n",
    "用人单位（下称公司）：青禾餐饮有限公司\n劳动者（下称员工）：王芳\n",
]


@pytest.mark.parametrize("head", CALLED)
def test_who_is_called_by_a_word_in_the_bracket_of_a_label_owes(head: str) -> None:
    text = "第一条 通知\n公司调动员工的，应提前2天通知。员工应在3天内答复。\n第二条 其他\n本合同一式两份。"
    record = parse(document("劳动合同\n" + head + text))
    roles = {p.id: p.role for p in record.parties}
    assert [roles.get(d.who or "") for d in record.deadlines] == ["用人单位", "劳动者"]
