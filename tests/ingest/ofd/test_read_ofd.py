"""OFD: words in reading order with their places, tables, what is no text, files that are hostile."""

# ruff: noqa: E501 — mark-up reads better unbroken

import io
import zipfile

import pytest

from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.document import Document
from schema.errors import ReadError
from tests.support.engines import FixedEngine
from tests.support.ofd import make_ofd, path, ruled, words
from tests.support.pictures import as_bytes, sheet

CLAUSES = (
    words(70, 40, "设备采购合同", size=7)
    + words(25, 60, "第一条　标的：水泵。")
    + words(25, 70, "第二条　价款：￥100元。")
)


def code_of(data: bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        read(data, options or ReadOptions())
    return caught.value.code


def line_of(document: Document, text: str) -> tuple[float, ...]:
    (line,) = [line for page in document.pages for line in page.lines if line.span.of(document.text) == text]
    return line.box


def test_words_and_places() -> None:
    document = read(make_ofd(CLAUSES))
    assert document.source.media_type == "application/ofd"
    assert document.text.split("\n") == ["设备采购合同", "第一条　标的：水泵。", "第二条　价款：￥100元。"]
    page = document.pages[0]
    assert (page.origin, round(page.width), round(page.height)) == ("text_layer", 595, 842)
    x0, y0, x1, y1 = line_of(document, "设备采购合同")
    assert abs(x0 - 70 * 72 / 25.4) < 1
    assert abs(x1 - 112 * 72 / 25.4) < 1
    assert 33 * 72 / 25.4 < (y0 + y1) / 2 < 40 * 72 / 25.4


def test_pages_template_and_running_heads() -> None:
    pages = [words(25, 60, f"第{n}条　内容。") + words(100, 285, f"第 {n} 页") for n in "12345"]
    document = read(make_ofd(*pages, template=words(25, 12, "合同编号：甲字七号")))
    assert document.text.split("\n") == [f"第{n}条　内容。" for n in "12345"]
    assert {item.role for item in document.furniture} == {"header", "page_number"}
    assert [page.number for page in document.pages] == [1, 2, 3, 4, 5]
    assert [item.page for item in document.paragraphs] == [1, 2, 3, 4, 5]


def test_a_ruled_table() -> None:
    rows = [["序号", "名称", "单价"], ["1", "水泵", "13"], ["2", "阀门", "15"]]
    document = read(make_ofd(words(25, 40, "货物如下：") + ruled(rows, left=30, top=50)))
    (table,) = document.tables
    assert table.columns == ("序号", "名称", "单价")
    assert [[cell.text for cell in row.cells] for row in table.rows] == rows[1:]
    assert table.rows[0].cells[1].boxes[0].page == 1


def test_matrices_distances_and_stretch() -> None:
    scaled = (
        '<ofd:TextObject ID="3" Boundary="25 80 120 10" Font="2" Size="1" CTM="4 0 0 4 0 0">'
        '<ofd:TextCode X="0" Y="1" DeltaX="1 1 0.5 g 2 0.5">甲方A12</ofd:TextCode></ofd:TextObject>'
    )
    document = read(make_ofd(scaled))
    assert document.text == "甲方A12"
    assert document.paragraphs[0].bold
    x0, _, x1, _ = line_of(document, "甲方A12")
    assert abs(x0 - 25 * 72 / 25.4) < 1
    assert x1 > (25 + 4 * 3.2) * 72 / 25.4


def test_what_is_no_text_goes_aside() -> None:
    slanted = (
        '<ofd:TextObject ID="4" Boundary="40 100 100 100" Font="1" Size="10" CTM="0.7 0.7 -0.7 0.7 0 0">'
        '<ofd:TextCode X="0" Y="10" DeltaX="g 1 10">样张</ofd:TextCode></ofd:TextObject>'
    )
    hidden = words(25, 90, "底价", extra='Visible="false"')
    white = words(25, 95, "暗记").replace("<ofd:TextCode", '<ofd:FillColor Value="255 255 255"/><ofd:TextCode')
    remark = (
        '<ofd:Annots><ofd:Annot Type="Watermark"><ofd:Appearance Boundary="0 0 50 20">'
        + words(5, 10, "内部资料")
        + "</ofd:Appearance></ofd:Annot></ofd:Annots>"
    )
    listed = '<ofd:Annots><ofd:Page PageID="1"><ofd:FileLoc>Page_0.xml</ofd:FileLoc></ofd:Page></ofd:Annots>'
    signatures = '<ofd:Annots><ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></ofd:Annots>'
    signature = '<ofd:Annots><ofd:SignedInfo><ofd:StampAnnot ID="1" PageRef="1" Boundary="100 200 42 42"/></ofd:SignedInfo></ofd:Annots>'
    document = read(
        make_ofd(
            CLAUSES + slanted + hidden + white,
            extra={
                "Doc_0/Annots/Annotations.xml": listed,
                "Doc_0/Annots/Page_0.xml": remark,
                "Doc_0/Signs/Signatures.xml": signatures,
                "Doc_0/Signs/Sign_0/Signature.xml": signature,
            },
        )
    )
    assert len(document.text.split("\n")) == 3
    assert {(item.role, item.text) for item in document.furniture} == {
        ("watermark", "样张"), ("noise", "底价暗记"), ("watermark", "内部资料"), ("seal", ""),
    }  # fmt: skip
    seal = next(item for item in document.furniture if item.role == "seal")
    assert seal.box is not None
    assert round(seal.box[2] - seal.box[0]) == 119
    assert document.problems[0].code == "reading_note"


def test_blanks_and_tick_boxes() -> None:
    square = path("M 25 76 L 29 76 L 29 80 L 25 80 C")
    objects = (
        words(25, 60, "甲方：")
        + path("M 38 60.5 L 90 60.5")
        + square
        + words(31, 80, "转账")
        + square.replace("76", "86").replace("80", "90")
    )
    objects += path("M 26 88 L 27 89 L 28.5 87") + words(31, 90, "支票")
    document = read(make_ofd(objects))
    lines = document.text.split("\n")
    assert lines[0].startswith("甲方：____")
    assert lines[1:] == ["□ 转账", "☑ 支票"]  # half a character of room behind a box is a blank


def test_a_page_that_is_a_picture_is_read_by_ocr() -> None:
    picture = '<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="101"/>'
    data = make_ofd(CLAUSES, picture, files={"Doc_0/Res/scan.png": as_bytes(sheet("甲"))})
    document = read(data, ReadOptions(engine=FixedEngine("附件一 技术要求")))
    assert document.text.split("\n")[-1] == "附件一 技术要求"
    assert [page.origin for page in document.pages] == ["text_layer", "ocr"]


def test_a_page_that_is_missing_costs_itself() -> None:
    data = make_ofd(CLAUSES, CLAUSES)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if "Page_1" not in name:
                target.writestr(name, source.read(name))
    document = read(out.getvalue())
    assert len(document.text.split("\n")) == 3
    assert [(item.code, item.page) for item in document.problems] == [("page_failed", 2)]
    assert document.pages[1].grade == "poor"


@pytest.mark.parametrize("keep", [40, 400, 1500])
def test_cut_off(keep: int) -> None:
    assert code_of(make_ofd(CLAUSES)[:keep]) in ("file_damaged", "file_type_unknown")


def test_limits() -> None:
    many = make_ofd(*["" for _ in range(12)])
    assert code_of(many, ReadOptions(limits=Limits(pages=10))) == "file_too_large"
    assert code_of(make_ofd()) == "file_damaged"
    assert code_of(make_ofd("")) == "no_text"
    endless = words(25, 60, "一二三四五六七八九十", deltas="g 99999999 4")
    assert read(make_ofd(endless)).text == "一二三四五六七八九十"
    assert read(make_ofd(words(25, 60, "条", extra='HScale="nan"') + path("M 1e999 nan L 5"))).text == "条"


def test_places_outside_the_package_name_nothing() -> None:
    data = make_ofd(
        CLAUSES, '<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="101"/>', files={"Doc_0/Res/a.png": b"x"}
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"a.png", b"../../../../etc/passwd"))
    assert read(out.getvalue()).text.startswith("设备采购合同")


def test_encrypted() -> None:
    assert code_of(make_ofd(CLAUSES, extra={"Encryptions.xml": "<x/>"})) == "file_encrypted"
