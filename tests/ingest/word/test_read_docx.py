"""Word files: what is printed, in which order, and what is kept aside."""

# ruff: noqa: E501 — mark-up reads better unbroken

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.document import Document
from schema.errors import ReadError
from tests.support.docx import cell, make_docx, p, r, table

UNDERLINED = '<w:u w:val="single"/>'


def marks(document: Document) -> list[tuple[str, str]]:
    return [(mark.kind, mark.span.of(document.text)) for mark in document.marks]


def test_drawn_blanks() -> None:
    document = read(make_docx(p("甲方：", r("        ", UNDERLINED)) + p("工期", r(" 30 ", UNDERLINED), "日内完成。")))
    assert document.text == "甲方：________\n工期 30 日内完成。"
    assert marks(document) == [("blank", "________"), ("filled_blank", "30")]


def test_blank_cut_into_runs_is_one() -> None:
    document = read(make_docx(p("地址：", r("  ", UNDERLINED), r("\u3000", UNDERLINED), r(" ", UNDERLINED))))
    assert document.text == "地址：_____"


def test_hard_line_breaks() -> None:
    body = p(
        r("甲方：长江公司"), "<w:r><w:br/></w:r>", r("地址：武汉"), "<w:r><w:br/></w:r>", r("未尽事宜，双方可以签订补充协"),
        "<w:r><w:br/></w:r>", r("议，补充协议与本合同效力相同。"),
    )  # fmt: skip
    assert read(make_docx(body)).text.split("\n") == [
        "甲方：长江公司",
        "地址：武汉",
        "未尽事宜，双方可以签订补充协议，补充协议与本合同效力相同。",
    ]


def test_tracked_changes_are_accepted_and_reported() -> None:
    body = p(
        r("价款为"), "<w:del><w:r><w:delText>100</w:delText></w:r></w:del>", f"<w:ins>{r('200')}</w:ins>", r("元。")
    )
    document = read(make_docx(body))
    assert document.text == "价款为200元。"
    assert marks(document) == [("inserted", "200")]
    assert "tracked changes" in document.problems[0].message
    assert [(item.role, item.text) for item in document.furniture] == [("noise", "100")]


def test_comments_headers_footers_stay_outside() -> None:
    document = read(
        make_docx(
            p("正文条款。"),
            parts={
                "comments": f"<w:comment>{p('请法务复核')}</w:comment>",
                "header1": p("机密文件"),
                "footer1": p("第 1 页"),
            },
        )
    )
    assert document.text == "正文条款。"
    assert {(item.role, item.text) for item in document.furniture} == {
        ("noise", "请法务复核"),
        ("header", "机密文件"),
        ("page_number", "第 1 页"),
    }


def test_fields_print_their_result_only() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第三条</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert read(make_docx(p("依照", field, "执行。"))).text == "依照第三条执行。"


def test_table_of_contents_is_kept_aside() -> None:
    body = (
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
          '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "第一条 标的\t1")
        + p("第二条 价款\t2") + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p("第一条 标的")
    )  # fmt: skip
    document = read(make_docx(body))
    assert document.text == "第一条 标的"
    assert [item.reason for item in document.furniture] == ["table of contents"] * 2


def test_boxes() -> None:
    control = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        + r("☐")
        + "</w:sdtContent></w:sdt>"
    )
    old = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
        '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = p(
        control.format(1),
        "转账 ",
        control.format(0),
        "支票 ",
        old,
        "现金",
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>',
    )
    document = read(make_docx(body))
    assert document.text == "☑转账 □支票 ☑现金□"
    assert marks(document) == [("checked", "☑"), ("unchecked", "□"), ("checked", "☑"), ("unchecked", "□")]


def test_unfilled_content_control_is_a_blank() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入')}</w:sdtContent></w:sdt>"
    document = read(make_docx(p("联系人：", control)))
    assert document.text == "联系人：单击此处输入"
    assert marks(document) == [("blank", "单击此处输入")]


def test_text_boxes_and_notes_follow_their_paragraph() -> None:
    box = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{p('盖章处')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{p('盖章处')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    body = p("第一条", box) + p("价款", '<w:r><w:footnoteReference w:id="2"/></w:r>', "以人民币计。") + p("第二条")
    document = read(make_docx(body, parts={"footnotes": f'<w:footnote w:id="2">{p("含税。")}</w:footnote>'}))
    assert document.text.split("\n") == ["第一条", "盖章处", "价款以人民币计。", "1 含税。", "第二条"]


def test_hidden_text_is_reported() -> None:
    document = read(make_docx(p("可见。", r("底价五十万", "<w:vanish/>"))))
    assert document.text == "可见。"
    assert document.furniture[0].text == "底价五十万"
    assert document.problems[0].severity == "info"


def test_merged_cells() -> None:
    grid = table(
        ["序号", "名称", "单价", "数量"],
        [cell("1", "<w:vMerge w:val='restart'/>"), cell("水泵及阀门", "<w:gridSpan w:val='2'/>"), "20"],
        [cell("", "<w:vMerge/>"), "法兰", "5", "40"],
        [cell("合计", "<w:gridSpan w:val='3'/>"), "60"],
    )
    (found,) = read(make_docx(grid)).tables
    assert found.columns == ("序号", "名称", "单价", "数量")
    spans = [[(item.text, item.row_span, item.col_span) for item in row.cells] for row in found.rows]
    assert spans == [
        [("1", 2, 1), ("水泵及阀门", 1, 2), ("20", 1, 1)],
        [("法兰", 1, 1), ("5", 1, 1), ("40", 1, 1)],
        [("合计", 1, 3), ("60", 1, 1)],
    ]
    assert found.rows[2].id == "t1/total"


def test_layout_tables_are_unrolled() -> None:
    bilingual = table(["English", "中文"], ["Fees are due within thirty days.", "费用应在三十日内支付。"])
    signatures = table(["甲方（盖章）：", "乙方（盖章）："], ["法定代表人：", "法定代表人："], ["日期：", "日期："])
    document = read(make_docx(bilingual + p("以下为签署页") + signatures))
    assert document.text.split("\n") == [
        "English", "中文", "Fees are due within thirty days.", "费用应在三十日内支付。", "以下为签署页",
        "甲方（盖章）：", "法定代表人：", "日期：", "乙方（盖章）：", "法定代表人：", "日期：",
    ]  # fmt: skip
    assert document.tables == ()


def test_typed_page_numbers_and_what_repeats_beside_them() -> None:
    body = "".join(p(f"第{n}条 内容。") + p("本文件仅供内部审阅") + p(f"第 {n} 页 共 6 页") for n in range(1, 7))
    document = read(make_docx(body))
    assert document.text.split("\n") == [f"第{n}条 内容。" for n in range(1, 7)]
    assert {item.role for item in document.furniture} == {"page_number", "footer"}


def test_title_written_downwards_and_lines_broken_by_hand() -> None:
    lines = ["采", "购", "合", "同"]
    clause = "第一条 为使承包人如期完成泵房改造发包人应当在进场以前备妥施工用水用电与临时堆场并且应当派定一名代表负责现场每日沟通与签"
    broken = [clause[start : start + 20] for start in range(0, len(clause), 20)] * 3
    body = "".join(p(line, properties='<w:jc w:val="center"/>') for line in lines) + "".join(p(line) for line in broken)
    assert read(make_docx(body)).text.split("\n") == ["采购合同", clause, clause, clause]


def test_looks() -> None:
    source = docx.Document()
    heading = source.add_paragraph()
    heading.add_run("第一条 标的").bold = True
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    out = io.BytesIO()
    source.save(out)
    (found,) = read(out.getvalue()).paragraphs
    assert (found.bold, found.alignment, found.style) == (True, "center", None)


@pytest.mark.parametrize("keep", [30, 200, 900])
def test_cut_off_file(keep: int) -> None:
    with pytest.raises(ReadError) as caught:
        read(make_docx(p("合同" * 500))[:keep])
    assert caught.value.code in ("file_damaged", "file_type_unknown")


def test_unpacking_is_limited() -> None:
    bomb = make_docx(p("甲" * 3_000_000))
    with pytest.raises(ReadError) as caught:
        read(bomb, ReadOptions(limits=Limits(unpacked_bytes=2_000_000)))
    assert caught.value.code == "file_too_large"


def test_encrypted_word_file() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ReadError) as caught:
        read(ole)
    assert caught.value.code == "file_encrypted"


def test_entities_are_not_resolved() -> None:
    data = make_docx(p("甲方"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + part.replace(
                    "甲方".encode(), "甲方&e;".encode()
                )
            target.writestr(name, part)
    assert read(out.getvalue()).text == "甲方"
