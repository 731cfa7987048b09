"""The shipped sample files are what their makers make, and what samples/README.md says of them is so."""

import io
import zipfile
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
import pytest

from tests.support import digital, scan, word
from tests.support.samples import FOLDER, sample_file, sample_text
from tests.support.sheets import LEASE, PLAIN, SERVICE
from tests.support.typeset import PAGE_WIDTH, Setter

IMAGE = pdfium.raw.FPDF_PAGEOBJ_IMAGE
DRAFT = scan.Spoil(dpi=40, quality=20)


def joined(text: str) -> str:
    return "".join(text.split())


def test_the_scan_is_pictures_only_and_small() -> None:
    file = sample_file("service")
    assert file.stat().st_size <= 2_000_000
    document = pdfium.PdfDocument(file)
    assert len(document) >= 6
    for page in document:
        assert [o.type for o in page.get_objects()] == [IMAGE]
        assert page.get_textpage().get_text_bounded() == ""


def test_the_printed_lines_hold_the_whole_text_once() -> None:
    pages = scan.read_truth(FOLDER / "service.lines.json.gz")
    printed = [line for page in pages for line in page]
    blocks: dict[int, str] = {}
    for line in printed:
        if line.kind in ("text", "cell"):
            blocks[line.block] = blocks.get(line.block, "") + line.text
    assert [joined(blocks[n]) for n in sorted(blocks)] == [joined(line) for line in sample_text("service").splitlines()]
    assert sum(line.kind == "header" for line in printed) == len(pages) - 1
    assert any(line.sealed for line in printed)


def test_the_price_table_is_cut_by_a_page_break() -> None:
    pages = scan.read_truth(FOLDER / "service.lines.json.gz")
    with_cells = [n for n, page in enumerate(pages) if any(line.kind == "cell" for line in page)]
    assert len(with_cells) == 2
    assert with_cells[1] == with_cells[0] + 1


def test_setting_the_service_contract_again_gives_the_same_lines() -> None:
    again = [[line.text for line in page.lines] for page in Setter(SERVICE).set(sample_text("service"))]
    shipped = [[line.text for line in page] for page in scan.read_truth(FOLDER / "service.lines.json.gz")]
    assert again == shipped


def test_the_scanner_still_scans() -> None:
    start = sample_text("service").partition("附件1\n")[0].rpartition("附则\n")[2]
    sheet = replace(SERVICE, seals=SERVICE.seals[:2], page_before=())
    (page,) = scan.scan(start, sheet, DRAFT)
    assert page.image.mode == "RGB"
    assert 0.3 <= abs(page.skew) <= 1.0
    document = pdfium.PdfDocument(scan.write_pdf([page], DRAFT))
    assert [o.type for o in document[0].get_objects()] == [IMAGE]
    seal = next(line for line in page.lines if line.text.startswith("甲方（盖章）")).box
    scale = page.image.width / PAGE_WIDTH
    left, top = seal[0] * scale, seal[1] * scale
    patch = page.image.crop((left + 100 * scale, top - 20 * scale, left + 200 * scale, top + 60 * scale))
    red, green, _ = np.asarray(patch).mean((0, 1))
    assert red > green + 10, "the seal is not red"


def test_a_page_can_lie_on_its_side() -> None:
    upright, turned = (scan.scan("甲方应当付款。", PLAIN, DRAFT, turns=(t,))[0] for t in (0, 90))
    assert turned.image.size == upright.image.size[::-1]
    assert turned.lines == upright.lines
    width, height = pdfium.PdfDocument(scan.write_pdf([turned], DRAFT))[0].get_size()
    assert width > height


def test_the_word_file_is_what_its_maker_makes() -> None:
    shipped, made = sample_file("purchase").read_bytes(), word.write_word(sample_text("purchase"))
    assert members(made) == members(shipped)


def members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_no_clause_number_is_typed_in_the_word_file() -> None:
    body = members(sample_file("purchase").read_bytes())["word/document.xml"].decode()
    assert "合同价款" in body
    for typed in ("第二条 ", "2.1 ", "（1）定金", "一、使用条件", "60日内</w:t></w:r><w:r>"):
        assert typed not in body
    assert "<w:ins " in body
    assert "<w:del " in body


def test_the_digital_lease_is_what_its_maker_makes() -> None:
    text = sample_text("lease")
    made = pdfium.PdfDocument(digital.write_digital(Setter(LEASE).set(text), text.split("\n")[0]))
    shipped = pdfium.PdfDocument(sample_file("lease"))
    assert [words(page) for page in made] == [words(page) for page in shipped]


def test_the_text_layer_of_the_lease_holds_every_character() -> None:
    layer = "".join(words(page) for page in pdfium.PdfDocument(sample_file("lease")))
    for line in sample_text("lease").splitlines():
        for piece in line.split("\t"):
            assert joined(piece) in layer or len(piece) > 30, piece


def words(page: pdfium.PdfPage) -> str:
    return joined(page.get_textpage().get_text_bounded())


@pytest.mark.parametrize("name", ["service", "lease"])
def test_lines_stay_inside_the_margins(name: str) -> None:
    sheet = {"service": SERVICE, "lease": LEASE}[name]
    for page in Setter(sheet).set(sample_text(name)):
        for line in page.lines:
            assert line.x > 40
            assert line.box[2] < PAGE_WIDTH - 60, line.text
