r"""RTF: encodings, numbers, tables, what is not printed."""

# ruff: noqa: E501 — mark-up reads better unbroken

import pytest

from ingest.read import read
from schema.document import Document
from schema.errors import ReadError

HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset2 Wingdings;}{\f2\fcharset136 PMingLiU;}}"


def u(text: str) -> str:
    """Characters as RTF numbers, with a question mark for old readers."""
    units = text.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(f"\\u{number}?" for number in numbers)


def gbk(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))


def read_body(body: str) -> Document:
    return read((HEAD + body + "}").encode("latin-1"))


def marks(document: Document) -> list[tuple[str, str]]:
    return [(mark.kind, mark.span.of(document.text)) for mark in document.marks]


def test_encodings() -> None:
    big5 = "".join(f"\\'{byte:02x}" for byte in "契約".encode("big5"))
    document = read_body(
        rf"{u('采购合同')}\par {gbk('第一条　标的')}\par {{\f2 {big5}}}\par {u('𠮷田')}\par A\~B\{{C\}}\emdash D\par"
    )
    assert document.text.split("\n") == ["采购合同", "第一条　标的", "契約", "𠮷田", "A\u00a0B{C}—D"]


def test_raw_bytes() -> None:
    body = "采购合同".encode("gbk").decode("latin-1") + r"\par "
    assert read_body(body).text == "采购合同"


def test_a_number_of_characters_stands_for_one() -> None:
    assert read_body(rf"\uc2 \u21512\'ba\'cf{gbk('同')}\uc0 \u21512 A\par").text == "合同合A"


def test_numbers_are_those_printed() -> None:
    body = rf"\pard{{\listtext {u('第一条')}\tab}}\ls1\ilvl0 {u('标的')}\par\pard{{\pntext （1）}}{u('水泵')}\par"
    body = body.replace("（1）", u("（1）"))
    document = read_body(body)
    assert document.text == "第一条 标的\n（1）水泵"
    assert [(item.number, item.list_level) for item in document.paragraphs] == [("第一条", 0), ("（1）", 0)]


def test_what_is_not_printed() -> None:
    document = read_body(
        rf"{{\*\generator x;}}{{\info{{\title secret}}}}{{\header {u('机密')}\par}}{{\footer {u('第 1 页')}\par}}"
        rf"{u('价款')}{{\deleted 100}}{{\revised 200}}{u('元')}{{\v {u('底价')}}}"
        rf"{{\*\annotation {u('请复核')}}}{{\field{{\*\fldinst PAGE}}{{\fldrslt 7}}}}\par"
    )
    assert document.text == "价款200元7"
    assert marks(document) == [("inserted", "200")]
    assert {(item.role, item.text) for item in document.furniture} == {
        ("header", "机密"), ("page_number", "第 1 页"), ("noise", "100"), ("noise", "底价"), ("noise", "请复核"),
    }  # fmt: skip
    assert "1 insertions, 1 deletions" in document.problems[1].message


def test_blanks_boxes_notes() -> None:
    document = read_body(
        rf"{u('甲方：')}{{\ul         }}\par {{\f1 \'a8}}{u('转账')}{{\f1 \'fe}}{u('支票')}"
        rf"{{\field{{\*\fldinst FORMCHECKBOX}}{{\*\formfield\fftype1\ffres1}}}}{u('现金')}"
        rf"{{\footnote {u('含税。')}}}{u('。')}\par {u('结束。')}\par"
    )
    assert document.text.split("\n") == ["甲方：________", "□转账☑支票☑现金。", "1 含税。", "结束。"]
    assert [kind for kind, _ in marks(document)] == ["blank", "unchecked", "checked", "checked"]


def row(shape: str, *cells: str) -> str:
    return rf"\trowd\trleft0{shape}" + "".join(rf"\pard\intbl {u(text)}\cell" for text in cells) + r"\row"


def test_tables_with_merged_cells() -> None:
    plain = r"\cellx1000\cellx3000\cellx4000"
    document = read_body(
        row(plain, "序号", "名称", "单价")
        + row(r"\clvmgf\cellx1000\cellx3000\cellx4000", "1", "水泵", "13")
        + row(r"\clvmrg\cellx1000\cellx3000\cellx4000", "", "阀门", "15")
        + row(r"\cellx3000\cellx4000", "合计", "28")
        + rf"\pard {u('以上含税。')}\par"
    )
    (table,) = document.tables
    assert table.columns == ("序号", "名称", "单价")
    assert [[(cell.text, cell.row_span, cell.col_span) for cell in item.cells] for item in table.rows] == [
        [("1", 2, 1), ("水泵", 1, 1), ("13", 1, 1)],
        [("阀门", 1, 1), ("15", 1, 1)],
        [("合计", 1, 2), ("28", 1, 1)],
    ]
    assert document.text.endswith("\n以上含税。")


def test_a_table_in_a_table() -> None:
    inner = (
        rf"\pard\intbl\itap2 {u('名称')}\nestcell {u('数量')}\nestcell"
        r"{\*\nesttableprops\trowd\cellx900\cellx1800\nestrow}"
        rf"\pard\intbl\itap2 {u('泵')}\nestcell 2\nestcell"
        r"{\*\nesttableprops\trowd\cellx900\cellx1800\nestrow}"
    )
    document = read_body(rf"\trowd\cellx4000\pard\intbl {u('清单')}\par {inner}\pard\intbl {u('完')}\cell\row\pard")
    assert document.text.split("\n") == ["清单", "名称\t数量", "泵\t2", "完"]
    assert len(document.tables) == 1


def test_a_file_cut_off_keeps_what_it_has_and_says_so() -> None:
    whole = HEAD + rf"{u('第一条')}\par {u('第二条')}\par {u('第三条')}\par" + "}"
    document = read(whole[:-30].encode("latin-1"))
    assert document.text.startswith("第一条\n第二条")
    assert (document.problems[0].code, document.problems[0].severity) == ("part_unread", "error")


@pytest.mark.parametrize("count", [3000, 1_000_000])
def test_groups_without_end(count: int) -> None:
    with pytest.raises(ReadError) as caught:
        read((HEAD + "{" * count).encode())
    assert caught.value.code == "file_damaged"


def test_twenty_thousand_paragraphs() -> None:
    document = read_body(rf"{u('条款。')}\par " * 20_000)
    assert len(document.paragraphs) == 20_000
