"""The grammar of numbers, one line a case."""

import pytest

from nlp.clauses.numbering import head_markers
from nlp.normalize import fold

NUMBERS = [
    ("第十二条 违约责任", "article", 12),
    ("第 十 二 条：违约责任", "article", 12),
    ("第１２条 违约", "article", 12),
    ("【第三条】 定义", "article", 3),
    ("第十—条 附则", "article", 11),
    ("第一条项目概况", "article", 1),
    ("第三章 价款", "chapter", 3),
    ("第二部分 通用条款", "part", 2),
    ("一、保密范围", "chinese", 1),
    ("十二. 附则", "chinese", 12),
    ("—、总则", "chinese", 1),
    ("（一）甲方", "chinese_bracket", 1),
    ("十二）乙方", "chinese_bracket", 12),
    ("壹、总则", "capital", 1),
    ("1、计算服务", "arabic", 1),
    ("２．技术服务的内容", "arabic", 2),
    ("- 14、乙方", "arabic", 14),
    ("● 3. 甲方", "arabic", 3),
    ("l、总则", "arabic", 1),
    ("4      方违反本合同", "arabic", 4),
    ("1) 甲方", "arabic_bracket", 1),
    ("（2）项目验收", "arabic_bracket", 2),
    ("⑵ 甲方", "arabic_bracket", 2),
    ("1.1 日常维护", "decimal2", 1),
    ("5.1.2 发包人", "decimal3", 2),
    ("2-1 范围", "decimal2", 1),
    ("① 甲方", "circled", 1),
    ("a. 本合同书", "lower", 1),
    ("B、投标文件", "upper", 2),
    ("Ⅱ、乙方", "roman_upper", 2),
    ("Article 5 Definitions", "english_article", 5),
]


@pytest.mark.parametrize(("line", "family", "value"), NUMBERS, ids=[n[0] for n in NUMBERS])
def test_a_number_is_read(line: str, family: str, value: int) -> None:
    marker = head_markers(fold(line))[0]
    readings = [marker, marker.other] if marker.other else [marker]
    assert (family, value) in [(m.family, m.value) for m in readings]
    assert marker.weight >= 1


DOUBTFUL = [
    "第八条约定的违约金",
    "第五条第二款所述情形",
    "第三、四条",
    "三、五条的约定",
    "一、二审法院",
    "3.5万元",
    "1 号楼",
    "（1）项所列",
    "2 名工程师",
]


@pytest.mark.parametrize("line", DOUBTFUL)
def test_what_is_rarely_a_number_weighs_little(line: str) -> None:
    assert all(marker.weight < 1 for marker in head_markers(fold(line)))


@pytest.mark.parametrize(
    "line", ["2024年1月1日", "甲、乙双方", "一式两份", "1,000元", "M1（2025/12/05）", "7*24 小时", "1.05 倍"]
)
def test_what_is_no_number(line: str) -> None:
    assert head_markers(fold(line)) == []


def test_two_numbers_open_two_levels() -> None:
    assert [m.family for m in head_markers("第一条 1.1 甲方应付款")] == ["article", "decimal2"]


def test_a_line_that_goes_on_with_a_reference_weighs_little() -> None:
    assert head_markers("第八条 服务要求的", previous="乙方违反本合同")[0].weight < 1


def test_a_heading_above_leads_nothing_in() -> None:
    assert head_markers("6.1 租金按季度支付", previous="第六条 租金支付")[0].weight > 2
