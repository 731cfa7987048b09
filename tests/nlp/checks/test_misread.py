"""Characters misread for others, held against what the contract writes elsewhere."""

import pytest

from nlp.parse import parse
from tests.support.builders import document


def suspects(text: str) -> list[tuple[str, str | None]]:
    contract = parse(document(text))
    return [
        (text[finding.spans[0].start : finding.spans[0].end], finding.suggestion)
        for finding in contract.findings
        if finding.code == "ocr_suspect"
    ]


@pytest.mark.parametrize("number", ["1000", " 1000", "不低于1000"])
def test_swapped_letters_before_a_number_whose_blank_is_lost(number: str) -> None:
    text = f"第一条 服务\n单盘IPOS{number}的，应当更换。\n第二条 验收\n单盘IOPS 1000以上，IOPS以实测为准。"
    assert suspects(text) == [("IPOS", "IOPS")]


def test_a_code_with_swapped_letters_is_no_word_misread() -> None:
    """Only a word that has numbers behind it elsewhere is the same word."""
    text = "第一条 货物\n型号为IPOS1000的终端两台。\n第二条 验收\n单盘IOPS以实测为准，IOPS不足的应当更换。"
    assert suspects(text) == []


def test_the_phrase_meant_begins_with_the_word_meant() -> None:
    text = "第一条 服务\n乙方负责运维，确保人云系统安全。\n第二条 验收\n乙方做好运维工作，确保入云系统稳定。"
    assert suspects(text) == [("人云系统", "入云系统")]
