"""Boxes on a scan at 150 dpi, ticked by hand: inside the frame, and across it."""

import cv2
import numpy as np
import pytest
from PIL import ImageDraw

from ingest.ocr.tick_boxes import find_tick_boxes
from ingest.picture import make_ready
from tests.support.pictures import font, sheet

_INK = (30, 30, 60)
_TOP, _STEP, _LEFT = 220, 60, 160
Points = tuple[tuple[float, float], ...]
# in sides of the box, from its upper left corner
INSIDE: tuple[Points, ...] = (((0.1, 0.5), (0.4, 0.95), (1.0, 0.15)),)
ACROSS: tuple[Points, ...] = (((-0.2, 0.45), (0.4, 1.1), (1.5, -0.45)),)
CROSS: tuple[Points, ...] = (((-0.2, -0.2), (1.2, 1.2)), ((-0.2, 1.2), (1.2, -0.2)))


@pytest.mark.parametrize("strokes", [INSIDE, ACROSS, CROSS])
@pytest.mark.parametrize(("side", "pen"), [(18, 2), (20, 3), (24, 3)])
def test_ticked_by_hand(strokes: tuple[Points, ...], side: int, pen: int) -> None:
    page = sheet("第五条　付款方式如下，双方选择打勾的一种方式履行本合同：")
    draw = ImageDraw.Draw(page)
    for row in range(6):
        top = _TOP + _STEP * row
        draw.rectangle((_LEFT, top, _LEFT + side, top + side), outline="black", width=2)
        draw.text((_LEFT + 45, top - 2), "甲方收货后一次付清全部款项", fill="black", font=font(12))
        for stroke in strokes if row % 2 else ():
            # no two ticks are alike
            points = [(_LEFT + side * x + row % 3 - 1, top + side * y + row % 2) for x, y in stroke]
            draw.line(points, fill=_INK, width=pen, joint="curve")
    image = cv2.cvtColor(np.asarray(page), cv2.COLOR_RGB2BGR)
    ready = make_ready(image, width=595, height=842)
    found = [box for box in find_tick_boxes(ready) if box.box[0] < (_LEFT + 10) * 0.48]
    rows = {round((box.box[1] / 0.48 - _TOP) / _STEP): box.ticked for box in found}
    assert rows == {row: bool(row % 2) for row in range(6)}


def test_characters_like_boxes_are_not_crossed() -> None:
    page = sheet(*["第五条　甲方申由田国因回目日品口合同围四西百曲面画书典"] * 8)
    ready = make_ready(cv2.cvtColor(np.asarray(page), cv2.COLOR_RGB2BGR), width=595, height=842)
    # 口, 回, 田 and their like are squares: whoever uses the boxes looks at what was read there
    assert all(box.box[2] - box.box[0] <= 16 for box in find_tick_boxes(ready))


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_crosses_through_the_corners_of_boxes_below_each_other(seed: int) -> None:
    """The strokes break the level sides to pieces; the empty boxes of the column tell where to look."""
    dice = np.random.default_rng(seed)
    page = sheet("第五条　付款方式如下，双方选择打叉的一种方式履行本合同：")
    draw = ImageDraw.Draw(page)
    side = 18
    for row in range(6):
        top = _TOP + _STEP * row
        draw.rectangle((_LEFT, top, _LEFT + side, top + side), outline="black", width=2)
        draw.text((_LEFT + 45, top - 2), "甲方收货后一次付清全部款项", fill="black", font=font(12))
        for stroke in CROSS if row % 2 else ():
            points = np.array([(_LEFT, top)]) + side * (np.array(stroke) + dice.normal(0, 0.07, (2, 2)))
            draw.line([(float(x), float(y)) for x, y in points], fill=_INK, width=4)
    ready = make_ready(cv2.cvtColor(np.asarray(page), cv2.COLOR_RGB2BGR), width=595, height=842)
    found = [box for box in find_tick_boxes(ready) if box.box[0] < (_LEFT + 10) * 0.48]
    assert sorted((round((box.box[1] / 0.48 - _TOP) / _STEP), box.ticked) for box in found) == [
        (row, bool(row % 2)) for row in range(6)
    ]
