"""Word files laid out by LibreOffice: what is found on the pages, and what is better not said."""

import shutil
from pathlib import Path

import pytest

from ingest import sniff
from ingest.libreoffice import find_libreoffice
from ingest.read import read
from ingest.rendering import RenderedPage, place_lines, render
from schema.errors import ReadError
from tests.support.pdf import lines, make_pdf, together

PURCHASE = Path(__file__).parents[2] / "samples" / "purchase.docx"
TEXT = """水泵采购合同
甲方：青禾商贸有限公司
乙方：远山机械有限公司
第一条 标的
1.1 甲方向乙方购买下列水泵。
第二条 交货
2.1 乙方应当在____日前交货。
附件 验收单
甲方："""


def found(pages: list[RenderedPage], text: str = TEXT) -> list[tuple[int, str]]:
    return [(page.number, text[line.start : line.end]) for page in pages for line in page.lines]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("第一条 标的", "第二条 交货"), ["第一条 标的", "第二条 交货"]),
        # blanks are drawn as each program likes, and full-width signs may be narrow
        (("2.1 乙方应当在          日前交货。",), ["2.1 乙方应当在____日前交货。"]),
        (("甲方:青禾商贸有限公司",), ["甲方：青禾商贸有限公司"]),
        # a line that breaks off in the middle of a sentence
        (("1.1 甲方向乙方购买", "下列水泵。"), ["1.1 甲方向乙方购买", "下列水泵。"]),
        # numbers counted anew, a deleted one in brackets
        (("[2.2]2.3 乙方应当在日前交货。",), ["乙方应当在____日前交货。"]),
        # what the text does not have, or has twice
        (("丙方：临澜仪表有限公司",), []),
        (("甲方：",), []),
        # twice in the text, but once behind a line that is certain
        (("附件 验收单", "甲方："), ["附件 验收单", "甲方："]),
        # printed twice: which of them it is nobody knows
        (("第一条 标的", "第一条 标的"), []),
        # against the order of the text: the longer run is right
        (("第二条 交货", "水泵采购合同", "第一条 标的"), ["水泵采购合同", "第一条 标的"]),
    ],
)
def test_only_lines_without_doubt_have_a_place(printed: tuple[str, ...], expected: list[str]) -> None:
    assert [words for _, words in found(place_lines(make_pdf(lines(*printed)), TEXT))] == expected


def test_heads_of_pages_are_no_lines_of_the_text() -> None:
    head = lines("水泵采购合同", y=820)
    pages = [together(head, lines(words)) for words in ("第一条 标的", "第二条 交货", "附件 验收单")]
    assert found(place_lines(make_pdf(*pages), TEXT)) == [(1, "第一条 标的"), (2, "第二条 交货"), (3, "附件 验收单")]


def test_boxes_lie_where_the_words_are_printed() -> None:
    (page,) = place_lines(make_pdf(lines("第一条 标的", x=72, y=700, size=12)), TEXT)
    (line,) = page.lines
    x0, y0, x1, y1 = line.box
    assert (page.number, round(page.width), round(page.height)) == (1, 595, 842)
    assert x0 == pytest.approx(72, abs=1)
    assert x1 == pytest.approx(72 + 5 * 12 + 6, abs=8)
    assert y0 < 842 - 700 < y1 + 4


def test_cells_beside_each_other_are_lines_of_their_own() -> None:
    text = "货物\t数量\n立式水泵\t12台\n卧式水泵\t8台"
    row = together(lines("立式水泵", x=72), lines("12台", x=300))
    assert [words for _, words in found(place_lines(make_pdf(row), text), text)] == ["立式水泵", "12台"]


def fake(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_the_converter_is_asked_for_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(make_pdf(lines("第一条 标的")))
    program = fake(tmp_path, f'mkdir out && echo "$@" > "{tmp_path}/asked" && cp "{tmp_path}/made.pdf" out/source.pdf')
    pdf = render(program, b"PK", sniff.DOCX, seconds=30)
    assert pdf == (tmp_path / "made.pdf").read_bytes()
    asked = (tmp_path / "asked").read_text()
    assert "--headless" in asked
    assert "--convert-to pdf:writer_pdf_Export" in asked
    assert "source.docx" in asked


@pytest.mark.parametrize(
    ("script", "kind", "code"),
    [
        ("exit 1", sniff.DOCX, "file_damaged"),
        ("true", sniff.RTF, "file_damaged"),
        ("sleep 60", sniff.DOC, "reader_timeout"),
        ("true", sniff.TEXT, "page_unknown"),
        ("true", sniff.PDF, "page_unknown"),
    ],
)
def test_what_is_not_laid_out(tmp_path: Path, script: str, kind: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        render(fake(tmp_path, script), b"x", kind, seconds=0.5 if "sleep" in script else 30)
    assert caught.value.code == code


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_with_libreoffice_itself() -> None:
    document = read(PURCHASE)
    program = find_libreoffice()
    assert program is not None
    pdf = render(program, PURCHASE.read_bytes(), document.source.media_type, seconds=200)
    pages = place_lines(pdf, document.text)
    assert len(pages) > 2
    placed = {offset for page in pages for line in page.lines for offset in range(line.start, line.end)}
    words = [offset for offset, char in enumerate(document.text) if not char.isspace() and char != "_"]
    assert sum(offset in placed for offset in words) / len(words) > 0.8
    starts = [line.start for page in pages for line in page.lines]
    assert len(starts) == len(set(starts))
