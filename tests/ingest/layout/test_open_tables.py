"""Tables without rules."""

from PIL import ImageDraw
from reportlab.pdfgen.canvas import Canvas

from ingest.read import read
from schema.document import Document
from tests.support.pdf import FONT, Draw, lines, make_pdf, together
from tests.support.pictures import as_pdf, font, sheet

ROWS = [
    ["序号", "货物名称", "数量", "单价(元)"],
    ["1", "离心水泵", "2", "35,000.00"],
    ["2", "控制柜", "1", "8,600.00"],
    ["合计", "", "", "78,600.00"],
]
LEFT = (80, 140, 300, 400)


def columns(rows: list[list[str]], *, y: float = 650, right: int = 470) -> Draw:
    """Cells below each other; the last column is set to the right."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for place, row in enumerate(rows):
            for column, (x, text) in enumerate(zip(LEFT, row, strict=True)):
                if column == 3:
                    canvas.drawRightString(right, y - 20 * place, text)
                else:
                    canvas.drawString(x, y - 20 * place, text)

    return draw


def cells(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row] for row in (*table.header_rows, *(row.cells for row in table.rows))]


def test_a_price_list_between_paragraphs() -> None:
    page = together(lines("第一条 货物与价格如下：", y=700), columns(ROWS), lines("第二条 以上价格含税。", y=550))
    document = read(make_pdf(page))
    assert cells(document) == ROWS
    assert document.text.split("\n")[0] == "第一条 货物与价格如下："
    assert document.text.split("\n")[-1] == "第二条 以上价格含税。"
    assert document.tables[0].rows[-1].id.endswith("total")


def test_a_wrapped_cell() -> None:
    rows = [*ROWS[:3], ["", "（含变频器）", "", ""], ROWS[3]]
    assert cells(read(make_pdf(columns(rows))))[2] == ["2", "控制柜（含变频器）", "1", "8,600.00"]


def test_what_is_no_table_stays_text() -> None:
    labels = [["甲方：", "长江公司", "电话：", "0717-1"], ["乙方：", "云栖公司", "电话：", "0571-2"]] * 2
    assert read(make_pdf(columns(labels))).tables == ()
    heads_only = together(columns(ROWS[:1]), lines("第一条 上表由双方另行填写，未填写的不生效，以书面为准。", y=630))
    assert read(make_pdf(heads_only)).tables == ()
    words = [ROWS[0], ["甲方", "负责场地", "无", "另议"], ["乙方", "负责设备", "无", "另议"]]
    assert all(len(table.rows) == 2 for table in read(make_pdf(columns(words))).tables)


def test_the_same_on_a_scan() -> None:
    page = sheet("第一条　货物与价格如下：")
    draw = ImageDraw.Draw(page)
    for place, row in enumerate(ROWS):
        for x, text in zip((160, 320, 620, 800), row, strict=True):
            draw.text((x, 260 + 50 * place), text, fill="black", font=font(12))
    found = cells(read(as_pdf(page)))
    assert [[cell.replace("（", "(").replace("）", ")") for cell in row] for row in found] == ROWS
