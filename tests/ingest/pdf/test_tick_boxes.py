"""Boxes to tick of digital PDFs, whatever they are drawn with, and signs of symbol fonts."""

import io
from collections.abc import Callable

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.read import read
from tests.support.pdf import FONT, lines, make_pdf, together

Drawn = Callable[[Canvas, float, float, float], None]


def rectangle(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.rect(x, y, side, side)


def white_rectangle(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(x, y, side, side, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def strokes(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.lines([(x, y, x + side, y), (x, y + side, x + side, y + side)])
    canvas.lines([(x, y, x, y + side), (x + side, y, x + side, y + side)])


def bars(canvas: Canvas, x: float, y: float, side: float) -> None:
    for place in ((x, y, side, 0.6), (x, y, 0.6, side), (x, y + side, side, 0.6), (x + side, y, 0.6, side)):
        canvas.rect(*place, fill=1, stroke=0)


def round_corners(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.roundRect(x, y, side, side, 1.5)


def frame(canvas: Canvas, x: float, y: float, side: float) -> None:
    path = canvas.beginPath()
    path.rect(x, y, side, side)
    path.rect(x + 0.7, y + 0.7, side - 1.4, side - 1.4)
    canvas.drawPath(path, fill=1, stroke=0, fillMode=0)


def tick(canvas: Canvas, x: float, y: float, side: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x + 1, y + side / 2)
    path.lineTo(x + side * 0.4, y + 1)
    path.lineTo(x + side - 1, y + side - 1)
    canvas.drawPath(path)


def wide_tick(canvas: Canvas, x: float, y: float, side: float) -> None:
    """A tick that crosses the frame."""
    path = canvas.beginPath()
    path.moveTo(x - 1, y + side / 2)
    path.lineTo(x + side * 0.4, y - 1)
    path.lineTo(x + side + 4, y + side + 5)
    canvas.drawPath(path)


def cross(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.line(x + 1, y + 1, x + side - 1, y + side - 1)
    canvas.line(x + 1, y + side - 1, x + side - 1, y + 1)


def spot(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.rect(x + side / 4, y + side / 4, side / 2, side / 2, fill=1, stroke=0)


@pytest.mark.parametrize("mark", [tick, wide_tick, cross, spot])
@pytest.mark.parametrize("box", [rectangle, white_rectangle, strokes, bars, round_corners, frame])
def test_boxes(box: Drawn, mark: Drawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 11)
        canvas.drawString(70, 740, "付款方式：")
        box(canvas, 127, 739, 10)
        canvas.drawString(139, 740, "一次付清")
        box(canvas, 190, 739, 10)
        mark(canvas, 190, 739, 10)
        canvas.drawString(202, 740, "分期付款")

    document = read(make_pdf(together(lines("第一条 甲方按照下列方式付款"), draw)))
    assert document.text.replace(" ", "").split("\n")[-1] == "付款方式：□一次付清☑分期付款"
    assert [mark.kind for mark in document.marks] == ["unchecked", "checked"]


def test_a_circle_and_a_long_blank_are_no_boxes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.circle(132, 763, 5)
        canvas.line(127, 738, 190, 738)

    document = read(make_pdf(together(lines("付款方式：　 一次付清", "付款日期：　　　　　　以内"), draw)))
    assert not [mark for mark in document.marks if mark.kind in ("checked", "unchecked")]
    assert "____" in document.text


def test_small_cells_of_a_table_stay_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for row in range(4):
            for column in range(6):
                x, y = 72 + 16 * column, 700 - 16 * row
                strokes(canvas, x, y, 16)
                canvas.drawString(x + 5, y + 4, str(row * 6 + column)[-1])

    document = read(make_pdf(together(lines("附件一 排期表"), draw)))
    assert not document.marks
    (table,) = document.tables
    assert len(table.header_rows) + len(table.rows) == 4


def test_letters_of_a_symbol_font_are_the_signs_they_draw() -> None:
    pdfmetrics.registerFont(TTFont("Wingdings", io.BytesIO(_symbol_font())))

    def draw(canvas: Canvas) -> None:
        for x, sign, words in ((72, "\uf0a8", "一次付清"), (160, "\uf0fe", "分期付款")):
            canvas.setFont("Wingdings", 12)
            canvas.drawString(x, 700, sign)
            canvas.setFont(FONT, 12)
            canvas.drawString(x + 13, 700, words)

    document = read(make_pdf(together(lines("付款方式为下列选定的一种："), draw)))
    assert document.text.split("\n")[-1].replace(" ", "") == "□一次付清☑分期付款"
    assert document.pages[0].origin == "text_layer"


def _symbol_font() -> bytes:
    """A font that draws squares for two letters in private use, by the name of the one known for it."""
    pens = {name: TTGlyphPen(None) for name in (".notdef", "one", "two")}
    for pen in pens.values():
        pen.moveTo((100, 0))
        for point in ((100, 700), (800, 700), (800, 0)):
            pen.lineTo(point)
        pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(pens))
    builder.setupCharacterMap({0xF0A8: "one", 0xF0FE: "two"})
    builder.setupGlyf({name: pen.glyph() for name, pen in pens.items()})
    builder.setupHorizontalMetrics(dict.fromkeys(pens, (900, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Wingdings", "styleName": "Regular", "psName": "Wingdings-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()
