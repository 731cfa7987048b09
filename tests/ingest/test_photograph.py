"""Sheets photographed at an angle on a darker table are laid flat; scans stay as they are."""

import io
import re
import unicodedata

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ingest.photograph import laid_flat
from ingest.read import read
from ingest.show import show_page
from schema.errors import ReadError
from tests.support.pictures import as_bytes, as_pdf, ruled, sheet

LINES = (
    "第一条　标的　乙方向甲方提供离心水泵三十台，型号以附",
    "件一为准，单价含税。",
    "第二条　价款　合同总价为人民币 128500.60 元，甲方应于",
    "验收合格后 30 个工作日内支付。",
)
EXPECTED = [
    "第一条标的乙方向甲方提供离心水泵三十台,型号以附件一为准,单价含税。",
    "第二条价款合同总价为人民币128500.60元,甲方应于验收合格后30个工作日内支付。",
]
# where the corners of the sheet lie, as shares of a picture of 1900 x 2500 pixels
ANGLES = {
    "from below": ((0.14, 0.08), (0.86, 0.08), (0.96, 0.93), (0.04, 0.93)),
    "from the left": ((0.06, 0.05), (0.92, 0.11), (0.92, 0.88), (0.06, 0.95)),
    "turned a little": ((0.12, 0.06), (0.93, 0.10), (0.89, 0.94), (0.07, 0.90)),
}


def photographed(page: Image.Image, corners: tuple[tuple[float, float], ...]) -> Image.Image:
    wide, high = 1900, 2500
    table: NDArray[np.float64] = (
        np.random.default_rng(3).normal(70, 8, (high, wide, 1)) + np.linspace(0, 30, wide)[None, :, None]
    )
    ground = np.clip(np.repeat(table, 3, axis=2), 0, 255).astype(np.uint8)
    source = np.array([[0, 0], [page.width, 0], [page.width, page.height], [0, page.height]], np.float32)
    target = (np.array(corners) * (wide, high)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    shown = cv2.warpPerspective(np.asarray(page), matrix, (wide, high), flags=cv2.INTER_AREA)
    covered = cv2.warpPerspective(np.full((page.height, page.width), 255, np.uint8), matrix, (wide, high)) > 128
    return Image.fromarray(np.where(covered[:, :, None], (shown * 0.9).astype(np.uint8), ground))


def bare(text: str) -> list[str]:
    return [re.sub(r"\s+", "", unicodedata.normalize("NFKC", line)) for line in text.split("\n")]


@pytest.mark.parametrize("corners", ANGLES.values(), ids=ANGLES.keys())
def test_a_sheet_on_a_table(corners: tuple[tuple[float, float], ...]) -> None:
    picture = photographed(sheet(*LINES * 4), corners)
    document = read(as_bytes(picture, "JPEG", quality=88))
    assert bare(document.text) == EXPECTED * 4
    (page,) = document.pages
    assert page.height / page.width == pytest.approx(1.414, abs=0.2)


def test_a_photograph_within_a_pdf() -> None:
    """A telephone's PDF is its photograph on a page; what is shown of the page is what boxes count on."""
    data = as_pdf(photographed(sheet(*LINES * 4), ANGLES["from below"]), dpi=72)
    document = read(data)
    assert bare(document.text) == EXPECTED * 4
    (page,) = document.pages
    assert page.width == pytest.approx(595)
    assert 700 < page.height < 842
    shown = Image.open(io.BytesIO(show_page(data, "application/pdf", 1, rotation=0, width=600))).convert("L")
    scale = shown.width / page.width
    assert shown.height / shown.width == pytest.approx(page.height / page.width, abs=0.02)
    # paper up to its corners, and the first line where its box says
    seen = np.asarray(shown)
    assert min(seen[8, 8], seen[8, -8]) > 150
    x0, y0, x1, y1 = (round(side * scale) for side in page.lines[0].box)
    ink = seen[y0:y1, x0:x1] < 170
    assert ink.mean() > 0.05


def _whole() -> Image.Image:
    return sheet(*LINES * 4)


def _table() -> Image.Image:
    page = sheet("附件一　设备价格表")
    ruled(page, [["序号", "名称"], ["1", "水泵"]], widths=[300, 600], left=180, top=260, height=600)
    return page


def _dark_below() -> Image.Image:
    page = _whole()
    page.paste((40, 40, 40), (0, 1500, page.width, page.height))
    return page


def _grey_on_white() -> Image.Image:
    page = Image.new("RGB", (1240, 1754), "white")
    page.paste((225, 225, 225), (150, 150, 1000, 1500))
    return page


@pytest.mark.parametrize("make", [_whole, _table, _dark_below, _grey_on_white])
def test_a_scan_stays_as_it_is(make: object) -> None:
    assert callable(make)
    image = cv2.cvtColor(np.asarray(make()), cv2.COLOR_RGB2BGR)
    assert laid_flat(image) is image


def test_small_and_empty_pictures() -> None:
    for size in ((1, 1), (40, 24), (900, 700)):
        image = np.zeros((*size, 3), np.uint8)
        assert laid_flat(image) is image


@pytest.mark.parametrize("size", [(9000, 1), (1, 9000), (9000, 2), (24, 9000)])
def test_a_strip_of_a_picture_is_read_as_nothing(size: tuple[int, int]) -> None:
    """A strip so long shrank to nothing, and the picture library's own error reached the caller."""
    picture = Image.new("RGB", size, (60, 60, 60))
    for data in (as_bytes(picture, "PNG"), as_pdf(picture)):
        with pytest.raises(ReadError):
            read(data)
