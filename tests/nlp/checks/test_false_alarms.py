"""What looks odd and is not: forms filled in between strokes, averages, limits, rewards of agents, guarantees."""

import pytest

from nlp.parse import parse
from tests.support.builders import document

FRAME = """{title}
甲方：青禾市文化馆
乙方：远山服务有限公司
{body}
第九条 本合同一式两份，双方各执一份。
"""


def codes(title: str, body: str) -> list[tuple[str, str]]:
    findings = parse(document(FRAME.format(title=title, body=body))).findings
    return [(f.code, f.message) for f in findings if f.severity != "info"]


FILLED = """第一条 资金来源：__财政资金，已落实__。工作内容：__路基、管网、照明及绿化__；数量：__8套__。
第二条 工期为__90__天，自__2025__年__3__月__1__日起。收款账户：户名__远山服务有限公司__；开户行__青禾银行__。
第三条 逾期的违约金：__每逾期一日，按合同价的0.2‰支付__，上限为__合同价的3%__。
第四条 项目经理：__赵一鸣__，注册编号：__青1352017__。"""


def test_words_between_two_strokes_are_filled_in() -> None:
    assert [c for c in codes("道路工程施工合同", FILLED) if c[0] == "blank_field"] == []


def test_longer_lines_beside_them_are_blank() -> None:
    contract = parse(document(FRAME.format(title="施工合同", body=FILLED + "\n第五条 保修期为________。")))
    assert [b.field for b in contract.blanks if b.state == "empty"] == ["保修期"]


ONE_PRICE = [
    "第一条 合同总金额为人民币600,000元，服务期一年，按月平均计50,000元。",
    "第一条 合同总价为600,000元，月均50,000元，据实结算。",
    "第一条 合同总价为600,000元，折合每月50,000元。",
    "第一条 展陈工程总造价控制在9,600,000元以内。\n第二条 设计费总价为600,000元。",
    "第一条 项目工程造价限额为960万元。\n第二条 服务费总价为600,000元。",
]


@pytest.mark.parametrize("body", ONE_PRICE)
def test_an_average_and_a_limit_are_no_second_price(body: str) -> None:
    assert [c for c in codes("服务合同", body) if c[0] == "values_conflict"] == []


@pytest.mark.parametrize("reward", ["居间报酬为一个月租金即8,600元", "中介费总额为8,600元", "佣金合计8,600元"])
def test_the_reward_of_an_agent_is_not_the_price_of_a_lease(reward: str) -> None:
    body = f"第一条 月租金8,600元。\n第二条 {reward}，双方各半。\n第三条 乙方违约的，支付违约金4,300元。"
    assert [c for c in codes("房屋租赁合同", body) if c[0] == "penalty_over_threshold"] == []


GUARANTEES = [
    "2、预付款保函由乙方开户银行出具，金额300,000元，有效期至到货后30日。",
    "2、乙方提交的预付款保函金额为300,000元，有效期至到货后30日。",
    "2、履约保函的金额为300,000元，由乙方于签约时提交。",
]


@pytest.mark.parametrize("guarantee", GUARANTEES)
def test_what_a_bank_answers_for_is_no_instalment(guarantee: str) -> None:
    body = (
        "第一条 合同总价为1,000,000元。\n第二条 付款\n"
        "1、签约后7日内支付30%，即300,000元作为预付款；验收合格后支付70%，即700,000元。\n" + guarantee
    )
    assert [c for c in codes("设备采购合同", body) if c[0] == "sum_differs"] == []


GRADES = [
    "乙方未按时恢复的，一级故障每超过1小时支付违约金2,000元，二级故障每超过一日支付违约金1,000元。",
    "乙方未按时修复的，P1级故障每次支付违约金3,000元，P2级故障每延误一日支付违约金500元。",
    "乙方未及时处理的，重大故障每次支付违约金3,000元，一般故障每延误一日支付违约金500元。",
]


@pytest.mark.parametrize("graded", GRADES)
def test_two_grades_are_two_breaches(graded: str) -> None:
    body = f"第一条 合同总价为1,000,000元。\n第二条 {graded}"
    assert [c for c in codes("运维服务合同", body) if c[0] == "overlapping_penalties"] == []


def test_a_side_that_signs_later_is_only_told() -> None:
    body = "第一条 合同总价为1,000,000元。\n第二条 服务期一年。"
    signed = "\n甲方（盖章）：青禾市文化馆\n日期：2025年9月6日\n乙方（盖章）：远山服务有限公司\n日期：2025年9月8日"
    text = FRAME.format(title="服务合同\n签订日期：2025年9月6日", body=body) + signed
    found = [(f.severity, f.code) for f in parse(document(text)).findings if f.code == "values_conflict"]
    assert found == [("info", "values_conflict")]


@pytest.mark.parametrize("note", ["（附：竞业限制协议、培训服务协议）", "（附件：保密协议）"])
def test_a_note_below_the_title_begins_no_annex(note: str) -> None:
    body = "第一条 工作内容\n装配。\n第二条 报酬\n按月支付。"
    contract = parse(document(FRAME.format(title=f"服务合同\n{note}", body=body)))
    assert [c.id for c in contract.clauses][:2] == ["main/1", "main/2"]


STEPS = [
    "驻场人员缺岗的，每人每天支付违约金1,500元；连续缺岗超过3日的，自第4日起加倍计算。",
    "乙方迟延交付的，每日支付违约金500元；迟延交付超过10日的，从第11日起每日支付违约金1,000元。",
]


@pytest.mark.parametrize("steps", STEPS)
def test_what_follows_from_a_later_day_is_one_scale(steps: str) -> None:
    findings = parse(document(FRAME.format(title="运维服务合同", body=f"第一条 总价10万元。\n第二条 {steps}"))).findings
    assert [f.message for f in findings if f.code == "overlapping_penalties"] == []


@pytest.mark.parametrize("title", ["设备买卖及安装合同", "电梯采购与安装合同", "空调供货安装合同"])
def test_a_sale_with_installation_needs_no_time_of_building(title: str) -> None:
    body = "第一条 标的\n冲床一台。\n第二条 合同总价为500,000元。\n第三条 质量\n符合标准。\n第四条 交货期为30日。"
    assert [c for c in codes(title, body) if c[0] == "missing_field" and "工期" in c[1]] == []


PARTS = """第一部分 合同协议书
第一条 工程概况
北岸桥梁。
第二部分 {general}
第一条 一般约定
按国家规定执行。
第三部分 专用合同条款
第一条 一般约定
违约的，按第21条执行。
"""


@pytest.mark.parametrize(
    ("general", "severity"), [("补充说明", "info"), ("通用合同条款", "warning")], ids=["not enclosed", "enclosed"]
)
def test_special_terms_may_point_at_terms_that_are_not_enclosed(general: str, severity: str) -> None:
    text = FRAME.format(title="施工合同", body=PARTS.format(general=general)).replace("第九条 本", "本")
    found = [f.severity for f in parse(document(text)).findings if f.code == "dangling_reference"]
    assert found == [severity]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("服务期三年，合同一年一签，本合同期限自2025年4月1日至2026年3月31日。", False),
        ("服务期三年，首期合同期限为2025年4月1日至2026年3月31日。", False),
        ("租赁期为三年零两个月，自2024年8月1日起至2027年9月30日止。", False),
        ("服务期自2023年9月10日开始，到2024年6月30日结束，共计约九个月。", False),
        ("服务期三年，自2025年4月1日至2026年3月31日。", True),
    ],
)
def test_a_length_is_held_against_its_own_days(words: str, told: bool) -> None:
    assert any(code == "values_conflict" for code, _ in codes("保洁服务合同", f"第二条 期限\n{words}")) is told


def test_two_prices_of_a_floor_have_a_part_of_it_each() -> None:
    body = "第一条 建筑面积合计5,000平方米。\n第二条 厂房每平方米16元、办公用房每平方米22元，月租金合计85,773.20元。"
    assert [c for c in codes("厂房租赁合同", body) if c[0] == "sum_differs"] == []
