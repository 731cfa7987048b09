"""HTML: what a browser shows, and what it does not."""

# ruff: noqa: E501 — mark-up reads better unbroken

import base64

import pytest

from ingest.options import ReadOptions
from ingest.read import read
from schema.document import Document
from schema.errors import ReadError
from tests.support.engines import FixedEngine
from tests.support.pictures import as_bytes, sheet


def read_body(body: str, encoding: str = "utf-8") -> Document:
    return read(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>".encode(encoding))


def marks(document: Document) -> list[tuple[str, str]]:
    return [(mark.kind, mark.span.of(document.text)) for mark in document.marks]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_shown_and_hidden(encoding: str) -> None:
    document = read_body(
        "<style>p{color:red}</style><script>var 甲=1</script><nav>首页 返回</nav><h1 align=center>采购合同</h1>"
        "<p>第一条　标的为\n  水泵。<span style='display:none'>底价</span><!-- 注释 --></p><div hidden>乙</div>",
        encoding,
    )
    assert document.text == "采购合同\n第一条　标的为水泵。"
    assert [item.text for item in document.furniture] == ["底价", "乙", "首页 返回"]
    assert document.problems[0].code == "reading_note"
    assert (document.paragraphs[0].style, document.paragraphs[0].alignment) == ("Heading 1", "center")


def test_numbers_of_lists() -> None:
    document = read_body(
        "<ol style='list-style-type:cjk-ideographic'><li>标的<ol type=a start=3><li>水泵<li>阀门</ol><li>价款</ol>"
        "<ol><li value=7>甲<li>乙</ol><ul><li>其一</ul><ol style='list-style:none'><li>1.1 丙</ol>"
    )
    assert document.text.split("\n") == [
        "一、标的", "c. 水泵", "d. 阀门", "二、价款", "7. 甲", "8. 乙", "其一", "1.1 丙",
    ]  # fmt: skip
    assert [item.number for item in document.paragraphs] == ["一、", "c.", "d.", "二、", "7.", "8.", None, None]


def test_numbers_of_word_lists() -> None:
    body = "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>第一条<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>标的</p>"
    document = read_body(body)
    assert document.text == "第一条 标的"
    assert document.paragraphs[0].number == "第一条"


def test_table_with_merged_cells() -> None:
    (table,) = read_body(
        "<table><thead><tr><th rowspan=2>序号<th colspan=2>货物<tr><th>名称<th>单价(元)</thead>"
        "<tr><td>1<td>水泵<td>13<tr><td rowspan=2>2<td>阀门<td>15<tr><td>法兰<td>16<tr><td colspan=2>合计<td>44</table>"
    ).tables
    assert table.columns == ("序号", "货物 名称", "货物 单价(元)")
    assert [[(cell.text, cell.row_span, cell.col_span) for cell in row.cells] for row in table.rows] == [
        [("1", 1, 1), ("水泵", 1, 1), ("13", 1, 1)],
        [("2", 2, 1), ("阀门", 1, 1), ("15", 1, 1)],
        [("法兰", 1, 1), ("16", 1, 1)],
        [("合计", 1, 2), ("44", 1, 1)],
    ]


def test_lay_out_tables_are_paragraphs_and_tables_in_them_are_tables() -> None:
    document = read_body(
        "<table><tr><td>采购合同<br>编号：7<table><tr><th>名称<th>单价<tr><td>泵<td>3<tr><td>阀<td>4</table>以上含税。</table>"
    )
    assert document.text.split("\n") == ["采购合同", "编号：7", "名称\t单价", "泵\t3", "阀\t4", "以上含税。"]
    assert len(document.tables) == 1


def test_blanks_boxes_and_fields() -> None:
    document = read_body(
        "<p>甲方：<u>&nbsp;&nbsp;&nbsp;&nbsp;</u></p><p>工期<u>&nbsp;30&nbsp;</u>日。</p>"
        "<p><input type=checkbox checked>转账<input type=radio>支票□现金<input value=三十><input></p>"
        "<p><select><option>月<option selected>季</select>付</p>"
    )
    assert document.text.split("\n") == ["甲方：____", "工期 30 日。", "☑转账□支票□现金 三十 ________", "季付"]
    assert marks(document) == [
        ("blank", "____"), ("filled_blank", "30"), ("checked", "☑"), ("unchecked", "□"), ("unchecked", "□"),
        ("filled_blank", "三十"), ("blank", "________"),
    ]  # fmt: skip


def test_tracked_changes() -> None:
    document = read_body("<p>价款<del>100</del><ins>200</ins>元。</p>")
    assert document.text == "价款200元。"
    assert marks(document) == [("inserted", "200")]
    assert [item.text for item in document.furniture] == ["100"]
    assert "tracked changes" in document.problems[0].message


def test_deep_nesting_costs_lay_out_not_words() -> None:
    document = read_body("<div>" * 250 + "深处的条款" + "</div>" * 250)
    assert document.text == "深处的条款"


def test_nesting_beyond_reason_is_reported() -> None:
    document = read_body("<p>第一条</p>" + "<div>" * 5000 + "深处的条款")
    assert document.text == "第一条"
    assert (document.problems[0].code, document.problems[0].severity) == ("part_unread", "error")


def test_entities_are_harmless() -> None:
    bomb = "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><html><body><p>甲方&b;&#20057;</p></body></html>"
    assert len(read(bomb.encode()).text) < 40


def web_archive(page: str, picture: bytes) -> bytes:
    body = base64.b64encode(page.encode("gb18030")).decode()
    lines = [
        "MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="x"', "",
        "--x", "Content-Type: text/html; charset=gb2312", "Content-Transfer-Encoding: base64", "", body,
        "--x", "Content-Type: image/png", "Content-Transfer-Encoding: base64", "Content-Location: file:///C:/a/image001.png", "",
        base64.b64encode(picture).decode(), "--x--", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def test_a_web_archive_with_its_pictures() -> None:
    page = "<html><body><p>第一条 标的。<img src='image001.png' width=800 height=1100><img src='http://x/y.png'></p><p>第二条</p>"
    data = web_archive(page, as_bytes(sheet("甲")))
    document = read(data, ReadOptions(engine=FixedEngine("附件一 技术要求")))
    assert document.source.media_type == "multipart/related"
    assert document.text.split("\n") == ["第一条 标的。", "附件一 技术要求", "第二条"]
    assert "1 pictures" in document.problems[0].message
    with pytest.raises(ReadError, match="file_damaged"):
        read(data[:150])


def test_a_picture_written_into_the_page() -> None:
    url = "data:image/png;base64," + base64.b64encode(as_bytes(sheet("甲"))).decode()
    body = f"<p>正文。<img src='{url}' width=800 height=1100></p>".encode()
    document = read(b"<html><body>" + body, ReadOptions(engine=FixedEngine("附件一 技术要求")))
    assert document.text.split("\n") == ["正文。", "附件一 技术要求"]
