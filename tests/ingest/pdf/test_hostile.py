"""PDF files of strangers: bombs, broken tables, absurd pages. They cost themselves, never the reader."""

import zlib

import numpy as np
import pytest

from ingest.ocr.engine import OcrLine
from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.errors import ReadError
from tests.support.pdf import lines, make_pdf
from tests.support.raw_pdf import CATALOGUE, one_page, raw_pdf, stream

LATIN = b"/Font << /F 5 0 R >>"
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = b"BT /F 12 Tf 72 700 Td (Contract No. 2025-17) Tj ET"


class Reads:
    """An OCR engine that finds one line on every picture."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def recognize(self, image: np.ndarray) -> list[OcrLine]:
        """One line in the middle of the picture."""
        self.shapes.append(image.shape)
        high, wide = image.shape[:2]
        box = ((0.2 * wide, 0.4 * high), (0.8 * wide, 0.4 * high), (0.8 * wide, 0.42 * high), (0.2 * wide, 0.42 * high))
        return [OcrLine(box, "第一条 标的物为水泵", 0.99)]


def code_of(data: bytes, **limits: int) -> str:
    with pytest.raises(ReadError) as caught:
        read(data, ReadOptions(limits=Limits(**limits), engine=Reads()))
    assert caught.value.remedy
    return caught.value.code


def answer_to(data: bytes) -> str:
    """`read`, or the code of the error; anything else is a failure of the reader."""
    try:
        document = read(data, ReadOptions(engine=Reads()))
    except ReadError as error:
        return error.code
    return "read" if document.text else "nothing"


def test_a_packed_stream_that_unpacks_to_far_too_much() -> None:
    bomb = one_page(b" " * 40_000_000)
    assert len(bomb) < 100_000
    assert code_of(bomb, unpacked_bytes=20_000_000) == "file_too_large"


def test_a_stream_packed_twice() -> None:
    inner = zlib.compress(b" " * 60_000_000, 9)
    twice = zlib.compress(inner, 9)
    body = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(twice), twice)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    bomb = raw_pdf([CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, body])
    assert len(bomb) < 2_000
    assert code_of(bomb, unpacked_bytes=20_000_000) == "file_too_large"


def test_a_picture_of_50_000_by_50_000_pixels_is_not_unpacked() -> None:
    picture = stream(
        b"\0" * 1000,
        b"/Type /XObject /Subtype /Image /Width 50000 /Height 50000 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    bomb = one_page(b"595 0 0 842 0 0 cm /I Do", resources=b"/XObject << /I 5 0 R >>", more=[picture])
    with pytest.raises(ReadError) as caught:
        read(bomb, ReadOptions(engine=Reads()))
    assert caught.value.code == "no_text"
    assert "50000 x 50000 pixels" in caught.value.message


def test_such_a_picture_costs_its_page_only() -> None:
    picture = stream(
        b"\0" * 1000,
        b"/Type /XObject /Subtype /Image /Width 50000 /Height 50000 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    objects = [
        CATALOGUE,
        b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /XObject << /I 7 0 R >> >> >>"
        ),
        stream(b"595 0 0 842 0 0 cm /I Do"),
        HELVETICA,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 8 0 R /Resources << %s >> >>" % LATIN,
        picture,
        stream(WORDS),
    ]
    document = read(raw_pdf(objects), ReadOptions(engine=Reads()))
    assert document.text == "Contract No. 2025-17"
    assert [(problem.code, problem.page) for problem in document.problems] == [("page_failed", 1)]
    assert [page.grade for page in document.pages] == ["poor", "good"]


def test_a_broken_table_of_places_is_mended() -> None:
    data = one_page(WORDS, resources=LATIN, more=[HELVETICA], xref=False)
    assert read(data).text == "Contract No. 2025-17"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_off(share: float) -> None:
    whole = make_pdf(*[lines(f"第{n}条 价款") for n in "一二三四五六"])
    assert answer_to(whole[: int(len(whole) * share)]) in ("read", "file_damaged", "no_text")


def test_a_hundred_thousand_objects() -> None:
    filler = [b"<< /N %d >>" % number for number in range(100_000)]
    data = one_page(WORDS, resources=LATIN, more=[HELVETICA, *filler])
    assert read(data).text == "Contract No. 2025-17"


def test_a_hundred_thousand_strokes_on_one_page() -> None:
    strokes = b"".join(b"%d %d m %d %d l S\n" % (n % 500, n // 200, n % 500 + 3, n // 200) for n in range(100_000))
    data = one_page(strokes + WORDS, resources=LATIN, more=[HELVETICA])
    assert read(data).text == "Contract No. 2025-17"


def test_pages_that_are_their_own_parent() -> None:
    loop = raw_pdf([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])
    assert code_of(loop) in ("file_damaged", "no_text")


def test_no_pages() -> None:
    assert code_of(raw_pdf([CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"])) == "file_damaged"


def test_a_page_of_a_square_kilometre_is_rendered_small() -> None:
    engine = Reads()
    picture = stream(
        b"\x80" * 100,
        b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    data = one_page(
        b"2800000 0 0 2800000 0 0 cm /I Do",
        box=b"0 0 2800000 2800000",
        resources=b"/XObject << /I 5 0 R >>",
        more=[picture],
    )
    assert read(data, ReadOptions(engine=engine)).text == "第一条 标的物为水泵"
    assert all(shape[0] * shape[1] <= 40_000_000 for shape in engine.shapes)


@pytest.mark.parametrize("box", [b"0 0 0 0", b"10 10 10 900", b"nonsense"])
def test_a_page_without_area(box: bytes) -> None:
    # a page without area is shown as a sheet of usual size by every reader; what matters is that there is an answer
    assert answer_to(one_page(WORDS, box=box, resources=LATIN, more=[HELVETICA])) in ("read", "no_text")


def test_a_font_without_a_map_is_read_by_eye() -> None:
    # characters by number only, and nothing that says which they are
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Song /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Song /FontDescriptor 7 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /AAAAAA+Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0"
        b" /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    shown = b"".join(b"%04X" % (0x1000 + 7 * n) for n in range(40))
    content = b"BT /F 12 Tf 72 700 Td <%s> Tj ET" % shown
    data = one_page(content, resources=LATIN, more=[font, descendant, descriptor])
    document = read(data, ReadOptions(engine=Reads()))
    assert document.text == "第一条 标的物为水泵"
    (page,) = document.pages
    assert page.origin == "ocr"
    assert "no meaning" in page.reason
