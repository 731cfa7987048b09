"""Days of signing that contradict each other, and days on which another paper was signed."""

import pytest

from nlp.parse import parse
from tests.support.builders import document

TEXT = """服务期协议
甲方：青禾医院
乙方：王芳
签订日期：2024年2月20日
鉴于{told}，双方协议如下。
第一条 甲方为乙方提供培训。
第二条 乙方服务满五年。
甲方（盖章）：青禾医院
日期：2024年2月20日
乙方（签字）：王芳
日期：2024年2月20日
"""


def told(words: str) -> list[str]:
    found = parse(document(TEXT.format(told=words))).findings
    return [f.message for f in found if f.code == "values_conflict" and "签订日期" in f.message]


def test_another_day_of_signing_is_told() -> None:
    assert told("双方于2024年2月21日签订本协议")


@pytest.mark.parametrize(
    "words",
    [
        "双方于2021年7月1日签订劳动合同，合同期限至2026年6月30日",
        "双方于2021年7月1日签订了《劳动合同》",
        "双方于2021年7月1日签署的聘用协议仍然有效",
    ],
)
def test_the_day_of_another_contract_is_none(words: str) -> None:
    assert told(words) == []
