"""Boxes to tick that are drawn: in PDF pages and in scans."""

import pytest
from PIL import ImageDraw
from reportlab.pdfgen.canvas import Canvas

from ingest.blocks import PageInfo
from ingest.layout.boxes import draw_boxes
from ingest.layout.page import PageContent, TextLine, TickBox
from ingest.read import read
from tests.support.pdf import FONT, make_pdf
from tests.support.pictures import as_pdf, font, sheet

SIZE = 12.0


def page_with(text: str, *boxes: tuple[float, bool]) -> PageContent:
    """A line from x = 100 whose `_` are free places; boxes at characters of it."""
    places = [place for place, char in enumerate(text) if char != "_"]
    centres = [100 + SIZE * (place + 0.5) for place in places]
    line = TextLine(text.replace("_", ""), (100.0, 100.0, 100 + SIZE * len(text), 112.0), centres, SIZE)
    page = PageContent(PageInfo(), lines=[line])
    for at, ticked in boxes:
        left = 100 + SIZE * at + 1
        page.tick_boxes.append(TickBox((left, 101.0, left + 10, 111.0), ticked=ticked))
    return page


@pytest.mark.parametrize(
    ("text", "boxes", "shown"),
    [
        ("_一次付清_分期付", ((0, False), (5, True)), "□一次付清☑分期付"),
        ("√现金_转账", ((0, False), (3, False)), "☑现金□转账"),
        ("□现金□转账", ((0, True), (3, False)), "☑现金□转账"),
        # a character of that shape stays; in company of a box it is one
        ("入口在北门", ((1, False),), "入口在北门"),
        ("口现金_转账", ((0, False), (3, True)), "□现金☑转账"),
        ("日期见附件", ((0, True),), "日期见附件"),
        # cells for the digits of a number
        ("证号___", ((2, False), (3, False), (4, False)), "证号"),
    ],
)
def test_boxes_beside_words(text: str, boxes: tuple[tuple[float, bool], ...], shown: str) -> None:
    page = page_with(text, *boxes)
    draw_boxes(page)
    (line,) = page.lines
    assert line.text == shown
    assert len(line.centres) == len(shown)
    for mark in line.marks:
        assert line.text[mark.start : mark.end] == {"checked": "☑", "unchecked": "□"}[mark.kind]


@pytest.mark.parametrize(("left", "right"), [(338.9, 347.2), (346.0, 358.0)])
def test_a_square_within_a_character_of_a_title_is_no_box(left: float, right: float) -> None:
    """月 at the left of 服 is a square of 8 points in letters of 26; the centres a reader gives are rough."""
    title, centres = "档案数字化加工服务合同", [170.0, 196, 221, 246, 277, 302, 328, 353, 378, 404, 429]
    page = PageContent(PageInfo(), lines=[TextLine(title, (157.0, 214.0, 442.0, 240.0), centres, 25.9)])
    page.tick_boxes.append(TickBox((left, 227.6, right, 236.2), ticked=True))
    draw_boxes(page)
    assert page.lines[0].text == title


def test_a_box_far_from_words_is_a_line_of_its_own() -> None:
    page = page_with("第一条")
    page.tick_boxes.append(TickBox((100, 300, 110, 310), ticked=True))
    draw_boxes(page)
    assert [line.text for line in page.lines] == ["第一条", "☑"]


def test_boxes_drawn_in_a_pdf() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, "付款方式：")
        for x, words in ((150, "一次付清"), (250, "分期付款"), (350, "货到付款")):
            canvas.rect(x - 14, 699, 10, 10)
            canvas.drawString(x, 700, words)
        canvas.line(238, 703, 240, 700)
        canvas.line(240, 700, 246, 709)
        canvas.setFont(FONT, 10)
        canvas.drawString(337, 701, "√")

    document = read(make_pdf(draw))
    assert document.text.replace(" ", "") == "付款方式：□一次付清☑分期付款☑货到付款"
    assert [mark.kind for mark in document.marks] == ["unchecked", "checked", "checked"]


def test_boxes_drawn_on_a_scan() -> None:
    page = sheet("第五条　付款方式如下，双方选择打勾的一种方式履行本合同：")
    draw = ImageDraw.Draw(page)
    for y, words, ticked in ((220, "甲方收货后一次付清", False), (264, "按照附件一分三期支付", True)):
        draw.rectangle((160, y + 3, 180, y + 23), outline="black", width=2)
        if ticked:
            draw.line((163, y + 13, 169, y + 20, 178, y + 6), fill="black", width=2)
        draw.text((190, y), words, fill="black", font=font(12))
    lines = read(as_pdf(page)).text.split("\n")
    assert [line[:1] for line in lines[1:]] == ["□", "☑"]


@pytest.mark.parametrize(("read_as", "company", "shown"), [
    ("口", 2, "☑"), ("凶", 2, "☑"), ("凶", 1, "凶"), ("因", 2, "因"),
])  # fmt: skip
def test_a_box_read_as_a_character_below_other_boxes(read_as: str, company: int, shown: str) -> None:
    """A crossed box is read as 凶 where two boxes of its size stand above it; 因 is a square by itself."""
    page = page_with(read_as + "分期付清", (0, True))
    for row in range(company):
        other = page_with("_一次付清", (0, False))
        down = 30.0 * (row + 1)
        for line in other.lines:
            line.box = (line.box[0], line.box[1] + down, line.box[2], line.box[3] + down)
        page.lines += other.lines
        page.tick_boxes += [
            TickBox((x0, y0 + down, x1, y1 + down), ticked=box.ticked)
            for box in other.tick_boxes
            for x0, y0, x1, y1 in [box.box]
        ]
    draw_boxes(page)
    assert page.lines[0].text == shown + "分期付清"
