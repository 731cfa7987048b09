"""Word files: what is drawn, deleted, symbolic or broken, and what of it is printed."""

# ruff: noqa: E501 — mark-up reads better unbroken

import io
import zipfile

import pytest

from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.errors import ReadError
from tests.support.docx import cell, level, listed, make_docx, p, r, table

TAB = "<w:r><w:tab/></w:r>"


def lines(body: str) -> list[str]:
    return read(make_docx(body)).text.split("\n")


def replaced(data: bytes, name: str, change: bytes | None) -> bytes:
    """A package with a part changed, or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.namelist():
            if item != name:
                target.writestr(item, source.read(item))
            elif change is not None:
                target.writestr(item, change)
    return out.getvalue()


def leader(kind: str) -> str:
    return f'<w:tabs><w:tab w:val="left" w:leader="{kind}" w:pos="4000"/></w:tabs>'


def test_tabs_with_a_drawn_leader_are_blanks() -> None:
    document = read(make_docx(p("甲方：", TAB, properties=leader("underscore")) + p("乙方：", TAB, "盖章")))
    assert document.text == "甲方：____\n乙方： 盖章"
    assert [(mark.kind, mark.span.start) for mark in document.marks] == [("blank", 3)]


def test_symbols_written_as_letters_of_their_font() -> None:
    font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    document = read(make_docx(p(r("¨", font), "转账", r("þ", font), "支票 □现金")))
    assert document.text == "□转账☑支票 □现金"
    assert [mark.kind for mark in document.marks] == ["unchecked", "checked", "unchecked"]


def test_a_deleted_end_of_paragraph_joins_two() -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, "%1.")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    gone = listed(1) + "<w:rPr><w:del/></w:rPr>"
    body = p("甲。", properties=listed(1)) + p("乙方应", properties=gone) + p("付款。", properties=listed(1))
    body += f"<w:p><w:pPr>{gone}</w:pPr><w:del><w:r><w:delText>丙。</w:delText></w:r></w:del></w:p>" + p(
        "丁。", properties=listed(1)
    )
    document = read(make_docx(body, parts={"numbering": numbering}))
    assert document.text.split("\n") == ["1. 甲。", "2. 乙方应付款。", "3. 丁。"]


def test_a_field_without_an_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert lines(p("第一条", begin.format("REF x")) + p("第二条")) == ["第一条", "第二条"]
    contents = p(begin.format("TOC"), separate, "第一条 标的\t1") + p("第一条 标的。") + p("甲方购买水泵。")
    assert lines(contents) == ["第一条 标的。", "甲方购买水泵。"]


def test_alternate_content_in_the_body_is_read_once() -> None:
    choice = f"<mc:AlternateContent><mc:Choice>{p('甲')}</mc:Choice><mc:Fallback>{p('甲')}</mc:Fallback></mc:AlternateContent>"
    assert lines(choice + p("乙")) == ["甲", "乙"]


def test_content_controls_around_everything() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    grid = f"<w:tbl>{control('<w:tr>' + cell('名称') + cell('单价') + '</w:tr>')}<w:tr>{control(cell('泵'))}{cell('3')}</w:tr><w:tr>{cell('阀')}{cell('4')}</w:tr></w:tbl>"
    assert lines(control(p("甲方：", control(r("长江公司")))) + control(grid)) == [
        "甲方：长江公司", "名称\t单价", "泵\t3", "阀\t4",
    ]  # fmt: skip


def test_tables_in_tables() -> None:
    inner = table(["名称", "单价"], ["泵", "3"], ["阀", "4"])
    outer = f"<w:tbl><w:tr><w:tc>{p('清单：')}{inner}{p('完。')}</w:tc></w:tr></w:tbl>"
    document = read(make_docx(outer))
    assert document.text.split("\n") == ["清单：", "名称\t单价", "泵\t3", "阀\t4", "完。"]
    assert document.tables[0].columns == ("名称", "单价")
    # inside a price list the outer table is the one that counts
    deep = table(["序号", "名称", "单价"], ["1", f"<w:tc>{p('成套')}{inner}</w:tc>", "7"], ["2", "管", "8"])
    (found,) = read(make_docx(deep)).tables
    assert [item.text for item in found.rows[0].cells] == ["1", "成套名称 单价泵 3阀 4", "7"]


def test_a_part_in_another_format_is_reported() -> None:
    document = read(make_docx(p("正文") + '<w:altChunk r:id="x"/>'))
    assert [(item.code, item.severity) for item in document.problems] == [("part_unread", "error")]


def test_broken_xml_is_read_as_far_as_it_goes_and_reported() -> None:
    data = make_docx(p("第一条 标的。") + p("第二条 价款。"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = package.read("word/document.xml")
    cut = replaced(data, "word/document.xml", part[: part.index("第二".encode())])
    document = read(cut)
    assert document.text == "第一条 标的。"
    assert [(item.code, item.severity) for item in document.problems] == [("part_unread", "warning")]


@pytest.mark.parametrize(
    ("change", "code"),
    [(None, "file_damaged"), (b"", "file_damaged"), (b"<x/>", "file_damaged"), (b"\x00\xff" * 99, "file_damaged")],
)
def test_without_a_text_part(change: bytes | None, code: str) -> None:
    data = replaced(make_docx(p("正文")), "word/document.xml", change)
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code in (code, "file_type_unknown")


def test_entities_do_not_multiply() -> None:
    head = "<!DOCTYPE x [" + '<!ENTITY a "' + "甲" * 100 + '">'
    for name, before in zip("bcdefghi", "abcdefgh", strict=True):
        head += f'<!ENTITY {name} "{f"&{before};" * 10}">'
    data = make_docx(p("正文"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = package.read("word/document.xml")
    bomb = (head + "]>").encode() + part.replace("正文".encode(), "正文&i;".encode())
    assert len(read(replaced(data, "word/document.xml", bomb)).text) < 1000


def test_deep_nesting_is_no_crash() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5000 + p("深处") + "</w:sdtContent></w:sdt>" * 5000
    document = read(make_docx(p("正文。") + deep))
    assert document.text.startswith("正文。")
    assert document.problems
    tables = "<w:tbl><w:tr><w:tc>" * 60 + p("深处") + "</w:tc></w:tr></w:tbl>" * 60
    assert read(make_docx(p("正文。") + tables)).text.startswith("正文。")


def test_many_paragraphs_and_a_huge_table() -> None:
    # 100,000 of them take a test too long; make bench reads as many and shows that time grows with their number only
    assert len(read(make_docx("".join(p(f"第{n}条 {hash(n * 7919)}。") for n in range(20_000)))).paragraphs) == 20_000
    rows = [["序号", "名称", "数量"], *([str(n), f"水泵{n * n}", "2"] for n in range(1, 3001))]
    (found,) = read(make_docx(table(*rows))).tables
    assert len(found.rows) == 3000


def test_a_cell_that_claims_to_span_everything() -> None:
    grid = table([cell("甲", '<w:gridSpan w:val="99999999"/>'), "乙"], ["丙", "丁"], ["戊", "己"])
    assert "乙" in read(make_docx(grid)).text


def test_the_budget_of_unpacked_bytes_is_one_for_all_parts() -> None:
    data = make_docx(p("正文"), parts={f"header{n}": p("甲" * 100_000) for n in range(6)})
    with pytest.raises(ReadError) as caught:
        read(data, ReadOptions(limits=Limits(unpacked_bytes=1_000_000)))
    assert caught.value.code == "file_too_large"
