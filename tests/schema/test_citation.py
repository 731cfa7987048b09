"""How a clause is cited."""

import pytest

from schema.citation import Citations
from search.record import build_records
from tests.support.drafts import ContractDraft

DRAFT = (
    ContractDraft("办公用房租赁合同")
    .prose("preamble", "甲方：信达科技有限公司")
    .clause("main/ch4", "第四章", "违约责任")
    .clause("main/ch4/12", "第十二条", "乙方的违约责任")
    .clause("main/ch4/12/3", "3、", None, "逾期的，支付违约金。")
    .clause("main/ch4/12/3/1", "（1）", None, "每日万分之五；")
    .clause("annex2/3", "三、", "保密期限", "三年。")
    .clause("annex2/4", None, "其他", "另行协商。")
    .row("annex1/9", "9", "办公桌")
    .row("annex1/total", "合计", "1")
)
CITED = {
    "preamble": "《办公用房租赁合同》首部",
    "main/ch4": "《办公用房租赁合同》第四章",
    "main/ch4/12": "《办公用房租赁合同》第十二条",
    "main/ch4/12/3": "《办公用房租赁合同》第十二条 3",
    "main/ch4/12/3/1": "《办公用房租赁合同》第十二条 3 （1）",
    "annex2/3": "《办公用房租赁合同》附件 三",
    "annex2/4": "《办公用房租赁合同》附件 “其他”",
    "annex1/9": "《办公用房租赁合同》附件 表格第9行",
    "annex1/total": "《办公用房租赁合同》附件 合计行",
}


@pytest.mark.parametrize("clause", CITED)
def test_a_clause_is_cited_as_a_lawyer_would(clause: str) -> None:
    citations = {record.clause: record.citation for record in build_records(DRAFT.build())}
    assert citations[clause] == CITED[clause]


FORMAL = (
    ContractDraft("水泵采购合同")
    .clause("main/12", "第十二条", "违约责任")
    .clause("main/12/3", "3、", None, "逾期的，支付违约金。")
    .clause("main/12/3/2", "（2）", None, "每日万分之五；")
    .clause("main/12/3/2/1", "①", None, "首月；")
    .clause("main/13", "第十三条", "解除")
    .clause("main/13/1", "（三）", None, "逾期超过30日；")
    .clause("main/13/1/1", "1.", None, "经催告；")
    .clause("main/14", "第 14 条", "通知")
    .clause("main/14/1", "14.1", None, "书面通知。")
    .clause("main/14/1/2", "14.1.2", None, "送达。")
    .clause("main/14/2", "第二款", None, "电子送达。")
    .clause("main/14/2/1", "1.", None, "邮箱。")
    .clause("annex2/3", "三、", "保密期限", "三年。")
    .clause("annex2/3/1", "1", None, "自签订起算。")
    .clause("annex2/4", None, "其他", "另行协商。")
    .row("annex1/9", "9", "办公桌")
    .row("annex1/total", "合计", "1")
)


@pytest.mark.parametrize(
    ("clause", "cited"),
    [
        ("main/12", "第十二条"),
        ("main/12/3", "第十二条第3款"),
        ("main/12/3/2", "第十二条第3款第（2）项"),
        ("main/12/3/2/1", "第十二条第3款第（2）项第①目"),
        # numbered in brackets right below the 条: 项, and what is below it 目
        ("main/13/1", "第十三条第（三）项"),
        ("main/13/1/1", "第十三条第（三）项第1目"),
        ("main/14", "第14条"),
        ("main/14/1", "第14条第14.1款"),
        # a decimal number holds those above it
        ("main/14/1/2", "第14条第14.1.2项"),
        # printed with its word
        ("main/14/2", "第14条第二款"),
        ("main/14/2/1", "第14条第二款第1项"),
        # no 条 in the annex: the highest numbers are its 条
        ("annex2/3", "附件第三条"),
        ("annex2/3/1", "附件第三条第1款"),
        ("annex2/4", "附件“其他”"),
        ("annex1/9", "附件表格第9行"),
        ("annex1/total", "附件合计行"),
        ("nowhere", "nowhere"),
    ],
)
def test_a_copied_citation_names_every_rank(clause: str, cited: str) -> None:
    assert Citations(FORMAL.build()).formal(clause) == cited
