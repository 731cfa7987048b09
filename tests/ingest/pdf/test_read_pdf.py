"""Digital PDFs: order, paragraphs, tables, furniture, what is hidden."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.document import Document
from schema.errors import ReadError
from tests.support.pdf import FONT, Draw, lines, make_pdf, ruled, together, wrapped

CLAUSE = (
    "第一条 乙方应当自收到甲方书面通知之日起三十个工作日内完成本合同项下全部设备的安装与调试，并向甲方提交验收申请；"
    "逾期完成的，每逾期一日按照合同总价款的万分之五向甲方支付违约金，直至全部设备通过验收为止。"
)


def words(document: Document) -> list[str]:
    return document.text.split("\n")


def test_wrapped_lines_are_one_paragraph_with_a_line_map() -> None:
    document = read(make_pdf(wrapped(CLAUSE)))
    assert words(document) == [CLAUSE]
    (page,) = document.pages
    assert "".join(line.span.of(document.text) for line in page.lines) == CLAUSE
    assert [line.box[1] for line in page.lines] == pytest.approx([71.7, 91.7, 111.7], abs=1)
    assert page.origin == "text_layer"
    assert document.paragraphs[0].indent == pytest.approx(24, abs=1)


def test_page_break_in_mid_sentence_and_furniture() -> None:
    half = len(CLAUSE) // 36 * 36 - 2
    pages = []
    bodies = [wrapped(CLAUSE[:half]), wrapped(CLAUSE[half:], indent=0), lines("第二条 付款。"), lines("第三条 验收。")]
    for number, body in enumerate(bodies, start=1):
        pages.append(
            together(
                lines("长江公司采购合同", y=810, size=9), body, lines(f"第 {number} 页 共 4 页", x=260, y=30, size=9)
            )
        )
    document = read(make_pdf(*pages))
    assert words(document) == [CLAUSE, "第二条 付款。", "第三条 验收。"]
    assert [(item.page, item.role) for item in document.furniture] == [
        (number, role) for number in (1, 2, 3, 4) for role in ("header", "page_number")
    ]
    assert [page.lines[0].span.of(document.text)[:3] for page in document.pages[2:]] == ["第二条", "第三条"]


def test_ruled_table_over_two_pages() -> None:
    head = ["序号", "名称", "单价(元)", "数量"]
    widths = [40.0, 160.0, 80.0, 80.0]
    one = ruled([head, *[[str(n), f"设备{n}", f"{n}.5", "20"] for n in range(1, 20)]], widths=widths, y=790)
    two = together(
        ruled([[str(n), f"设备{n}", f"{n}.5", "20"] for n in range(20, 23)], widths=widths, y=790),
        lines("以上含税。", y=600),
    )
    document = read(make_pdf(together(lines("附件一 报价单", y=805), one), two))
    (table,) = document.tables
    assert table.columns == tuple(head)
    assert [row.cells[1].text for row in table.rows] == [f"设备{n}" for n in range(1, 23)]
    assert [row.cells[0].boxes[0].page for row in table.rows][-4:] == [1, 2, 2, 2]
    assert words(document)[0] == "附件一 报价单"
    assert words(document)[-1] == "以上含税。"


def test_two_columns_of_prose() -> None:
    left = [f"左栏第{n}行文字连续排到栏边缘为止共计字" for n in "一二三四五六七"]
    right = [f"右栏第{n}行文字连续排到栏边缘为止共计字" for n in "一二三四五六七"]
    page = together(
        lines(*left, x=60),
        lines(*right, x=320),
        lines("两栏之上的标题横跨整个页面宽度的一行文字放在这里居中显示出来", y=800, x=60),
    )
    text = read(make_pdf(page)).text
    assert text.index("左栏第七行") < text.index("右栏第一行")


def test_signature_blocks_stay_with_their_party() -> None:
    page = together(
        lines("甲方（盖章）：长江设备公司", "法定代表人：", "日期：2025年3月1日", x=72),
        lines("乙方（盖章）：云栖科技公司", "法定代表人：", "日期：2025年3月2日", x=330),
    )
    assert words(read(make_pdf(page))) == [
        "甲方（盖章）：长江设备公司", "法定代表人：", "日期：2025年3月1日",
        "乙方（盖章）：云栖科技公司", "法定代表人：", "日期：2025年3月2日",
    ]  # fmt: skip


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotated_pages(rotation: int) -> None:
    def turned(canvas: Canvas) -> None:
        if rotation % 180:
            canvas.setPageSize((841.89, 595.28))  # the canvas turns the sheet too; the sheet is to stay A4
        canvas.setPageRotation(rotation)
        wrapped(CLAUSE)(canvas)

    document = read(make_pdf(turned))
    assert words(document) == [CLAUSE]
    assert document.pages[0].width == pytest.approx(595.3, abs=1)


def test_text_drawn_sideways() -> None:
    def sideways(canvas: Canvas) -> None:
        canvas.translate(500, 60)
        canvas.rotate(90)
        canvas.setFont(FONT, 12)
        canvas.drawString(0, 0, "第一条 标的物")
        canvas.drawString(0, -20, "第二条 价款")

    document = read(make_pdf(sideways))
    assert words(document) == ["第一条 标的物", "第二条 价款"]
    assert document.pages[0].rotation == 90
    assert document.pages[0].width == pytest.approx(841.9, abs=1)


def test_watermark_and_hidden_text_are_kept_aside() -> None:
    def marked(canvas: Canvas) -> None:
        lines("第一条 标的物为水泵。")(canvas)
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont(FONT, 50)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 500, "底价五十万元")
        canvas.drawString(900, 500, "页外文字")

    document = read(make_pdf(marked))
    assert words(document) == ["第一条 标的物为水泵。"]
    roles = {item.role: item.text for item in document.furniture}
    assert roles["watermark"] == "内部资料"
    assert "底价五十万元" in roles["noise"]
    assert document.problems[0].severity == "info"


def test_white_text_on_a_dark_bar_is_seen() -> None:
    def bar(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.4)
        canvas.rect(60, 690, 400, 30, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont(FONT, 14)
        canvas.drawString(72, 700, "付款计划")

    assert words(read(make_pdf(bar))) == ["付款计划"]


def test_password() -> None:
    data = make_pdf(lines("第一条 保密。"), password="key123")
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == "file_encrypted"
    assert "--password" in caught.value.remedy
    with pytest.raises(ReadError) as caught:
        read(data, ReadOptions(password="wrong"))
    assert caught.value.code == "file_encrypted"
    assert read(data, ReadOptions(password="key123")).text == "第一条 保密。"


def test_page_limit() -> None:
    with pytest.raises(ReadError) as caught:
        read(make_pdf(*[lines("第一条")] * 4), ReadOptions(limits=Limits(pages=3)))
    assert caught.value.code == "file_too_large"


def test_png_named_pdf_and_pdf_named_txt(tmp_path: object) -> None:
    data = make_pdf(lines("第一条 标的。"))
    assert read(data, ReadOptions(name="合同.txt")).source.media_type == "application/pdf"


def test_ruled_table_over_three_pages_with_its_heads_repeated() -> None:
    head = ["序号", "名称", "单价(元)", "数量"]
    widths = [40.0, 160.0, 80.0, 80.0]

    def part(first: int, last: int) -> Draw:
        return ruled([head, *[[str(n), f"设备{n}", f"{n}.5", "20"] for n in range(first, last)]], widths=widths, y=790)

    document = read(make_pdf(part(1, 20), part(20, 40), together(part(40, 43), lines("以上含税。", y=600))))
    (table,) = document.tables
    assert table.columns == tuple(head)
    assert [row.cells[0].text for row in table.rows] == [str(n) for n in range(1, 43)]
    assert words(document)[-1] == "以上含税。"


def test_merged_cells_of_a_ruled_table() -> None:
    def table(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for y in (700, 640):
            canvas.line(72, y, 372, y)
        canvas.line(172, 670, 372, 670)
        for x, top in ((72, 700), (172, 700), (272, 670), (372, 700)):
            canvas.line(x, top, x, 640)
        for x, y, text in ((76, 666, "甲方"), (176, 680, "开户银行及账号"), (176, 650, "霁川银行"), (276, 650, "6222")):
            canvas.drawString(x, y, text)

    (found,) = read(make_pdf(table)).tables
    cells = [cell for row in (*found.header_rows, *(row.cells for row in found.rows)) for cell in row]
    assert [(cell.text, cell.row_span, cell.col_span) for cell in cells] == [
        ("甲方", 2, 1), ("开户银行及账号", 1, 2), ("霁川银行", 1, 1), ("6222", 1, 1),
    ]  # fmt: skip
