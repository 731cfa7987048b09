"""Pictures inside Word files: pages of their own, at their place; small ones are no text."""

# ruff: noqa: E501 — mark-up reads better unbroken

import pytest
from PIL import Image

from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.document import Document
from tests.support.docx import make_docx, p, table
from tests.support.engines import CrashingEngine, FixedEngine
from tests.support.pictures import as_bytes, sheet

PAGE = (595, 842)


def shown(name: str, size: tuple[float, float] = PAGE) -> str:
    wide, high = (round(side * 12700) for side in size)
    return f'<w:r><w:drawing><wp:inline xmlns:wp="x"><wp:extent cx="{wide}" cy="{high}"/><a:graphic><a:blip r:embed="{name}"/></a:graphic></wp:inline></w:drawing></w:r>'


def read_with(body: str, *pictures: bytes, engine: object | None = None, limits: Limits | None = None) -> Document:
    files = {f"word/media/image{place}.bin": data for place, data in enumerate(pictures, start=1)}
    engine = engine or FixedEngine("附件一 技术要求", "流量为每小时三十立方米。")
    return read(make_docx(body, files=files), ReadOptions(engine=engine, limits=limits or Limits()))  # type: ignore[arg-type]


def test_a_scanned_annex_is_read_in_its_place() -> None:
    document = read_with(p("第一条 标的。") + p(shown("m1")) + p("以下无正文。"), as_bytes(sheet("甲")))
    assert document.text.split("\n") == ["第一条 标的。", "附件一 技术要求", "流量为每小时三十立方米。", "以下无正文。"]
    assert [(page.number, page.origin) for page in document.pages] == [(1, "flow"), (2, "ocr")]
    assert [item.page for item in document.paragraphs] == [1, 2, 2, 1]
    assert [line.span.of(document.text) for line in document.pages[1].lines] == document.text.split("\n")[1:3]
    assert document.pages[1].reason == "picture inside the document"


def test_a_picture_in_a_table_cell_stands_behind_the_table() -> None:
    grid = table(
        ["名称", "样式", "数量"], ["水泵", f"<w:tc><w:tcPr/>{p(shown('m1'))}</w:tc>", "2"], ["阀门", "无", "3"]
    )
    document = read_with(grid, as_bytes(sheet("甲")))
    assert document.tables[0].columns == ("名称", "样式", "数量")
    assert document.text.split("\n")[3:] == ["附件一 技术要求", "流量为每小时三十立方米。"]


def test_old_drawings_say_their_size_otherwise() -> None:
    old = '<w:r><w:pict><v:shape style="width:500pt;height:700pt"><v:imagedata r:id="m1"/></v:shape></w:pict></w:r>'
    assert "附件一" in read_with(p("正文。") + p(old), as_bytes(sheet("甲"))).text


def test_a_logo_is_no_text_and_a_repeated_picture_is_read_once() -> None:
    engine = FixedEngine("长江水务")
    logo = as_bytes(Image.new("RGB", (900, 900), "white"))
    document = read_with(p("正文。", shown("m1", (90, 45))) + p("其二。", shown("m1", (90, 45))), logo, engine=engine)
    assert document.text == "正文。\n其二。"
    assert [(item.role, item.text) for item in document.furniture] == [("noise", "长江水务")]
    assert engine.calls == 1


@pytest.mark.parametrize("data", [b"\x01\x00\x00\x00 EMF" * 20, as_bytes(sheet("甲"))[:900]])
def test_a_picture_that_cannot_be_read_costs_itself(data: bytes) -> None:
    document = read_with(p("正文。") + p(shown("m1")), data)
    assert document.text == "正文。"
    assert (document.problems[0].code, document.problems[0].severity) == ("part_unread", "warning")


def test_an_engine_that_fails_costs_the_picture() -> None:
    document = read_with(p("正文。") + p(shown("m1")), as_bytes(sheet("甲")), engine=CrashingEngine(RuntimeError("x")))
    assert document.text == "正文。"
    assert document.problems[0].code == "part_unread"


def test_limits_hold_for_pictures() -> None:
    bomb = as_bytes(Image.new("1", (9000, 9000)))
    document = read_with(p("正文。") + p(shown("m1")), bomb, limits=Limits(pixels=1_000_000))
    assert (document.text, document.problems[0].code) == ("正文。", "part_unread")
    pages = [as_bytes(sheet(str(number))) for number in range(3)]
    body = p("正文。") + "".join(p(shown(f"m{number}")) for number in (1, 2, 3))
    document = read_with(body, *pages, limits=Limits(pages=2))
    assert (len(document.pages), len(document.problems)) == (2, 2)


def test_a_picture_outside_the_file_is_not_fetched() -> None:
    linked = shown("m1").replace("r:embed", "r:link")
    assert read_with(p("正文。") + p(linked)).text == "正文。"


def test_pictures_of_rich_text() -> None:
    digits = as_bytes(sheet("甲")).hex()
    data = rf"{{\rtf1\ansi A\par {{\*\shppict{{\pict\pngblip\picwgoal11900\pichgoal16840 {digits}}}}}{{\nonshppict{{\pict 00}}}}\par B\par}}"
    document = read(data.encode(), ReadOptions(engine=FixedEngine("附件一 技术要求")))
    assert document.text.split("\n") == ["A", "附件一 技术要求", "B"]
    assert [page.origin for page in document.pages] == ["flow", "ocr"]
