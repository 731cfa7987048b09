"""Lists typed in columns with blanks are tables; signature blocks, headings and sentences are not."""

import io

import docx
import pytest

from ingest.options import ReadOptions
from ingest.read import read
from schema.document import Document

LIST = (
    "品名　　　　规格　　　　单位　数量　单价（元）　　金额（元）\n"
    "不锈钢阀门　DN50 法兰　 只　　12　　 350.00　　　 4,200.00\n"
    "压力表　　　Y-100　　　 只　　30　　　45.00　　　 1,350.00\n"
)
TOTAL = "合计　　　　　　　　　　　　　　　　　　　　　　　5,550.00元\n"
AROUND = ("第一条　标的\n货物如下，交货地点为甲方仓库。\n", "第二条　付款\n货到后10日内付清。\n")


def read_txt(words: str) -> Document:
    return read(words.encode(), ReadOptions(name="a.txt"))


def test_a_typed_list_is_a_table_and_its_text_stays() -> None:
    document = read_txt(AROUND[0] + LIST + TOTAL + AROUND[1])
    (table,) = document.tables
    assert [c.replace(" ", "") for c in table.columns] == ["品名", "规格", "单位", "数量", "单价（元）", "金额（元）"]
    assert [c.text for c in table.rows[0].cells] == ["不锈钢阀门", "DN50 法兰", "只", "12", "350.00", "4,200.00"]
    assert [c.text for c in table.rows[-1].cells][0::5] == ["合计", "5,550.00元"]
    assert len(table.rows) == 3
    assert document.text.startswith("第一条　标的\n货物如下")
    assert document.text.endswith("货到后10日内付清。")
    for row in table.rows:
        for cell in row.cells:
            assert cell.span.of(document.text) == cell.text


def test_so_is_one_in_a_word_file() -> None:
    file = docx.Document()
    for line in (AROUND[0] + LIST + AROUND[1]).strip().split("\n"):
        file.add_paragraph(line)
    stream = io.BytesIO()
    file.save(stream)
    document = read(stream.getvalue(), ReadOptions(name="a.docx"))
    (table,) = document.tables
    assert [c.text for c in table.rows[1].cells][-1] == "1,350.00"


def test_a_word_that_leaves_one_blank_behind_it_ends_where_the_next_column_begins() -> None:
    document = read_txt(
        "序号  品名              单位   数量     单价     金额\n"
        "1     河沙              吨     180      98元     17640元\n"
        "2     蒸压灰砂砌块      立方米 90       256元    23040元\n"
        "3     袋装 水泥         吨     45       402元    18090元\n"
    )
    (table,) = document.tables
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["1", "河沙", "吨", "180", "98元", "17640元"],
        ["2", "蒸压灰砂砌块", "立方米", "90", "256元", "23040元"],
        ["3", "袋装 水泥", "吨", "45", "402元", "18090元"],
    ]


@pytest.mark.parametrize(
    "words",
    [
        "甲方（章）：　　乙方（章）：　　丙方（章）：　　见证方：\n李1　　王2　　周3　　秦4\n李　　王6　　周7　　秦\n",
        "第一章　　总则　　　　1\n第二章　　价款　　　　3\n第三章　　违约　　　　5\n",
        "一　　　二　　　三　　　四\n甲　　　乙　　　丙　　　丁\n",
        "品名　　规格　　单位　　数量\n阀门　　DN50　　只　　12\n以上货物由乙方负责运输。\n",
        "姓名　　性别　　职务　　电话；传真\n李明　　男　　经理　　13800000000\n王芳　　女　　会计　　13900000000\n",
    ],
)
def test_what_only_looks_so_is_none(words: str) -> None:
    assert not read_txt(AROUND[0] + words + AROUND[1]).tables
