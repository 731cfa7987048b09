"""What `qiyue show` says of facts, in the words of a contract."""

from typing import Any

import pytest

from nlp.parse import parse
from qiyue.service.overview import fact_lines, length_words, penalty_words
from schema.citation import Citations
from schema.penalty import Penalty
from schema.timing import Deadline
from tests.support.builders import document
from tests.support.samples import sample_text

PLACE: dict[str, Any] = {"clause": None, "span": {"start": 0, "end": 1}, "text": "原文", "evidence": {"rule": "r"}}


def event(text: str) -> dict[str, Any]:
    return {"text": text, "span": {"start": 0, "end": 1}}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"number": "15", "unit": "day", "workday": True, "relation": "within", "trigger": event("验收合格")},
         "验收合格后15个工作日内"),
        ({"number": "10", "unit": "day", "relation": "within", "trigger": event("签收之日")}, "签收之日起10日内"),
        ({"number": "3", "unit": "day", "relation": "within", "trigger": event("运行8小时后")}, "运行8小时后3日内"),
        ({"number": "3", "unit": "day", "relation": "before", "trigger": event("发货")}, "发货前3日"),
        ({"number": "5", "unit": "day", "workday": True, "relation": "before"}, "提前5个工作日"),
        ({"number": "6", "unit": "month", "relation": "every", "kind": "recurrence"}, "每6个月"),
        ({"number": "48", "unit": "hour", "relation": "within"}, "48小时内"),
        ({"number": "12", "unit": "month", "relation": "for", "kind": "duration"}, "12个月"),
        ({"number": None, "unit": "month", "day_of_month": 21, "kind": "recurrence"}, "每月21日"),
        ({"number": None, "unit": "day", "date": "2025-04-10"}, "2025-04-10"),
        ({"number": None, "unit": "day"}, "原文"),
    ],
)  # fmt: skip
def test_time_limits(fields: dict[str, Any], said: str) -> None:
    assert length_words(Deadline.model_validate(PLACE | {"id": "d1"} | fields)) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rate": "0.0005", "per": "day", "base": "合同总价", "cap": {"rate": "0.1", "base": "合同总价"},
          "exposure": {"value": "243", "per": "day", "formula": ""}, "trigger": "逾期交付"},
         "逾期交付: 每日合同总价 × 万分之5 = 243.00（不超过合同总价10%）"),
        ({"rate": "0.2", "base": "合同总价"}, "合同总价 × 20%"),
        ({"rate": "0.001", "per": "day", "base": "欠款"}, "每日欠款 × 0.1%"),
        ({"amount": "5000", "per": "event"}, "每次5,000.00"),
        ({"amount": "1", "per": "day", "cap": {"amount": "30"}}, "每日1.00（不超过30.00）"),
        ({"multiple": "2", "kind": "months_rent"}, "月租金 × 2"),
        ({"remedies": ["termination"]}, "原文"),
    ],
)  # fmt: skip
def test_penalties(fields: dict[str, Any], said: str) -> None:
    assert penalty_words(Penalty.model_validate(PLACE | {"id": "n1"} | fields)) == said


def test_every_value_of_the_sample_names_its_clause() -> None:
    lines = fact_lines(parse(document(sample_text("service"))))
    assert ("本合同总价", "486,000.00 CNY 人民币肆拾捌万陆仟元整", "第四条 （一）", "") in [
        (n.label, n.value, n.clause, "") for n in lines["Total"]
    ]
    assert len(lines["Total"]) == 1
    assert {"第十三条 （一）", "保密协议 五 2"} <= {line.clause for line in lines["Penalties"]}
    assert all(line.clause != "-" for kind in ("Payments", "Deadlines", "Penalties") for line in lines[kind])


def test_places_are_cited_without_the_title() -> None:
    citations = Citations(parse(document(sample_text("service"))))
    assert citations.place("main/9/2/1") == "第九条 （二） 1"
    assert citations.place("annex1/9") == "服务价格表 表格第9行"
    assert citations.place("annex2/signature") == "保密协议 签署页"
    assert citations.place("preamble") == "首部"
    assert citations.place("nowhere") == "nowhere"


def test_chance_widths_of_brackets_do_not_show() -> None:
    text = "服务合同\n第一条 服务\n(一）甲方付款。\n(二)乙方服务。\n第二条 其他\n(1) 无。"
    contract = parse(document(text))
    cited = {c.id: Citations(contract).of_clause(c) for c in contract.clauses}
    assert cited["main/1/1"] == "《服务合同》第一条 （一）"
    assert cited["main/1/2"] == "《服务合同》第一条 （二）"
    assert cited["main/2/1"].endswith("(1)")
