"""Word files: white words nobody can see are kept aside, white words on colour stay; words of diagrams are read."""

import pytest

from ingest.read import read
from schema.document import Document
from tests.support.docx import make_docx, p, r

_WHITE = '<w:color w:val="FFFFFF"/>'
_NAVY = '<w:shd w:val="clear" w:fill="1F3864"/>'


def aside(document: Document) -> list[str]:
    return [item.text for item in document.furniture if item.role == "noise"]


def test_white_words_are_kept_aside_and_reported() -> None:
    document = read(make_docx(p("第一条 价款为九万元。") + p(r("本条不适用。", _WHITE))))
    assert document.text == "第一条 价款为九万元。"
    assert aside(document) == ["本条不适用。"]
    assert [problem.code for problem in document.problems] == ["reading_note"]


def test_white_by_the_style_of_the_paragraph() -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="W"><w:name w:val="白"/><w:rPr>{_WHITE}</w:rPr></w:style>'
    body = p("第一条 价款为九万元。") + p("本条不适用。", properties='<w:pStyle w:val="W"/>')
    assert aside(read(make_docx(body, parts={"styles": styles}))) == ["本条不适用。"]


@pytest.mark.parametrize(
    "words",
    [
        p(r("重要提示", _WHITE + _NAVY)),
        p(r("重要提示", _WHITE + '<w:highlight w:val="darkBlue"/>')),
        p(r("重要提示", _WHITE), properties=_NAVY),
        f"<w:tbl><w:tr><w:tc><w:tcPr>{_NAVY}</w:tcPr>{p(r('重要提示', _WHITE))}</w:tc></w:tr></w:tbl>",
        '<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr><w:tr><w:tc>'
        + p(r("重要提示", _WHITE))
        + "</w:tc></w:tr></w:tbl>",
        p("<w:r><w:pict><w:txbxContent>" + p(r("重要提示", _WHITE)) + "</w:txbxContent></w:pict></w:r>"),
        p(r("重要提示", '<w:color w:val="FF0000"/>')),
        p(r("重要提示", '<w:color w:val="auto"/>')),
    ],
)
def test_words_that_can_be_seen_stay(words: str) -> None:
    document = read(make_docx(p("第一条 价款为九万元。") + words))
    assert document.text.split("\n")[-1] == "重要提示"
    assert not aside(document)


@pytest.mark.parametrize("shade", ['<w:shd w:val="clear" w:fill="auto"/>', '<w:shd w:val="clear" w:fill="FFFFFF"/>'])
def test_white_on_white_shading_is_still_white(shade: str) -> None:
    document = read(make_docx(p("第一条 价款为九万元。") + p(r("本条不适用。", _WHITE + shade))))
    assert aside(document) == ["本条不适用。"]


def point(name: str, words: str, kind: str = "node") -> str:
    return f'<dgm:pt modelId="{name}" type="{kind}"><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>'


def hangs(child: str, parent: str, place: int, kind: str = "parOf") -> str:
    return f'<dgm:cxn type="{kind}" srcId="{parent}" destId="{child}" srcOrd="{place}"/>'


def with_diagram(data: str) -> bytes:
    drawing = (
        "<w:r><w:drawing><a:graphic><a:graphicData>"
        '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="m1"/>'
        "</a:graphicData></a:graphic></w:drawing></w:r>"
    )
    namespaces = (
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    part = f"<dgm:dataModel {namespaces}>{data}</dgm:dataModel>".encode()
    return make_docx(
        p("第一条 付款按下列流程办理：") + p(drawing) + p("第二条 其他。"), files={"word/diagrams/data1.xml": part}
    )


def test_words_of_a_diagram_stand_where_it_is_drawn_in_their_order() -> None:
    points = point("root", "", "doc") + point("c", "验收") + point("a", "签订合同") + point("b", "预付三成")
    points += point("a1", "双方盖章") + point("t", "", "parTrans")
    order = hangs("c", "root", 2) + hangs("a", "root", 0) + hangs("b", "root", 1) + hangs("a1", "a", 0)
    order += hangs("t", "a", 0, "presOf")
    document = read(with_diagram(f"<dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{order}</dgm:cxnLst>"))
    assert document.text.split("\n") == [
        "第一条 付款按下列流程办理：", "签订合同", "双方盖章", "预付三成", "验收", "第二条 其他。",
    ]  # fmt: skip
    assert "diagram" in document.problems[0].message


@pytest.mark.parametrize(
    "data",
    [
        "",
        f"<dgm:ptLst>{point('a', '签订合同')}</dgm:ptLst>",
        f"<dgm:ptLst>{point('a', '签订合同')}</dgm:ptLst>{hangs('a', 'a', 0)}{hangs('x', 'y', 0)}",
    ],
)
def test_a_diagram_that_is_odd(data: str) -> None:
    lines = read(with_diagram(data)).text.split("\n")
    assert lines == ["第一条 付款按下列流程办理：", *(["签订合同"] if data else []), "第二条 其他。"]
