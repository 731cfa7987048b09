"""How a clause is cited."""

import pytest

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
