"""Scanned pages, read by the bundled engine: order, paragraphs, tables, turns, seals."""

import re
import unicodedata

import pytest
from PIL import Image, ImageChops, ImageDraw

from ingest.layout.page import TextLine
from ingest.ocr.read_picture import _even_sizes
from ingest.options import ReadOptions
from ingest.read import read
from schema.document import Document
from tests.support.pictures import as_pdf, font, ruled, sheet

LINES = (
    "第一条　标的　乙方向甲方提供离心水泵三十台，型号以附",
    "件一为准，单价含税。",
    "第二条　价款　合同总价为人民币 128500.60 元，甲方应于",
    "验收合格后 30 个工作日内支付。",
)


def bare(text: str) -> str:
    return re.sub(r"[\s]+", "", unicodedata.normalize("NFKC", text))


def paragraphs(document: Document) -> list[str]:
    return [bare(line) for line in document.text.split("\n")]


EXPECTED = [
    "第一条标的乙方向甲方提供离心水泵三十台,型号以附件一为准,单价含税。",
    "第二条价款合同总价为人民币128500.60元,甲方应于验收合格后30个工作日内支付。",
]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_page_in_any_turn(turn: int) -> None:
    page = sheet(*LINES * 4)
    document = read(as_pdf(page.rotate(turn, expand=True)))
    assert paragraphs(document) == EXPECTED * 4
    (info,) = document.pages
    assert (info.origin, info.reason, info.rotation) == ("ocr", "image only", turn)
    assert info.width == pytest.approx(595, abs=2)
    first = info.lines[0]
    assert first.box[1] == pytest.approx(150 * 72 / 150, abs=6)


def test_skew_and_boxes_on_the_page_as_scanned() -> None:
    page = sheet(*LINES * 5)
    document = read(as_pdf(page.rotate(1.5, fillcolor="white", resample=Image.Resampling.BICUBIC)))
    assert paragraphs(document) == EXPECTED * 5
    lines = document.pages[0].lines
    # turned counter-clockwise, the right end of a line lies higher: its box is taller than the line
    assert lines[0].box[3] - lines[0].box[1] > 17


def test_fast_mode() -> None:
    document = read(as_pdf(sheet(*LINES * 2)), ReadOptions(fast=True))
    assert paragraphs(document) == EXPECTED * 2


def test_ruled_table_and_text_around_it() -> None:
    page = sheet("附件一　设备价格表")
    rows = [
        ["序号", "名称", "单价(元)", "数量"],
        ["1", "离心水泵", "3500.50", "30"],
        ["2", "闸阀", "120", "8"],
        ["合计", "", "", "38"],
    ]
    ruled(page, rows, widths=[120, 320, 200, 160], left=180, top=260)
    ImageDraw.Draw(page).text((150, 620), "以上价格含税。", fill="black", font=font(12))
    document = read(as_pdf(page))
    (table,) = document.tables
    assert [bare(name) for name in table.columns] == ["序号", "名称", "单价(元)", "数量"]
    assert [[bare(cell.text) for cell in row.cells] for row in table.rows] == rows[1:]
    assert paragraphs(document)[0] == "附件一设备价格表"
    assert paragraphs(document)[-1] == "以上价格含税。"


def test_words_under_a_red_seal() -> None:
    page = sheet(*LINES * 3)
    ink = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(ink)
    draw.ellipse((530, 150, 790, 410), outline=(214, 40, 40), width=8)
    draw.text((590, 260), "合同专用章", fill=(214, 40, 40), font=font(10))
    # ink does not cover print, it darkens paper
    document = read(as_pdf(ImageChops.multiply(page, ink)))
    assert paragraphs(document) == EXPECTED * 3
    assert any(item.role == "seal" for item in document.furniture)


def test_red_words_are_no_seal() -> None:
    page = sheet("长江设备公司文件", "第一条　标的　离心水泵三十台。")
    draw = ImageDraw.Draw(page)
    for place, row in enumerate(("第二条　价款改为九万元整。", "第三条　交货改为三月一日。", "第四条　其余以此为准。")):
        draw.text((150, 330 + 40 * place), row, fill=(200, 30, 30), font=font(12))
    lines = paragraphs(read(as_pdf(page)))
    assert lines[-3:] == ["第二条价款改为九万元整。", "第三条交货改为三月一日。", "第四条其余以此为准。"]


def test_a_stop_and_one_character_have_the_size_of_the_page() -> None:
    """日。 at the end of a paragraph: one step, to a stop at the side of its square, measures a third too large."""

    def line(text: str, size: float) -> TextLine:
        return TextLine(text, (0.0, 0.0, size * len(text), size), [size * (n + 0.5) for n in range(len(text))], size)

    found = [line("委托期限自签订之日起至四月三十", 10.9), line("日。", 14.8), line("合同", 18.0)]
    _even_sizes(found)
    assert [each.size for each in found] == [10.9, 10.9, 18.0]
