"""Characters with places to lines."""

import pytest

from ingest.layout.lines import Glyph, glyph_lines

_SIZE = 10.0


def _set(text: str, *, x: float = 50.0, y: float = 100.0, pitch: float = _SIZE) -> list[Glyph]:
    """Characters side by side, each as wide as its pitch; ~ is a gap of one em without a character."""
    return [
        Glyph(char, x + pitch * place, y, x + pitch * (place + 1), y + _SIZE)
        for place, char in enumerate(text)
        if char != "~"
    ]


@pytest.mark.parametrize(
    ("glyphs", "lines"),
    [
        (_set("甲方应当付款，"), ["甲方应当付款，"]),
        (_set("第一条 标的"), ["第一条 标的"]),
        (_set("第一条~标的"), ["第一条 标的"]),
        (_set("甲方：~~~~乙方："), ["甲方：", "乙方："]),
        (_set("甲方：    乙方："), ["甲方：", "乙方："]),
        (_set("over", pitch=5) + _set("due", x=73, pitch=5), ["over due"]),
        ([*_set("付款"), *_set("付款", x=50.4)], ["付款"]),
        ([*_set("o", pitch=5), Glyph("f", 55, 100, 60, 110), Glyph("f", 55, 100, 60, 110)], ["off"]),
        ([*_set("甲"), Glyph("ffi", 60, 100, 68, 110)], ["甲ffi"]),
        ([*_set("甲\u200b方")], ["甲方"]),
        ([*_set("式：☑"), *_set("转账", x=82.5)], ["式：☑ 转账"]),
        ([*_set("式：☑"), *_set("转账", x=80.5)], ["式：☑转账"]),
        ([*_set("式：一"), *_set("转账", x=82.5)], ["式：一转账"]),
        (_set("下", y=120) + _set("上"), ["上", "下"]),
        ([Glyph("大", 50, 95, 70, 115), *_set("小小", x=70, y=104)], ["大小小"]),
        ([Glyph("无", 50, 100, 60, 100), *_set("有")], ["有"]),
        (_set("   "), []),
        ([], []),
    ],
)
def test_lines(glyphs: list[Glyph], lines: list[str]) -> None:
    found = glyph_lines(glyphs)
    assert [line.text for line in found] == lines
    assert all(len(line.centres) == len(line.text) for line in found)


def test_places_and_looks() -> None:
    glyphs = _set("甲方")
    for glyph in glyphs:
        glyph.bold = True
    (line,) = glyph_lines(glyphs)
    assert line.box == (50, 100, 70, 110)
    assert line.centres == [55, 65]
    assert (line.size, line.bold) == (10.0, True)
