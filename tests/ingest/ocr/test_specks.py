"""Odd marks, and what a second look makes of them."""

import pytest

from ingest.ocr.polish import polish
from ingest.ocr.recognize import Reading
from ingest.ocr.second_look import find_suspects
from ingest.ocr.settle import has_weak_word, settled, with_words
from ingest.ocr.specks import odd_marks, specks_of


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        (".269", ".269"[:1]),
        ("35.", "."),
        ("第.17页", "."),
        ("服务，.完成", "."),
        ("甲方指.", "."),
        ("继续追偿，，同时", "，"),
        ("13、。为保障", "。"),
        ("漏洞扫描-", "-"),
        (".（三）乙方", "."),
        ("总额0:01%的违约金", ":"),
        # printed ones
        ("0.01%", ""),
        ("1. 乙方应当", ""),
        ("1.乙方应当", ""),
        ("2.1.乙方应当", ""),
        ("a.本合同书", ""),
        ("12:30前到达", ""),
        ("¥1,201.50元", ""),
        ("网址 www.example.com", ""),
    ],
)
def test_odd_marks(text: str, odd: str) -> None:
    assert "".join(text[place] for place in odd_marks(text)) == odd


def test_only_what_the_second_look_does_not_see_goes() -> None:
    assert specks_of(".269", "269") == {0: ""}
    assert specks_of(".269", ".269") == {}
    assert specks_of("总额0:01%的", "总额0.01%的") == {3: "."}
    assert specks_of("继续追偿，，同时", "继续追偿，同时") == {5: ""}
    assert specks_of("继续追偿，，同时", "继续追偿，，同") == {}
    # the second look lost a real decimal point: it stays
    assert specks_of("每日.按0.05%计", "每日按005%计") == {2: ""}


@pytest.mark.parametrize(
    ("text", "other", "suspects"),
    [
        ("269", ".269", []),
        ("269", "260", [("269", "260")]),
        ("每月5日前", "每月5,日前", []),
        ("违约金0.01%", "违约金0:01%", []),
        ("服务期32个月", "服务期12个月", [("32", "12")]),
        ("付款30%", "付款30", [("30%", "30")]),
        ("¥4,004,736.60元", "¥4,004,786.60元", [("¥4,004,736.60元", "¥4,004,786.60元")]),
        ("贰佰捌拾万元", "贰佰捌拾方元", []),
        ("贰佰捌拾方元", "贰佰捌拾万元", [("贰佰捌拾方", "贰佰捌拾万")]),
        ("贰佰捌拾万元", "贰佰柒拾万元", [("贰佰捌拾万元", "贰佰柒拾万元")]),
        ("一页 30 日", "一页30日", []),
        ("甲方：公司", "甲方:公司", []),
        ("友好协商", "发好协商", []),
    ],
)
def test_suspects(text: str, other: str, suspects: list[tuple[str, str]]) -> None:
    found = find_suspects(text, other, "second")
    assert [(text[item.start : item.end], item.alternative) for item in found] == suspects


def test_wide_blanks_and_widths_come_from_places() -> None:
    # 第一条 (gap of an em) 定义如下 with a colon as wide as a character
    text = "第一条定义如下:甲方是指"
    centres = [0.5, 1.5, 2.5, 4.5, 5.5, 6.5, 7.5, 8.2, 9.5, 10.5, 11.5, 12.5]
    assert polish(text, centres)[0] == "第一条 定义如下：甲方是指"
    # half-width colon
    narrow = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.25, 8.0, 9.0, 10.0, 11.0]
    assert polish(text, narrow)[0] == text


def test_brackets_of_a_pair_agree() -> None:
    text = "(一）首付款按约支付甲方"
    centres = [place + 0.5 for place in range(len(text))]
    assert polish(text, centres)[0] == "（一）首付款按约支付甲方"


def reading(text: str, unsure: dict[int, float] | None = None) -> Reading:
    sure = tuple((unsure or {}).get(place, 0.99) for place in range(len(text)))
    return Reading(text, 0.98, sure, tuple((place + 0.5) / max(1, len(text)) for place in range(len(text))))


@pytest.mark.parametrize(
    ("careful", "quick", "stands"),
    [
        (reading("32个月", {0: 0.49}), reading("12个月"), "12个月"),
        # sure of itself, or the other one unsure, too: the careful reader has the last word
        (reading("32个月", {0: 0.8}), reading("12个月"), "32个月"),
        (reading("32个月", {0: 0.49}), reading("12个月", {0: 0.7}), "32个月"),
        (reading("(例)", {0: 0.79}), reading("例)"), "例)"),
        (reading("(例)"), reading("例)"), "(例)"),
        # a bracket or dash of a figure is never taken for a speck
        (reading("单价-5元", {2: 0.6}), reading("单价5元"), "单价-5元"),
        (reading("权利义务：__"), reading("权利义务：无"), "权利义务：无"),
        (reading("权利义务：__"), reading("权利义务:无"), "权利义务:无"),
        (reading("服务。”如因", {3: 0.67}), reading("服务。'如因"), "服务。如因"),
        (reading("“服务。”如因", {4: 0.67}), reading("“服务。'如因"), "“服务。”如因"),
        (reading("保密，资料", {2: 0.5}), reading("保密资料"), "保密，资料"),
        # a point between Chinese characters is the stop that the other one saw, unless it doubts it, too
        (reading("加强教育.对其监督"), reading("加强教育，对其监督"), "加强教育，对其监督"),
        (reading("加强教育.对其监督"), reading("加强教育，对其监督", {4: 0.6}), "加强教育.对其监督"),
        (reading("单价1.5万元"), reading("单价1，5万元"), "单价1.5万元"),
        # which stop: the surer one knows
        (reading("严重不符的：", {5: 0.37}), reading("严重不符的；", {5: 0.63}), "严重不符的；"),
        (reading("严重不符的：", {5: 0.6}), reading("严重不符的；", {5: 0.63}), "严重不符的："),
        (reading("比例为1：2", {4: 0.5}), reading("比例为1；2"), "比例为1：2"),
    ],
)
def test_what_stands_of_two_readings(careful: Reading, quick: Reading, stands: str) -> None:
    assert settled(careful, quick).text == stands


def spaced(text: str, places: list[float]) -> Reading:
    return Reading(text, 0.98, (0.99,) * len(text), tuple(place / 10 for place in places))


def test_a_stop_that_one_reader_left_out_stands_where_its_room_is_empty() -> None:
    quick = spaced("前款甲、乙材料", [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5])
    assert settled(spaced("前款甲乙材料", [0.5, 1.5, 2.5, 4.5, 5.5, 6.5]), quick).text == "前款甲、乙材料"
    assert settled(spaced("前款甲乙材料", [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]), quick).text == "前款甲乙材料"


def test_a_stop_at_the_end_needs_room_at_the_end() -> None:
    quick = spaced("甲乙丙丁戊己、", [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5])
    assert settled(spaced("甲乙丙丁戊己", [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]), quick).text == "甲乙丙丁戊己、"
    wide = [place * 10 / 6.2 for place in (0.5, 1.5, 2.5, 3.5, 4.5, 5.5)]
    assert settled(spaced("甲乙丙丁戊己", wide), quick).text == "甲乙丙丁戊己"


def test_a_doubtful_word_of_a_sure_line_is_asked_alone() -> None:
    quick, careful = reading("以及前逃信息", {3: 0.91}), reading("以及前述信息；")
    assert has_weak_word(quick)
    assert with_words(quick, careful).text == "以及前述信息"
    assert not has_weak_word(reading("以及前述信息"))
    assert with_words(reading("第二部分", {1: 0.9}), reading("第一部分")).text == "第二部分"
