"""Automatic numbers, as Word prints them."""

# ruff: noqa: E501 — mark-up reads better unbroken

import pytest

from ingest.read import read
from ingest.word.numerals import format_number
from tests.support.docx import level, listed, make_docx, p


@pytest.mark.parametrize(
    ("number_format", "value", "printed"),
    [
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 112, "一百一十二"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 12, "亥"),
        ("ideographDigital", 10, "一〇"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 15, "１５"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("ordinal", 12, "12th"),
        ("none", 3, ""),
        ("unknownFormat", 3, "3"),
    ],
)
def test_numerals(number_format: str, value: int, printed: str) -> None:
    assert format_number(value, number_format) == printed


def numbered(
    abstract: str, *items: tuple[int, int, str], nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> list[str]:
    body = "".join(p(text, properties=listed(number, place)) for number, place, text in items)
    numbering = f'<w:abstractNum w:abstractNumId="0">{abstract}</w:abstractNum>{nums}'
    return read(make_docx(body, parts={"numbering": numbering})).text.split("\n")


def test_articles_and_restarting_items() -> None:
    levels = level(0, "第%1条", "chineseCountingThousand") + level(1, "%2、") + level(2, "（%3）", "chineseCounting")
    lines = numbered(
        levels,
        (1, 0, "标的"),
        (1, 1, "货物。"),
        (1, 1, "数量。"),
        (1, 2, "甲。"),
        (1, 0, "价款"),
        (1, 1, "总价。"),
        (1, 2, "乙。"),
    )
    assert lines == [
        "第一条 标的",
        "1、 货物。",
        "2、 数量。",
        "（一） 甲。",
        "第二条 价款",
        "1、 总价。",
        "（一） 乙。",
    ]


def test_compound_numbers_and_legal_style() -> None:
    levels = level(0, "第%1条", "chineseCounting") + level(1, "%1.%2", extra="<w:isLgl/>")
    lines = numbered(levels, (1, 0, "总则"), (1, 0, "价款"), (1, 1, "含税。"), (1, 1, "分期。"))
    assert lines == ["第一条 总则", "第二条 价款", "2.1 含税。", "2.2 分期。"]


def test_no_restart() -> None:
    levels = level(0, "第%1章", "chineseCounting") + level(1, "第%2条", "chineseCounting", '<w:lvlRestart w:val="0"/>')
    lines = numbered(levels, (1, 0, "总则"), (1, 1, "甲。"), (1, 0, "分则"), (1, 1, "乙。"))
    assert lines == ["第一章 总则", "第一条 甲。", "第二章 分则", "第二条 乙。"]


def test_lists_of_one_family_count_on_and_an_override_starts_anew() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    lines = numbered(level(0, "%1."), (1, 0, "甲"), (1, 0, "乙"), (2, 0, "丙"), (3, 0, "丁"), (3, 0, "戊"), nums=nums)
    assert lines == ["1. 甲", "2. 乙", "3. 丙", "1. 丁", "2. 戊"]


def test_suffixes_and_bullets() -> None:
    levels = level(0, "（%1）", extra='<w:suff w:val="nothing"/>') + level(
        1, "\uf06c", "bullet", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    )
    assert numbered(levels, (1, 0, "甲"), (1, 1, "乙")) == ["（1）甲", "● 乙"]


def test_number_by_style_and_level_of_the_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="款"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "第%1条", "chineseCounting", "<w:pStyle w:val=" + chr(34) + "a" + chr(34) + "/>")}'
        f'{level(1, "%1.%2", extra="<w:isLgl/>")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = p("标的", properties='<w:pStyle w:val="a"/>') + p("货物。", properties='<w:pStyle w:val="b"/>')
    body += p("不编号。", properties='<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    document = read(make_docx(body, parts={"styles": styles, "numbering": numbering}))
    assert document.text == "第一条 标的\n1.1 货物。\n不编号。"
    assert [(item.number, item.list_level, item.style) for item in document.paragraphs] == [
        ("第一条", 0, "条"),
        ("1.1", 1, "款"),
        (None, None, "条"),
    ]


def test_empty_paragraph_counts_but_is_not_printed() -> None:
    assert numbered(level(0, "%1."), (1, 0, "甲"), (1, 0, ""), (1, 0, "丙")) == ["1. 甲", "3. 丙"]


def test_a_level_passed_over_counts() -> None:
    levels = level(0, "第%1条", "chineseCounting") + level(1, "%1.%2", extra="<w:isLgl/>")
    lines = numbered(levels, (1, 1, "甲。"), (1, 1, "乙。"), (1, 0, "丙"), (1, 1, "丁。"))
    assert lines == ["1.1 甲。", "1.2 乙。", "第二条 丙", "2.1 丁。"]
