"""Definitions: terms, what they mean, and what only looks like one."""

import pytest

from nlp.parse import parse
from tests.support.builders import document

CASES = [
    ("甲方向乙方采购下列设备（以下简称“货物”）：", [("货物", "甲方向乙方采购下列设备")]),
    ("双方签订了《水泵采购合同》（以下简称主合同）。", [("主合同", "《水泵采购合同》")]),
    ("“工作日”是指除法定节假日以外的日期。", [("工作日", "除法定节假日以外的日期")]),
    ("“软件”指仓储管理系统。", [("软件", "仓储管理系统")]),
    ("“成果”系指乙方完成的文档；“项目”系指整体工作。", [("成果", "乙方完成的文档"), ("项目", "整体工作")]),
    ("本合同所称损失包括但不限于直接损失。", [("损失", "直接损失")]),
    ("本合同中不可抗力指地震、台风。", [("不可抗力", "地震、台风")]),
    ("本协议所称保密信息，是指乙方知悉的资料。", [("保密信息", "乙方知悉的资料")]),
    ("不可抗力是指不能预见的情况。", [("不可抗力", "不能预见的情况")]),
    ("提款日：是指贷款划入账户之日。", [("提款日", "贷款划入账户之日")]),
    ("云汀客户管理系统（下称“系统”）由乙方开发。", [("系统", "云汀客户管理系统")]),
    ("乙方提供咨询（“服务”）。", [("服务", "乙方提供咨询")]),
    ("“秘密”具有第二条所赋予的含义。", [("秘密", "第二条所赋予的含义")]),
    ("“委托人”是指委托监理的一方。", [("委托人", "委托监理的一方")]),
    ("按第二条（“其他”）处理，见附件二（“价格表”）。", []),
    ("甲方指定专人负责。", []),
    ("乙方应按甲方指示施工。", []),
    ("青禾公司（以下简称“甲方”）", []),
    ("甲方、乙方（以下合称“双方”）", []),
    ("称重后按实际重量结算。", []),
]


@pytest.mark.parametrize(("words", "found"), CASES, ids=[case[0] for case in CASES])
def test_a_definition(words: str, found: list[tuple[str, str]]) -> None:
    contract = parse(document(f"维护合同\n第一条 说明\n{words}\n第二条 其他\n无。"))
    assert [(d.term, d.meaning_span.of(contract.text)) for d in contract.definitions] == found


def test_a_contract_named_in_an_annex_is_the_main_one() -> None:
    text = """维护合同
第一条 服务
巡检。
附件1 保密协议
甲乙双方签署了《维护合同》（以下简称主合同），订立本协议：
一、范围
资料。"""
    contract = parse(document(text))
    assert [(d.term, d.refers, d.clause) for d in contract.definitions] == [("主合同", "main", "annex1")]
