"""Times in the cells of tables of service levels: each is a limit of who does the work."""

import pytest

from nlp.parse import parse
from tests.support.builders import document

HEAD = "运维服务合同\n甲方（委托方）：青禾科技有限公司\n乙方（受托方）：远山软件有限公司\n第一条 服务级别\n"
TABLES = [
    "事件分级与时限如下：\n级别\t说明\t响应\t到场\t恢复\nP1\t核心业务中断\t15分钟\t2小时\t1个工作日",
    "故障处理时限：\n故障等级\t响应时间\t到达现场\t修复\n一级\t15分钟\t2小时\t1个工作日",
    "等级\t电话响应\t上门\t解决时限\n紧急\t15分钟内\t2小时内\t1个工作日内",
    "优先级\t首次答复\t定位\t解决\nS1\t15分钟\t2小时\t1个工作日",
    "服务指标见下表：\n级别\t应答\t处理\t恢复时间目标（RTO）\nA\t≤15分钟\t≤2小时\t≤1个工作日",
]


def times(text: str) -> list[tuple[str, str | None]]:
    contract = parse(document(HEAD + text + "\n第二条 其他\n本合同一式两份。"))
    roles = {p.id: p.role for p in contract.parties}
    return [
        (f"{d.number} {'workday' if d.workday else d.unit}", roles.get(d.who or "", d.who)) for d in contract.deadlines
    ]


@pytest.mark.parametrize("table", TABLES)
def test_a_service_level_binds_who_performs(table: str) -> None:
    assert times(table) == [("15 minute", "乙方"), ("2 hour", "乙方"), ("1 workday", "乙方")]


ROWS = [
    "指标\t承诺值\n月可用率\t99.9%\n电话响应\t15分钟\n上门\t2小时\n恢复\t1个工作日",
    "考核项目\t服务标准\t扣减\n应答时间\t15分钟\t每次100元\n到场时间\t2小时\t每次200元\n修复时间\t1个工作日\t每次300元",
]


@pytest.mark.parametrize("table", ROWS)
def test_a_row_may_say_what_is_measured(table: str) -> None:
    assert times(table) == [("15 minute", "乙方"), ("2 hour", "乙方"), ("1 workday", "乙方")]


@pytest.mark.parametrize("head", ["工时", "数量", "单次时长（计价）", "台班"])
def test_a_quantity_of_time_is_no_limit(head: str) -> None:
    assert times(f"项目\t{head}\t单价\n巡检\t2小时\t300") in ([], [("2 hour", None)])


def test_a_duty_of_the_other_side_in_a_cell_stays_his() -> None:
    assert times("事项\t时限\n审批\t甲方在3个工作日内批复") == [("3 workday", "甲方")]


def test_a_heading_of_both_sides_says_of_no_duty_whose_it_is() -> None:
    text = "第一条 双方的权利和义务\n乙方应派负责人常驻现场；接到疑问后应于24小时内书面答复，重大问题48小时内到场处理。"
    contract = parse(document(HEAD[: HEAD.index("第一条")] + text + "\n第二条 其他\n本合同一式两份。"))
    roles = {p.id: p.role for p in contract.parties}
    assert [roles.get(d.who or "", d.who) for d in contract.deadlines] == ["乙方", "乙方"]
