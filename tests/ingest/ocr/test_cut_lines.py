"""A line that ends at a grey seal is read further, up to the next rule or line, and no words of the seal with it."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from ingest.layout.page import Rule
from ingest.ocr.cut_lines import read_on
from ingest.ocr.engine import Image, OcrLine, OtherReading
from ingest.ocr.recognize import Reading
from ingest.picture import ReadyPicture
from ingest.seals import Seal, round_seals

SIZE = 20


def page(*seals: Seal) -> ReadyPicture:
    """A page of a point a pixel."""
    image = np.full((400, 600, 3), 255, np.uint8)
    return ReadyPicture(image, (1.0, 1.0), None, 72.0, 0.0, 600.0, 400.0, list(seals), has_red=False)


def line(text: str, left: float, top: float = 100) -> OcrLine:
    right = left + SIZE * len(text)
    return OcrLine(((left, top), (right, top), (right, top + SIZE), (left, top + SIZE)), text, 0.99)


class Eye:
    """Sees what is printed in a row, by the place of each character."""

    def __init__(self, printed: str, left: float, sure: float = 0.95) -> None:
        self.printed, self.left, self.sure = printed, left, sure
        self.widths: list[int] = []

    def __call__(self, picture: Image) -> tuple[Reading, OtherReading | None]:
        width = picture.shape[1]
        self.widths.append(width)
        seen = [(char, (place + 0.5) * SIZE) for place, char in enumerate(self.printed) if char != " "]
        seen = [(char, x) for char, x in seen if x < width]
        text = "".join(char for char, _ in seen)
        return Reading(text, self.sure, (self.sure,) * len(text), tuple(x / width for _, x in seen)), None


GREY = Seal((205.0, 50.0, 325.0, 170.0), lifted=False)
RULES = [Rule(60, 100, 60, 130), Rule(500, 80, 500, 130)]


def read(printed: str, *found: OcrLine, seal: Seal = GREY, sure: float = 0.95) -> list[str]:
    eye = Eye(printed, found[0].quad[0][0], sure)
    return [item.text for item in read_on(found, page(seal), RULES, eye)]


def test_a_line_that_ends_at_a_grey_ring_is_read_to_the_next_rule() -> None:
    other = line("页眉在上面并且宽得多的一行文字一直到右边缘", 80, 20)
    eye = Eye("某某市某某服务中心（原信息中心）超出", 80)
    (first, second) = read_on([line("某某市某某服", 80), other], page(GREY), RULES, eye)
    assert (first.text, second) == ("某某市某某服务中心（原信息中心）超出", other)
    assert eye.widths == [498 - 80]
    assert first.quad[1][0] == pytest.approx(80 + 18 * SIZE, abs=1)
    assert len(first.centres) == len(first.text)


@pytest.mark.parametrize(
    ("printed", "seal", "sure"),
    [
        ("某某市某某服", GREY, 0.95),
        ("某某市某某服   章", GREY, 0.95),
        ("某某市某某服务中心", GREY, 0.5),
        ("某某市某某服务中心", replace(GREY, lifted=True), 0.95),
        ("某某市某某服务中心", Seal((205.0, 260.0, 325.0, 380.0), lifted=False), 0.95),
        ("全是别的字样在这里", GREY, 0.95),
    ],
    ids=["nothing more", "words of the seal stand apart", "unsure", "lifted", "seal elsewhere", "another text"],
)
def test_a_line_stays_as_it_is(printed: str, seal: Seal, sure: float) -> None:
    wide = line("页眉在上面并且宽得多的一行文字一直到右边缘", 80, 20)
    assert read(printed, line("某某市某某服", 80), wide, seal=seal, sure=sure)[0] == "某某市某某服"


def test_what_lies_between_two_pieces_is_read_once() -> None:
    pieces = line("某某市某某服", 80), line("务大厅运行", 320)
    assert read("某某市某某服务中心信息政务大厅运行", *pieces) == ["某某市某某服务中心信息政", "务大厅运行"]


def test_pieces_that_overlap_under_the_seal_stay() -> None:
    pieces = line("某某市某某服", 80), line("服务中心政务大厅", 180)
    assert read("某某市某某服务中心政务大厅", *pieces) == ["某某市某某服", "服务中心政务大厅"]


def test_a_seal_has_a_ring_all_around() -> None:
    """Two arcs are taken for a circle: in a table, rules and the arcs of seals make one."""
    whole, part = (np.full((842, 595, 3), 235, np.uint8) for _ in range(2))
    cv2.circle(whole, (300, 300), 58, (90, 90, 90), 3)
    for start in (0, 180):
        cv2.ellipse(part, (300, 300), (58, 58), 0, start, start + 95, (90, 90, 90), 3)
    assert len(round_seals(whole, points_per_pixel=1.0)) == 1
    assert round_seals(part, points_per_pixel=1.0) == []
