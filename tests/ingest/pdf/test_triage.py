"""Which pages are read by eye: broken text layers, layers that say other words than they print, pasted pictures."""

import io

import numpy as np
from PIL import ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.ocr.engine import OcrLine
from ingest.options import ReadOptions
from ingest.read import read
from schema.document import Document
from tests.support.pdf import Draw, lines, make_pdf, together
from tests.support.pictures import ruled, sheet

PRINTED = "甲方应在收到发票后三十日内向乙方支付合同价款，逾期付款的应当承担违约责任并赔偿损失。"


class Says:
    """An engine that reads the same line on every page."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.calls = 0

    def recognize(self, image: np.ndarray) -> list[OcrLine]:
        """One line across the page."""
        self.calls += 1
        high, wide = image.shape[:2]
        top, bottom = 0.1 * high, 0.12 * high
        return [OcrLine(((60, top), (wide - 60, top), (wide - 60, bottom), (60, bottom)), self.text, 0.99)]


def shown(page: Draw, engine: Says) -> Document:
    return read(make_pdf(page), ReadOptions(engine=engine))


def test_a_layer_of_rare_characters_is_compared_with_the_picture() -> None:
    wrong = "".join(chr(0x9F00 + 7 * place % 0x90) for place in range(45))
    engine = Says(PRINTED)
    document = shown(lines(wrong), engine)
    assert document.text == PRINTED
    assert document.pages[0].origin == "ocr"
    assert document.pages[0].reason == "text layer disagrees with the picture"


def test_rare_characters_that_are_printed_stay() -> None:
    names = "甲方股东：龘鼇鼉鼊鼈黿鼂鼃鼌鼄鼅鼆鼇鼋鼍鼎鼏鼐鼑鼒鼓鼔鼕鼖鼗鼘鼙鼚鼛鼜鼝鼞鼟鼠鼡"
    engine = Says(names)
    document = shown(lines(names), engine)
    assert document.text == names
    assert document.pages[0].origin == "text_layer"
    assert engine.calls == 1


def test_good_layers_are_never_looked_at() -> None:
    engine = Says("别的")
    assert shown(lines(PRINTED), engine).text == PRINTED
    assert engine.calls == 0


def test_numbers_of_glyphs_in_place_of_words() -> None:
    engine = Says(PRINTED)
    document = shown(lines("".join(f"(cid:{place})" for place in range(300, 312))), engine)
    assert document.text == PRINTED
    assert "numbers of glyphs" in document.pages[0].reason


def test_private_use_characters() -> None:
    engine = Says(PRINTED)

    def private(canvas: Canvas) -> None:
        lines(PRINTED[:20])(canvas)
        lines("".join(chr(0xE000 + place) for place in range(12)), y=700)(canvas)

    document = shown(private, engine)
    assert document.pages[0].origin == "ocr"
    assert "no meaning" in document.pages[0].reason


def test_mixed_pages_are_read_each_its_own_way() -> None:
    def scan(canvas: Canvas) -> None:
        out = io.BytesIO()
        sheet("第二条").save(out, "PNG")
        canvas.drawImage(ImageReader(io.BytesIO(out.getvalue())), 0, 0, 595, 842)

    engine = Says("第二条　价款按附件。")
    document = read(make_pdf(lines("第一条 标的物为水泵。"), scan, lines("第三条 验收。")), ReadOptions(engine=engine))
    assert [page.origin for page in document.pages] == ["text_layer", "ocr", "text_layer"]
    assert document.text == "第一条 标的物为水泵。\n第二条　价款按附件。\n第三条 验收。"
    assert engine.calls == 1


def test_a_price_list_pasted_as_a_picture() -> None:
    picture = sheet().crop((0, 0, 1000, 300))
    rows = [["序号", "名称", "单价(元)", "数量"], ["1", "离心水泵", "3500.50", "30"], ["2", "闸阀", "120", "8"]]
    ruled(picture, rows, widths=[120, 320, 200, 160], left=20, top=20)
    ImageDraw.Draw(picture)

    def paste(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), 60, 480, 480, 144)

    page = together(lines("第一条 货物与价格见下表。"), paste, lines("第二条 以上价格含税。", y=440))
    document = read(make_pdf(page))
    assert [["".join(cell.text.split()) for cell in row.cells] for row in document.tables[0].rows] == rows[1:]
    assert document.text.startswith("第一条 货物与价格见下表。")
    assert document.text.endswith("第二条 以上价格含税。")
    assert document.pages[0].origin == "text_layer"
    assert "picture" in document.pages[0].reason
    (cell_box,) = document.tables[0].rows[0].cells[1].boxes
    assert 100 < cell_box.box[0] < 140


def test_a_logo_is_left_alone() -> None:
    engine = Says("商标")

    def logo(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(sheet().crop((0, 0, 200, 100))), 60, 760, 100, 50)

    assert shown(together(lines(PRINTED, y=700), logo), engine).text == PRINTED
    assert engine.calls == 0
