"""Rules under words: a blank that was filled, or the strokes of the words themselves."""

import pytest

from ingest.blocks import PageInfo
from ingest.layout.blanks import draw_blanks
from ingest.layout.page import PageContent, Rule, TextLine

SIZE = 12.0
MIDDLE = 106.0


def page_with(text: str) -> PageContent:
    centres = [100 + SIZE * (place + 0.5) for place in range(len(text))]
    box = (100.0, 100.0, 100 + SIZE * len(text), 112.0)
    page = PageContent(PageInfo())
    page.lines.append(TextLine(text=text, box=box, centres=centres, size=SIZE))
    return page


def rule_under(first: int, last: int, drop: float) -> Rule:
    y = MIDDLE + drop * SIZE
    return Rule(100 + SIZE * first, y, 100 + SIZE * (last + 1), y)


@pytest.mark.parametrize("drop", [0.5, 0.58, 0.7])
def test_words_on_a_rule_fill_a_blank(drop: float) -> None:
    page = page_with("签订后三十日内付款")
    draw_blanks(page, [rule_under(3, 4, drop)])
    (mark,) = page.lines[0].marks
    assert (mark.kind, page.lines[0].text[mark.start : mark.end]) == ("filled_blank", "三十")


@pytest.mark.parametrize("drop", [0.22, 0.35, 0.40])
def test_the_feet_of_characters_are_no_rule(drop: float) -> None:
    page = page_with("第三条服务期与进度")
    draw_blanks(page, [rule_under(7, 8, drop)])
    assert page.lines[0].marks == []


def test_a_rule_behind_a_label_is_a_blank() -> None:
    page = page_with("传真：")
    draw_blanks(page, [Rule(140.0, 112.0, 200.0, 112.0)])
    drawn = [line for line in page.lines if "_" in line.text]
    assert [mark.kind for line in drawn for mark in line.marks] == ["blank"]


def test_words_amid_a_line_that_was_read_in_part() -> None:
    page = page_with("约定：__无_")
    draw_blanks(page, [Rule(136.0, 112.0, 240.0, 112.0)])
    text = page.lines[0].text
    assert text.startswith("约定：")
    assert text[3:].strip("_") == "无"
    left, right = text[3:].split("无")
    # 24 points before the word, 68 behind it
    assert (len(left), len(right)) == (4, 11)
    assert len(page.lines[0].centres) == len(text)
