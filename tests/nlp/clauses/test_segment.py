"""Whole small documents: parts, ids, headings, spans."""

import pytest

from tests.support.outline import ids, outline, structure_of

SERVICE = """设备维护合同
合同编号：____
甲方：青禾公司
乙方：蓝岸公司
双方经协商，订立本合同。
第一条 服务内容
1、日常巡检
乙方每月巡检一次。
2、故障处理
（1）接到通知后到场；
（2）当日修复。
第二条 违约责任
乙方违反本合同第一条约定的，应当支付违约金。
第三条 其他
本合同一式两份。
附件1 设备清单
附件2 保密协议
（以下无正文）
甲方（盖章）：
乙方（盖章）：
附件1 设备清单
序号\t名称\t数量
1\t水泵\t2
2\t风机\t3
合计\t\t5
保密协议
甲方：青禾公司
乙方：蓝岸公司
为保守秘密，订立本协议：
一、保密范围
1. 技术资料。
2. 客户名单。
二、违约责任
违反本协议的，赔偿损失。
甲方（盖章）：
乙方（盖章）："""


def test_a_contract_with_two_annexes() -> None:
    structure = structure_of(SERVICE)
    assert structure.title == "设备维护合同"
    assert [part.id for part in structure.parts] == [
        "preamble",
        "main",
        "attachments",
        "signature",
        "annex1",
        "annex2",
        "annex2/preamble",
        "annex2/signature",
    ]
    assert outline(structure) == [
        "main/1 服务内容",
        "main/1/1 日常巡检",
        "main/1/2 故障处理",
        "main/1/2/1",
        "main/1/2/2",
        "main/2 违约责任",
        "main/3 其他",
        "annex2/1 保密范围",
        "annex2/1/1",
        "annex2/1/2",
        "annex2/2 违约责任",
    ]
    assert [row.id for table in structure.tables for row in table.rows] == ["annex1/1", "annex1/2", "annex1/total"]
    assert structure.findings == ()


@pytest.mark.parametrize("offset_of", ["水泵", "1\t水泵"])
def test_a_row_is_the_place_of_its_cells(offset_of: str) -> None:
    assert structure_of(SERVICE).locate(SERVICE.index(offset_of)) == "annex1/1"


def test_a_heading_belongs_to_its_clause() -> None:
    assert structure_of(SERVICE).locate(SERVICE.index("违约责任")) == "main/2"


def test_articles_counted_through_chapters_are_the_top_level() -> None:
    text = "第一章 总则\n第一条 目的\n为规范管理。\n第二条 范围\n本市。\n第二章 价款\n第三条 金额\n一百元。"
    clauses = structure_of(text).clauses
    assert [(c.id, c.level) for c in clauses] == [
        ("main/ch1", 0),
        ("main/1", 1),
        ("main/2", 1),
        ("main/ch2", 0),
        ("main/3", 1),
    ]


def test_articles_that_begin_anew_hang_under_their_chapter() -> None:
    text = "第一章 总则\n第一条 目的\n为规范管理。\n第二条 范围\n本市。\n第二章 价款\n第一条 金额\n一百元。"
    assert ids(text) == ["main/1", "main/1/1", "main/1/2", "main/2", "main/2/1"]


def test_an_empty_document_has_no_structure() -> None:
    assert structure_of("").parts == ()


def test_a_bill_of_quantities_in_two_columns_stays_a_table() -> None:
    rows = "项目\t金额\n一、土建工程\t120000\n二、安装工程\t80000\n三、绿化工程\t6000"
    text = f"工程合同\n第一条 价款\n{rows}\n第二条 其他\n无。"
    assert ids(text) == ["main/1", "main/2"]


def test_page_numbers_alone_on_their_lines_are_no_clauses() -> None:
    first, second = "第一条 价款\n一百元。\n2", "第二条 付款\n乙方开票后十日内支付。\n3\n逾期付款的，按日支付违约金。"
    text = f"合同\n{first}\n{second}\n第三条 其他\n无。"
    assert ids(text) == ["main/1", "main/2", "main/3"]


def test_what_comes_with_a_contract_may_stand_in_brackets_below_its_title() -> None:
    head = "劳动合同\n（附：保密协议、培训协议）\n甲方：青禾公司\n乙方：王芳\n"
    end = "甲方（盖章）：\n乙方（签字）：\n附件一 保密协议\n1. 乙方应当保密。"
    structure = structure_of(f"{head}第一条 期限\n期限三年。\n第二条 其他\n无。\n{end}")
    assert [part.id for part in structure.parts] == ["preamble", "main", "signature", "annex1"]


def test_a_short_name_of_the_head_labels_the_signatures() -> None:
    head = "订阅协议\n订阅方：青禾餐饮管理有限公司（下称“客户”）\n服务方：远山软件有限公司（下称“远山”）\n"
    end = "客户：青禾餐饮管理有限公司\n签署人：李明\n签署日期：2025年5月1日\n远山：远山软件有限公司\n签署人：王芳"
    structure = structure_of(f"{head}1 订阅\n1.1 远山向客户提供服务。\n2 其他\n2.1 无。\n{end}")
    assert [part.id for part in structure.parts] == ["preamble", "main", "signature"]


@pytest.mark.parametrize("closing", ["（以下为签署栏）", "（以下为双方签章）", "签署页", "（本页无正文）"])
def test_annexes_named_above_the_signatures_are_a_list(closing: str) -> None:
    words = (
        SERVICE.split("附件1 设备清单")[0]
        + f"附件1：《设备清单》\n附件2：《保密承诺》\n{closing}\n甲方：青禾公司（盖章）\n乙方：蓝岸公司（盖章）"
    )
    assert [part.id for part in structure_of(words).parts] == ["preamble", "main", "attachments", "signature"]
