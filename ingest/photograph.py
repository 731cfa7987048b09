"""A sheet photographed at an angle on a darker table: its four corners are found, and it is laid flat.

Only a picture in which a bright quadrangle lies on clearly darker ground is changed. A scan fills its picture, so that
there is no ground to be seen, and stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from ingest.scaling import sampled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.ocr.engine import Image

_SIDE: Final = 640
_LEAST_SIDE: Final = 64
_SHORT_SIDE: Final = 595.0
_LONG_SIDE: Final = 842.0
# of the picture: how much of it the sheet covers
_SHARE: Final = (0.25, 0.93)
_CORNER: Final = 0.02
# ground is seen on all four sides: a dark picture on half a page is no table
_MARGIN: Final = 0.01
_FILLED: Final = 0.95
_DARKER: Final = 45.0
# long over short side of the sheet as photographed
_SHAPE: Final = (1.05, 2.0)
_MOST_SLANT: Final = 30.0


def laid_flat(image: Image) -> Image:
    """The sheet alone, as seen from above; the picture itself where no sheet on darker ground is seen.

    Args:
        image: blue-green-red.
    """
    height, width = image.shape[:2]
    scale = _SIDE / max(height, width)
    if scale >= 1 or min(height, width) * scale < _LEAST_SIDE:
        # a strip thousands of times as long as wide shrinks to nothing
        return image
    small = sampled(image, scale)
    found = _sheet(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
    if found is None:
        return image
    corners = (found / scale).astype(np.float32)
    top, right, bottom, left = (
        float(np.linalg.norm(corners[one] - corners[other])) for one, other in ((0, 1), (1, 2), (2, 3), (3, 0))
    )
    wide, high = round(max(top, bottom)), round(max(left, right))
    target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    flat: Image = cv2.warpPerspective(
        image, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return flat


def sheet_size(wide: int, high: int) -> tuple[float, float]:
    """Points of a whole sheet (A4) in a picture of so many pixels, whichever side of the picture it fills."""
    scale = min(_SHORT_SIDE / min(wide, high), _LONG_SIDE / max(wide, high))
    return wide * scale, high * scale


def _sheet(grey: NDArray[Any]) -> NDArray[np.float32] | None:
    """Corners of the sheet, clockwise from the top left; None when there is none for sure."""
    soft = cv2.GaussianBlur(grey, (7, 7), 0)
    _, bright = cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # lines of print must not cut the sheet to pieces
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    outline = cv2.convexHull(max(contours, key=cv2.contourArea))
    rough = cv2.approxPolyDP(outline, _CORNER * cv2.arcLength(outline, True), True)
    if len(rough) != 4 or not cv2.isContourConvex(rough):
        return None
    corners = _clockwise(rough.reshape(4, 2).astype(np.float32))
    share = cv2.contourArea(corners) / grey.size
    if not _SHARE[0] <= share <= _SHARE[1] or cv2.contourArea(outline) < _FILLED * cv2.contourArea(corners):
        return None
    height, width = grey.shape
    margin = _MARGIN * max(height, width)
    free = min(corners.min(), width - 1 - corners[:, 0].max(), height - 1 - corners[:, 1].max()) >= margin
    return corners if free and _is_plausible(corners) and _is_on_dark(grey, corners) else None


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Top left, top right, bottom right, bottom left."""
    sums, differences = corners.sum(1), corners[:, 0] - corners[:, 1]
    order = [int(sums.argmin()), int(differences.argmax()), int(sums.argmax()), int(differences.argmin())]
    return corners[order]


def _is_plausible(corners: NDArray[np.float32]) -> bool:
    """Whether four corners are those of a sheet at a moderate angle."""
    if len({tuple(corner) for corner in corners.tolist()}) < 4:
        return False
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(sides, axis=1)
    across, down = float(lengths[[0, 2]].mean()), float(lengths[[1, 3]].mean())
    # the upper and lower side lie, the other two stand
    slants = [
        np.degrees(np.arctan2(*(abs(step) for step in (side[::-1] if lies else side))))
        for side, lies in zip(sides.tolist(), (True, False, True, False), strict=True)
    ]
    return _SHAPE[0] <= max(across, down) / min(across, down) <= _SHAPE[1] and max(slants) <= _MOST_SLANT


def _is_on_dark(grey: NDArray[Any], corners: NDArray[np.float32]) -> bool:
    """Whether all around the sheet is clearly darker than its paper."""
    inside = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 1)
    ground = grey[cv2.dilate(inside, np.ones((9, 9), np.uint8)) == 0]
    paper = np.percentile(grey[inside == 1], 70)
    return bool(ground.size) and float(np.percentile(ground, 90)) < paper - _DARKER
