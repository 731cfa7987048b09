"""OpenDocument texts: numbers of lists, tables, what is no text, files that are hostile."""

# ruff: noqa: E501 — mark-up reads better unbroken

import shutil
import subprocess
from pathlib import Path

import pytest

from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.document import Document
from schema.errors import ReadError
from tests.support.engines import FixedEngine
from tests.support.odt import make_odt
from tests.support.pictures import as_bytes, sheet


def number(place: int, written: str, suffix: str, extra: str = "", prefix: str = "") -> str:
    return f'<text:list-level-style-number text:level="{place}" style:num-format="{written}" style:num-prefix="{prefix}" style:num-suffix="{suffix}" {extra}><style:list-level-properties><style:list-level-label-alignment text:label-followed-by="{"nothing" if suffix == "、" else "listtab"}"/></style:list-level-properties></text:list-level-style-number>'


STYLES = (
    '<text:list-style style:name="L1">'
    + number(1, "一, 二, 三, ...", "条", prefix="第")
    + number(2, "1", "、")
    + number(3, "1", "", 'text:display-levels="2"')
    + "</text:list-style>"
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-underline-style="solid" fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"><style:paragraph-properties fo:text-align="center"/></style:style>'
)


def read_body(body: str, **more: object) -> Document:
    return read(make_odt(body, automatic=STYLES, **more))  # type: ignore[arg-type]


def p(inside: str) -> str:
    return f"<text:p>{inside}</text:p>"


def items(*inside: str, extra: str = "") -> str:
    listed = "".join(f"<text:list-item>{item}</text:list-item>" for item in inside)
    return f'<text:list text:style-name="L1" {extra}>{listed}</text:list>'


def test_lists_levels_continued_and_started_anew() -> None:
    inner = f"<text:list><text:list-item>{p('水泵')}</text:list-item><text:list-item>{p('阀门')}</text:list-item></text:list>"
    document = read_body(
        items(p("标的") + inner, p("价款"), extra='xml:id="one"') + p("（正文）") + items(p("交货"), extra='text:continue-list="one"')
        + items(p("其他"), extra='text:continue-numbering="true"') + items(p("附则"))
        + f'<text:list text:style-name="L1"><text:list-header>{p("说明")}</text:list-header><text:list-item text:start-value="9">{p("完")}</text:list-item></text:list>'
    )  # fmt: skip
    assert document.text.split("\n") == [
        "第一条 标的", "1、水泵", "2、阀门", "第二条 价款", "（正文）", "第三条 交货", "第四条 其他", "第一条 附则", "说明", "第九条 完",
    ]  # fmt: skip
    assert (document.paragraphs[1].number, document.paragraphs[1].list_level) == ("1、", 1)


def test_headings_are_numbered_by_the_outline() -> None:
    outline = '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    body = '<text:h text:outline-level="1">总则</text:h><text:h text:outline-level="2">定义</text:h><text:h text:outline-level="1">价款</text:h>'
    assert read_body(body, styles=outline).text.split("\n") == ["1. 总则", "1.1 定义", "2. 价款"]


def test_looks_blanks_breaks() -> None:
    document = read_body(
        f'<text:p text:style-name="P1"><text:span text:style-name="T1">采购合同</text:span></text:p>'
        f"{p('甲方：<text:span text:style-name=' + chr(34) + 'T1' + chr(34) + '><text:s text:c=' + chr(34) + '8' + chr(34) + '/></text:span>')}"
        f"{p('地址：武汉<text:line-break/>电话：010□传真')}"
    )
    assert document.text.split("\n") == ["采购合同", "甲方：________", "地址：武汉", "电话：010□传真"]
    assert (document.paragraphs[0].bold, document.paragraphs[0].alignment) == (True, "center")
    assert [mark.kind for mark in document.marks] == ["blank", "unchecked"]


def test_table_with_merged_cells() -> None:
    def cell(text: str, extra: str = "") -> str:
        return f"<table:table-cell {extra}>{p(text)}</table:table-cell>"

    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    covered = "<table:covered-table-cell/>"
    (table,) = read_body(
        "<table:table>" + f"<table:table-header-rows>{row(cell('序号'), cell('名称'), cell('单价'))}</table:table-header-rows>"
        + row(cell("1", 'table:number-rows-spanned="2"'), cell("泵"), cell("3")) + row(covered, cell("阀"), cell("4"))
        + row(cell("合计", 'table:number-columns-spanned="2"'), covered, cell("7")) + "</table:table>"
    ).tables  # fmt: skip
    assert table.columns == ("序号", "名称", "单价")
    assert [[(item.text, item.row_span, item.col_span) for item in found.cells] for found in table.rows] == [
        [("1", 2, 1), ("泵", 1, 1), ("3", 1, 1)],
        [("阀", 1, 1), ("4", 1, 1)],
        [("合计", 1, 2), ("7", 1, 1)],
    ]


def test_what_goes_aside() -> None:
    changes = "<text:tracked-changes><text:changed-region><text:deletion><text:p>100</text:p></text:deletion></text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('含税。')}</text:note-body></text:note>"
    price = f'价款<text:change text:change-id="a"/><text:change-start text:change-id="b"/>200<text:change-end text:change-id="b"/>元{note}<office:annotation><dc:creator>x</dc:creator>{p("请复核")}</office:annotation><text:span text:style-name="T2">底价</text:span>。'
    header = f"<office:master-styles><style:master-page><style:header>{p('机密')}</style:header><style:footer>{p('第 1 页')}</style:footer></style:master-page></office:master-styles>"
    contents = f"<text:table-of-content><text:index-body>{p('标的 1')}</text:index-body></text:table-of-content>"
    document = read_body(changes + contents + p(price), styles=header)
    assert document.text.split("\n") == ["价款200元。", "1 含税。"]
    assert [(mark.kind, mark.span.of(document.text)) for mark in document.marks] == [("inserted", "200")]
    assert {(item.role, item.text) for item in document.furniture} == {
        ("noise", "标的 1"), ("noise", "请复核"), ("noise", "底价"), ("noise", "100"), ("header", "机密"), ("page_number", "第 1 页"),
    }  # fmt: skip
    assert {problem.code for problem in document.problems} == {"reading_note"}


def test_boxes_and_pictures_follow_their_paragraph() -> None:
    box = f"<draw:frame><draw:text-box>{p('盖章处')}</draw:text-box></draw:frame>"
    picture = '<draw:frame svg:width="21cm" svg:height="29.7cm"><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    data = make_odt(p("第一条" + box) + p(picture) + p("第二条"), files={"Pictures/a.png": as_bytes(sheet("甲"))})
    document = read(data, ReadOptions(engine=FixedEngine("附件一 技术要求")))
    assert document.text.split("\n") == ["第一条", "盖章处", "附件一 技术要求", "第二条"]
    assert [page.origin for page in document.pages] == ["flow", "ocr"]


def test_refused() -> None:
    def code_of(data: bytes, options: ReadOptions | None = None) -> str:
        with pytest.raises(ReadError) as caught:
            read(data, options or ReadOptions())
        return caught.value.code

    whole = make_odt(p("正文" * 50))
    assert code_of(make_odt(p("正文"), manifest="<x><manifest:encryption-data/></x>")) == "file_encrypted"
    assert code_of(whole[: len(whole) // 2]) == "file_damaged"
    assert code_of(make_odt("")) == "no_text"
    assert (
        code_of(make_odt(p("甲" * 900_000)), ReadOptions(limits=Limits(unpacked_bytes=1_000_000))) == "file_too_large"
    )
    deep = "<text:section>" * 200 + p("深处") + "</text:section>" * 200
    assert read(make_odt(p("正文。") + deep)).text.startswith("正文。")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_word_file_and_its_conversion_say_the_same(tmp_path: Path) -> None:
    sample = Path(__file__).parents[3] / "samples" / "purchase.docx"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(sample)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    theirs, ours = read(tmp_path / "purchase.odt"), read(sample)
    # the converter knows no decimal numbers below Chinese ones (一.1)
    digits = str.maketrans("一二三四五六七八九十", "1234567890")
    differing = [
        (one, other) for one, other in zip(ours.text.split("\n"), theirs.text.split("\n"), strict=True) if one != other
    ]
    assert all(other.partition(".")[0].translate(digits).isdigit() for _, other in differing)
    assert [len(table.rows) for table in ours.tables] == [len(table.rows) for table in theirs.tables]
