"""A share of a price from which something is taken off is no share of the plain total."""

import pytest

from nlp.parse import parse
from tests.support.builders import document

CONTRACT = """道路养护合同
甲方：青禾市政管理处
乙方：远山路桥有限公司
第一条 合同价款
合同总价为人民币1,000,000元，其中暂列金额100,000元。
第二条 付款
1、{first}
2、验收合格后30日内支付至合同总价的100%。
第三条 其他
本合同一式两份，双方各执一份。
"""

REDUCED = [
    "预付款：合同总价（扣除暂列金额）的10%，计90,000元，开工前7天支付。",
    "预付款为签约合同价（不含暂列金额）的10%，即90,000元，合同签订后7日内支付。",
    "合同签订后7日内，甲方支付扣除暂列金额后合同总价的10%，即90,000元。",
    "合同签订后7日内，甲方支付合同总价扣减暂列金额后的10%，即人民币90,000元。",
    "合同签订后7日内，甲方支付合同总价减去暂列金额后余额的10%作为预付款，即90,000元。",
    "合同签订后7日内，甲方支付除暂列金额外合同总价的10%，即90,000元。",
    "合同签订后7日内，甲方支付除暂列金额以外的合同总价的10%，计90,000元。",
    "预付款比例：合同总价（不包括暂列金额及专业工程暂估价）的10%，金额90,000元，开工前支付。",
    "预付款：合同总价剔除暂列金额后的10%，计90,000元，开工前7天支付。",
    "合同签订后7日内支付合同总价的10%（扣除暂列金额），即90,000元。",
    "合同签订后7日内支付合同总价的10%，扣除已付定金10,000元后实付90,000元。",
    "预付款：合同总价（暂列金额除外）的10%，计90,000元，开工前7天支付。",
    "预付款：合同总价（暂列金额不计入）的10%，计90,000元，开工前7天支付。",
    "预付款：合同总价与暂列金额之差的10%，计90,000元，开工前7天支付。",
    "履约保证金为合同总价（扣除暂列金额）的10%，即90,000元，合同签订后7日内提交。",
]


def differing(first: str) -> list[tuple[str, str]]:
    findings = parse(document(CONTRACT.format(first=first))).findings
    return [(f.severity, f.message) for f in findings if f.code == "sum_differs"]


@pytest.mark.parametrize("first", REDUCED)
def test_a_reduced_base_is_not_computed_from_the_total(first: str) -> None:
    assert differing(first) == []


@pytest.mark.parametrize(
    "first",
    [
        "预付款：合同总价的10%，计90,000元，开工前7天支付。",
        "预付款：合同总价（含暂列金额）的10%，计90,000元，开工前7天支付。",
        "除双方另有约定外，甲方于合同签订后7日内支付合同总价的10%，即90,000元。",
        "履约保证金为合同总价的10%，即90,000元，合同签订后7日内提交。",
    ],
)
def test_the_plain_total_is(first: str) -> None:
    assert [severity for severity, _ in differing(first)] == ["error"]
