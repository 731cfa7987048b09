"""Picture files: what scanners and telephones write."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from ingest.ocr.engine import OcrLine
from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.document import Document
from schema.errors import ReadError
from tests.support.pictures import as_bytes, sheet

ORIENTATION = 0x0112


class Probe:
    """An engine that keeps what it was shown and reads one line where the picture is dark."""

    def __init__(self) -> None:
        self.shown: list[np.ndarray] = []

    def recognize(self, image: np.ndarray) -> list[OcrLine]:
        """One line over the dark bar; its words tell how high on the page it stands."""
        self.shown.append(image)
        rows, columns = np.nonzero(image.mean(axis=2) < 100)
        if not len(rows):
            return []
        top, bottom, left, right = (float(v) for v in (rows.min(), rows.max(), columns.min(), columns.max()))
        tenth = int(10 * top / image.shape[0])
        return [
            OcrLine(((left, top), (right, top), (right, bottom), (left, bottom)), f"第{tenth}条 标的物为水泵", 0.99)
        ]


def barred(size: tuple[int, int] = (1240, 1754), mode: str = "L") -> Image.Image:
    """A white sheet with a dark bar a tenth from its top."""
    page = Image.new("L", size, 255)
    page.paste(20, (size[0] // 5, size[1] // 10 + 5, size[0] * 4 // 5, size[1] // 10 + 35))
    return page.convert(mode)


def shown(data: bytes, **limits: int) -> tuple[Document, list[np.ndarray]]:
    probe = Probe()
    return read(data, ReadOptions(engine=probe, limits=Limits(**limits))), probe.shown


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_kinds_by_their_bytes(kind: str) -> None:
    document, _ = shown(as_bytes(barred(), kind))
    assert document.text == "第1条 标的物为水泵"
    assert document.source.media_type == f"image/{kind.lower()}"
    (page,) = document.pages
    assert (page.origin, page.reason) == ("ocr", "picture")
    assert (round(page.width), round(page.height)) == (595, 842)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I", "F"])
def test_modes(mode: str) -> None:
    base = barred()
    if mode == "I;16":
        page = Image.fromarray((np.asarray(base).astype(np.uint16)) * 257)
    elif mode in ("I", "F"):
        page = base.convert(mode)
    else:
        page = base.convert("RGB").convert(mode) if mode == "P" else base.convert(mode)
    document, (picture,) = shown(as_bytes(page, "TIFF" if mode in ("F", "I", "I;16") else "PNG"))
    assert document.text == "第1条 标的物为水泵"
    assert picture.shape[2] == 3
    assert picture.dtype == np.uint8


def test_what_is_transparent_is_paper() -> None:
    page = Image.new("RGBA", (1240, 1754), (0, 0, 0, 0))
    page.paste((20, 20, 20, 255), (248, 180, 992, 210))
    document, (picture,) = shown(as_bytes(page))
    assert document.text == "第1条 标的物为水泵"
    assert picture[5, 5].tolist() == [255, 255, 255]


@pytest.mark.parametrize(("tag", "back"), [(1, None), (3, 180), (6, 90), (8, 270)])
def test_photographs_are_turned_as_the_camera_was_held(tag: int, back: int | None) -> None:
    page = barred(mode="RGB")
    # the camera stores the picture as it lay on the sensor and says how to turn it
    stored = page if back is None else page.rotate(back, expand=True)
    exif = Image.Exif()
    exif[ORIENTATION] = tag
    document, (picture,) = shown(as_bytes(stored, "JPEG", exif=exif))
    assert document.text == "第1条 标的物为水泵"
    assert picture.shape[0] > picture.shape[1]


def test_all_pages_of_a_tiff() -> None:
    out = io.BytesIO()
    pages = [barred() for _ in range(3)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    document, pictures = shown(out.getvalue())
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert len(pictures) == 3
    assert document.text.count("标的物") == 3


def test_fax_pages_of_one_bit() -> None:
    out = io.BytesIO()
    pages = [barred(mode="1") for _ in range(2)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(204, 196))
    document, _ = shown(out.getvalue())
    assert len(document.pages) == 2


def test_size_on_paper_comes_from_the_dots_an_inch_where_they_make_a_sheet() -> None:
    document, _ = shown(as_bytes(barred((1200, 1700)), "PNG", dpi=(150, 150)))
    assert (round(document.pages[0].width), round(document.pages[0].height)) == (576, 816)
    # a telephone says 72: a sheet of a metre and a half is none
    document, pictures = shown(as_bytes(barred((3000, 4000)), "JPEG", dpi=(72, 72)))
    assert (round(document.pages[0].width), round(document.pages[0].height)) == (595, 793)
    # what is finer than 200 dpi is brought down to it
    assert max(pictures[0].shape) == pytest.approx(4000 * 200 / (3000 / (595 / 72)), abs=3)


def test_a_picture_that_was_cut_off() -> None:
    whole = as_bytes(barred(), "PNG")
    for data in (whole[:60], whole[: len(whole) // 2], as_bytes(barred(), "JPEG")[:400]):
        with pytest.raises(ReadError) as caught:
            shown(data)
        assert caught.value.code == "file_damaged"


def test_a_page_of_a_tiff_that_is_broken_costs_itself() -> None:
    out = io.BytesIO()
    pages = [barred(mode="RGB") for _ in range(3)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")
    data = bytearray(out.getvalue())
    with Image.open(io.BytesIO(bytes(data))) as opened:
        opened.seek(1)
        assert isinstance(opened, TiffImageFile)
        place = opened.tag_v2[273][0]
    data[place : place + 40] = b"\xff" * 40
    document, _ = shown(bytes(data))
    assert [(problem.code, problem.page) for problem in document.problems] == [("page_failed", 2)]
    assert document.text.count("标的物") == 2


def png_of(wide: int, high: int) -> bytes:
    """A PNG that says it is that large, with a few bytes of picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [11_000, 50_000])
def test_a_picture_of_too_many_pixels_is_not_unpacked(side: int) -> None:
    with pytest.raises(ReadError) as caught:
        shown(png_of(side, side))
    assert caught.value.code == "file_too_large"


def test_too_many_pages() -> None:
    out = io.BytesIO()
    pages = [barred((200, 280)) for _ in range(4)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(ReadError) as caught:
        shown(out.getvalue(), pages=3)
    assert caught.value.code == "file_too_large"


def test_a_picture_without_words() -> None:
    with pytest.raises(ReadError) as caught:
        shown(as_bytes(Image.new("L", (1240, 1754), 255)))
    assert caught.value.code == "no_text"


def test_the_bundled_engine_reads_a_photograph_that_lies_on_its_side() -> None:
    page = sheet("第一条　标的　乙方向甲方提供离心水泵三十台，型号以附", "件一为准，单价含税。")
    document = read(as_bytes(page.rotate(90, expand=True), "JPEG", quality=85), ReadOptions(fast=True))
    assert "离心水泵三十台" in document.text
    assert document.pages[0].rotation == 90
