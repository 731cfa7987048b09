"""A page as a picture made ready for reading: upright, red seals lifted, straight.

Order and constants are those measured in docs/ocr.md. Lines, tables and columns are found on the straightened page; the
tilt back to the page as scanned is kept, so that every box can be shown where it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from ingest.seals import Seal, ink_of_seals, red_seals, round_seals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.ocr.engine import Image

Tilt = tuple[float, float, float, float, float, float]

# resolution a page is rendered at, and beyond which a scan is brought down to it
USUAL_DPI: Final = 200
FINEST_DPI: Final = 220.0
_SKEW_SIDE: Final = 1000
_MOST_SKEW: Final = 4.0
_LEAST_SKEW: Final = 0.15
_RED: Final = 14
_AT_200_DPI: Final = 2339.0
_SEAL_SHARE: Final = 0.00015


@dataclass(slots=True)
class ReadyPicture:
    """A picture to read, and where it lies on the page.

    Attributes:
        image: upright, straight, seals lifted.
        scale: points a pixel, across and down.
        tilt: from points of the straightened page to points of the page as scanned (2 x 3); None when it is straight.
        dpi: pixels an inch.
        skew: degrees it was turned to be straight.
        width: points of the upright page.
        height: points of the upright page.
        seals: in points of the straightened page.
        has_red: whether anything red was lifted.
    """

    image: Image
    scale: tuple[float, float]
    tilt: Tilt | None
    dpi: float
    skew: float
    width: float
    height: float
    seals: list[Seal]
    has_red: bool


def to_bgr(image: NDArray[Any]) -> Image:
    """Any 8-bit picture as three channels."""
    if image.ndim == 2 or image.shape[2] == 1:
        image = cv2.cvtColor(np.ascontiguousarray(image.reshape(image.shape[:2])), cv2.COLOR_GRAY2BGR)
    elif image.shape[2] == 4:
        image = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_BGRA2BGR)
    return np.ascontiguousarray(image)


def shrunk(image: Image, width: float, finest: float = FINEST_DPI) -> Image:
    """A finer scan brought down to 200 dpi: nothing is read better beyond."""
    dpi = image.shape[1] / (width / 72)
    if dpi > finest:
        image = cv2.resize(image, None, fx=USUAL_DPI / dpi, fy=USUAL_DPI / dpi, interpolation=cv2.INTER_AREA)
    return image


def turned(image: Image, degrees: int) -> Image:
    """Turn a picture clockwise by a multiple of 90 degrees."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if degrees in codes:
        image = cv2.rotate(image, codes[degrees])
    return image


def is_coloured(image: Image) -> bool:
    """Whether a picture has any colour; a grey scan stored as RGB has none."""
    small = cv2.resize(image, (400, 400), interpolation=cv2.INTER_AREA).astype(np.int16)
    return bool((small.max(axis=2) - small.min(axis=2)).max() > _RED)


def lift_red(image: Image, *, points_per_pixel: float) -> tuple[Image, NDArray[np.uint8]]:
    """Push the red ink of seals to the colour of the paper; black under a seal stays black.

    The red channel shows red ink as pale; where a pixel is red, it is stretched to the paper around it, so that even
    pale red vanishes. Red words (a letterhead, a change typed in red) are no seal: they become dark.

    Args:
        image: blue-green-red.
        points_per_pixel: scale of the picture.

    Returns:
        The grey picture with three channels, and a mask of what was lifted.
    """
    blue, green, red = (channel.astype(np.float32) for channel in cv2.split(image))
    scale = max(red.shape) / _AT_200_DPI
    coloured = cv2.GaussianBlur(red - np.maximum(green, blue), (0, 0), 1.2 * scale) > _RED
    red_ink = cv2.dilate(coloured.astype(np.uint8), np.ones((3, 3), np.uint8))
    if not red_ink.any():
        return image, red_ink
    mask = red_ink & ink_of_seals(red_ink, points_per_pixel)
    height, width = red.shape
    small = cv2.resize(red, (max(1, width // 16), max(1, height // 16)), interpolation=cv2.INTER_AREA)
    small = cv2.blur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (5, 5))
    paper = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    # 0.35 of the paper's brightness stays black, 0.7 becomes paper
    lifted = np.clip((red / np.maximum(paper, 1) - 0.35) / 0.35, 0, 1) * paper
    grey = np.where(red_ink > mask, np.minimum(green, blue), red)
    grey = np.clip(np.where(mask > 0, lifted, grey), 0, 255).astype(np.uint8)
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), mask


def find_skew(image: Image) -> float:
    """Skew in degrees, by the sharpest horizontal projection of a small copy; 0 for a picture without lines."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    scale = _SKEW_SIDE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    height, width = ink.shape
    if cv2.countNonZero(ink) < 200:
        return 0.0

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
        rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST).sum(1, dtype=np.float64)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    coarse = max((float(angle) for angle in np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5)), key=sharpness)
    return max((float(angle) for angle in np.arange(coarse - 0.5, coarse + 0.51, 0.1)), key=sharpness)


def make_ready(image: Image, *, width: float, height: float) -> ReadyPicture:
    """Lift seals and straighten an upright picture.

    Args:
        image: upright, blue-green-red.
        width: points of the page it fills.
        height: points of the page it fills.
    """
    rows, columns = image.shape[:2]
    has_red, mask = False, None
    ready = image
    if is_coloured(image):
        ready, mask = lift_red(image, points_per_pixel=width / columns)
        has_red = bool(mask.mean() > _SEAL_SHARE)
    skew = find_skew(ready)
    scale = (width / columns, height / rows)
    tilt = None
    if abs(skew) >= _LEAST_SKEW:
        forward = cv2.getRotationMatrix2D((columns / 2, rows / 2), skew, 1)
        ready = cv2.warpAffine(ready, forward, (columns, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        mask = cv2.warpAffine(mask, forward, (columns, rows)) if mask is not None else None
        (a, b, c), (d, e, f) = cv2.invertAffineTransform(forward).tolist()
        sx, sy = scale
        tilt = (a, b * sx / sy, c * sx, d * sy / sx, e, f * sy)
    else:
        skew = 0.0
    seals = red_seals(mask, scale) if mask is not None and has_red else []
    if not seals:
        # in a grey copy only the edge of a seal is left
        seals = round_seals(ready, points_per_pixel=scale[0])
    return ReadyPicture(ready, scale, tilt, columns / (width / 72), skew, width, height, seals, has_red)
