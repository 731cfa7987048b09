"""Seals on a scanned page: red ones by their colour, grey ones by their round edge.

Red ink is lifted before reading (`ingest.picture`). On a grey scan it cannot be: lines under such a seal are read as
they are and graded `check`. The words of the seal itself are no text of the contract: they run on an arc, or are the
name of its kind (合同专用章) inside the ring.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from ingest.scaling import scaled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.ocr.engine import Image, OcrLine
    from schema.base import Box

_SEARCH_SIDE: Final = 1000
# radius of a company seal in points: 1.9 to 2.3 cm, less for small ones, more for copies that were enlarged
_RADIUS: Final = (35.0, 75.0)
# points: a seal across, and the least of one cut by the edge of the page; longer than high by that, it may be two
_DIAMETER: Final = (70.0, 200.0)
_SLICE: Final = 20.0
_LONGER: Final = 1.2
_FRAME: Final = 8
# of a circle: how much of it must be drawn, and how many pixels a ring may miss it by
_DRAWN: Final = 0.6
_BESIDE: Final = 2
_CONCENTRIC: Final = 0.3
# red words: points high at most, or so many times as wide as high; smaller spots are specks of colour
_ROW_OF_WORDS: Final = 20.0
_ROW_SHAPE: Final = 3.0
_SPECK: Final = 5.0
_RING_PIECE: Final = 26.0
_ROUNDNESS: Final = 0.6
_TILTED: Final = 2.5
_TILTED_SHORT: Final = 6.0
_WIDE: Final = 60.0
_UNSURE: Final = 0.75
_FRAGMENT: Final = 8
_NAME: Final = re.compile(r"[\s(（]*(?:[\u4e00-\u9fff]{0,4}(?:专用章|专用|公章|业务章|用章)|\d{10,18})[\s)）]*")


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal: its box in points of the straightened page, and whether its ink was lifted."""

    box: Box
    lifted: bool

    def share(self, x: float, y: float) -> float:
        """Distance of a point from the middle, 1.0 on the ring."""
        x0, y0, x1, y1 = self.box
        half_wide, half_high = max(1.0, (x1 - x0) / 2), max(1.0, (y1 - y0) / 2)
        return float(np.hypot((x - (x0 + x1) / 2) / half_wide, (y - (y0 + y1) / 2) / half_high))


def round_seals(image: Image, *, points_per_pixel: float) -> list[Seal]:
    """Round seals by their edge, whatever their colour.

    Args:
        image: straightened picture.
        points_per_pixel: scale of the picture.
    """
    shrink = min(1.0, _SEARCH_SIDE / max(image.shape[:2]))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.medianBlur(scaled(grey, shrink), 3)
    unit = points_per_pixel / shrink
    return [Seal(box, lifted=False) for box in _circles(small, unit) if _is_drawn(small, box, unit)]


def _is_drawn(grey: NDArray[Any], box: Box, unit: float) -> bool:
    """Whether a ring runs all along a circle: rules, print and the arcs of other seals can lie on some of it."""
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 6)
    angles = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    radii = (box[2] - box[0]) / 2 / unit + np.arange(-_BESIDE, _BESIDE + 1)[:, None]
    x = ((box[0] + box[2]) / 2 / unit + radii * np.cos(angles)).round().astype(int)
    y = ((box[1] + box[3]) / 2 / unit + radii * np.sin(angles)).round().astype(int)
    inside = (x >= 0) & (x < grey.shape[1]) & (y >= 0) & (y < grey.shape[0])
    drawn = ~inside | (ink[np.clip(y, 0, grey.shape[0] - 1), np.clip(x, 0, grey.shape[1] - 1)] > 0)
    return bool(drawn.any(axis=0).mean() >= _DRAWN)


def _circles(grey: NDArray[Any], unit: float) -> list[Box]:
    """Boxes of circles as large as a seal, the clearest first; `unit` is points a pixel."""
    low, high = (round(radius / unit) for radius in _RADIUS)
    found = cv2.HoughCircles(
        grey, cv2.HOUGH_GRADIENT_ALT, 1.5, 30, param1=200, param2=_ROUNDNESS, minRadius=low, maxRadius=high
    )
    circles: NDArray[Any] = np.zeros((0, 3)) if found is None else found[0][:8]
    return [((x - r) * unit, (y - r) * unit, (x + r) * unit, (y + r) * unit) for x, y, r in circles[:, :3].tolist()]


def red_seals(mask: NDArray[np.uint8], scale: tuple[float, float]) -> list[Seal]:
    """Blobs of red ink of three to six centimetres, and slices of such at the edge of a page.

    Two seals that touch are one blob: 甲方's above 乙方's was too large for a seal and became text.
    There the rings are looked for.

    Args:
        mask: what was red on the straightened picture.
        scale: points a pixel, across and down.
    """
    shrink = 0.25
    small = scaled(mask, shrink)
    closed = cv2.morphologyEx((small > 0).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed)
    across, down = scale[0] / shrink, scale[1] / shrink
    boxes: list[Box] = []
    for x, y, wide, high, _ in stats[1:].tolist():
        box = (x * across, y * down, (x + wide) * across, (y + high) * down)
        short, long = sorted((box[2] - box[0], box[3] - box[1]))
        at_edge = x == 0 or y == 0 or x + wide == small.shape[1] or y + high == small.shape[0]
        rings = _rings(mask, box, scale) if long > _DIAMETER[1] or (long > _LONGER * short and not at_edge) else []
        if len(rings) > 1 or (rings and long > _DIAMETER[1]):
            boxes += rings
        elif _DIAMETER[0] <= long <= _DIAMETER[1] and short >= _SLICE:
            boxes.append(box)
    return [Seal(box, lifted=True) for box in boxes]


def _rings(mask: NDArray[np.uint8], box: Box, scale: tuple[float, float]) -> list[Box]:
    """The rings in a blob of red ink, the outer ones only."""
    left, top = int(box[0] / scale[0]), int(box[1] / scale[1])
    part = mask[top : int(box[3] / scale[1]) + 1, left : int(box[2] / scale[0]) + 1]
    framed = cv2.copyMakeBorder(part, _FRAME, _FRAME, _FRAME, _FRAME, cv2.BORDER_CONSTANT, value=0)
    shrink = min(1.0, _SEARCH_SIDE / max(mask.shape))
    grey = scaled(framed * 255, shrink)
    x, y = (left - _FRAME) * scale[0], (top - _FRAME) * scale[1]
    found = [(x + x0, y + y0, x + x1, y + y1) for x0, y0, x1, y1 in _circles(grey, scale[0] / shrink)]
    outer: list[Box] = []
    for one in sorted(found, key=lambda ring: ring[0] - ring[2]):
        middle = (one[0] + one[2]) / 2, (one[1] + one[3]) / 2
        if all(Seal(other, lifted=True).share(*middle) > _CONCENTRIC for other in outer):
            outer.append(one)
    return outer


def ink_of_seals(red: NDArray[np.uint8], points_per_pixel: float) -> NDArray[np.uint8]:
    """Where red ink belongs to seals and not to red words: 1 there, 0 elsewhere.

    Words are rows, or blocks of pieces no larger than a character; a seal has a ring, a frame or a long piece of one.

    Args:
        red: what is red.
        points_per_pixel: scale of the picture.
    """
    shrink = 0.25
    small = scaled(red, shrink)
    closed = cv2.morphologyEx((small > 0).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(closed)
    unit = points_per_pixel / shrink
    wide, high = stats[:, 2] * unit, stats[:, 3] * unit
    rows = (high <= _ROW_OF_WORDS) | (wide >= _ROW_SHAPE * high)
    specks = np.maximum(wide, high) <= _SPECK
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats((small > 0).astype(np.uint8), connectivity=8)
    large = np.maximum(sizes[:, 2], sizes[:, 3]) * unit >= _RING_PIECE
    large[0] = False
    ringed = np.zeros(len(stats), bool)
    ringed[np.unique(labels[large[pieces]])] = True
    seals = (~rows & ringed) | specks
    seals[0] = False
    found = cv2.dilate(seals[labels].astype(np.uint8), np.ones((5, 5), np.uint8))
    whole: NDArray[np.uint8] = cv2.resize(found, (red.shape[1], red.shape[0]), interpolation=cv2.INTER_NEAREST)
    return whole


def is_seal_text(line: OcrLine, box: Box, seal: Seal) -> bool:
    """Whether a line is printed by a seal and not under it.

    Args:
        line: as read.
        box: its place in points.
        seal: a seal near it.
    """
    wide, high = seal.box[2] - seal.box[0], seal.box[3] - seal.box[1]
    centre = seal.share((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    if centre > 1.0 or box[2] - box[0] > 1.2 * max(wide, 60.0) or box[3] - box[1] > 1.2 * max(high, 60.0):
        return False
    (left, top), (right, right_top) = line.quad[0], line.quad[1]
    tilt = abs(float(np.degrees(np.arctan2(right_top - top, max(1e-6, right - left)))))
    # the corners of a short line are too near each other to tell a small tilt
    if tilt >= (_TILTED if box[2] - box[0] >= _WIDE else _TILTED_SHORT) or _NAME.fullmatch(line.text):
        return True
    return line.confidence < _UNSURE and len(line.text) <= _FRAGMENT


def lies_under(box: Box, seal: Seal) -> bool:
    """Whether a seal covers part of a line."""
    middle = (box[1] + box[3]) / 2
    steps = np.linspace(box[0], box[2], 12)
    return any(seal.share(float(x), middle) <= 1.0 for x in steps)
