"""A page as a picture made ready for reading: upright, red seals lifted, straight.

Order and constants are those measured in docs/ocr.md. Lines, tables and columns are found on the straightened page; the
tilt back to the page as scanned is kept, so that every box can be shown where it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from ingest.scaling import scaled
from ingest.seals import Seal, ink_of_seals, red_seals, round_seals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.ocr.engine import Image

Tilt = tuple[float, float, float, float, float, float]

# resolution a page is rendered at, and beyond which a scan is brought down to it
USUAL_DPI: Final = 200
FINEST_DPI: Final = 220.0
_HALF: Final = 0.55
_SKEW_SIDE: Final = 1000
_MOST_SKEW: Final = 4.0
_LEAST_SKEW: Final = 0.15
_RED: Final = 14
_AT_200_DPI: Final = 2339.0
# pixels at 200 dpi over which colour is smeared
_SPREAD: Final = 1.2
# of the paper: brightness that counts as black, and glare; per cent of the seal's ink that are not the reddest
_DENSEST: Final = 0.05
_PALEST: Final = 1.2
_REDDEST: Final = 60
# of the density of the seal's ink: what may be left of it at the edges of its strokes
_BREATH: Final = 0.2
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
    factor = USUAL_DPI / (image.shape[1] / (width / 72))
    if factor >= USUAL_DPI / finest:
        return image
    if factor < _HALF:
        return scaled(image, factor)
    # from 300 dpi the two nearest pixels are the mean of what falls on one, at an eighth of the cost
    size = (max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor)))
    small: Image = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    return small


def turned(image: Image, degrees: int) -> Image:
    """Turn a picture clockwise by a multiple of 90 degrees."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if degrees in codes:
        image = cv2.rotate(image, codes[degrees])
    return image


def is_coloured(image: Image) -> bool:
    """Whether a picture has any colour; a grey scan stored as RGB has none."""
    # most pages are grey pixel by pixel
    return _has_colour(image[::2, ::2]) and _has_colour(cv2.resize(image, (400, 400), interpolation=cv2.INTER_AREA))


def _has_colour(image: Image) -> bool:
    blue, green, red = cv2.split(np.ascontiguousarray(image))
    spread = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    return bool(spread.max() > _RED)


def lift_red(image: Image, *, points_per_pixel: float) -> tuple[Image, NDArray[np.uint8]]:
    """Take the red ink of seals off the page; black under a seal stays as black as it is.

    Red words (a letterhead, a change typed in red) are no seal: they become dark.

    Args:
        image: blue-green-red.
        points_per_pixel: scale of the picture.

    Returns:
        The grey picture with three channels, and a mask of what was lifted.
    """
    blue, green, red = cv2.split(image)
    spread = _SPREAD * max(red.shape) / _AT_200_DPI
    dark = cv2.min(green, blue)
    excess = cv2.subtract(red, cv2.max(green, blue), dtype=cv2.CV_32F)
    coloured = cv2.GaussianBlur(excess, (0, 0), spread) > _RED
    red_ink = cv2.dilate(coloured.astype(np.uint8), np.ones((3, 3), np.uint8))
    if not red_ink.any():
        return image, red_ink
    mask = red_ink & ink_of_seals(red_ink, points_per_pixel)
    grey = np.where(red_ink > mask, dark, red)
    if mask.any():
        _lift(grey, red, dark, mask, red_ink, spread)
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), mask


def _lift(
    grey: Image, red: Image, dark: Image, mask: NDArray[np.uint8], red_ink: NDArray[np.uint8], spread: float
) -> None:
    """Put what is below seals into a grey picture; all else of the page costs nothing."""
    height, width = red.shape
    small = cv2.resize(red, (max(1, width // 16), max(1, height // 16)), interpolation=cv2.INTER_AREA)
    small = cv2.blur(cv2.dilate(small.astype(np.float32), np.ones((5, 5), np.uint8)), (5, 5))
    paper = np.maximum(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), 1)
    some = (slice(None, None, 4), slice(None, None, 4))
    plain = red_ink[some] == 0
    tint = float(np.median(dark[some][plain] / np.maximum(red[some][plain], 1.0))) if plain.any() else 1.0
    x, y, wide, high = cv2.boundingRect(mask)
    margin = int(8 * spread) + 1
    part = (slice(max(0, y - margin), y + high + margin), slice(max(0, x - margin), x + wide + margin))
    inside = mask[part] > 0
    lifted = _without_red(red[part], dark[part], paper[part], inside, tint, spread)
    grey[part][inside] = np.clip(lifted[inside], 0, 255).astype(np.uint8)


def _without_red(
    red: Image, dark: Image, paper: NDArray[Any], inside: NDArray[np.bool_], tint: float, spread: float
) -> NDArray[Any]:
    """What would be there without the red ink, by densities.

    Black ink is as dense in every channel, red ink dense in the dark channels and thin in the red one. What the dark
    channels have more is the red ink's; its small share in the red channel is measured where it is reddest and taken
    off. A fixed limit between ink and paper took the print along with the seal where the print was pale.

    Args:
        red: red channel of a part of the page.
        dark: the darker of the other two.
        paper: brightness of the paper in the red channel.
        inside: where red ink of seals is.
        tint: how bright the paper is in the dark channels, of the red one.
        spread: by how much scanners and JPEG smear colour, in pixels.
    """
    in_red = -np.log(np.clip(red / paper, _DENSEST, _PALEST))
    redness = -np.log(np.clip(dark / (paper * max(tint, _DENSEST)), _DENSEST, _PALEST)) - in_red
    reddest = inside & (redness > np.percentile(redness[inside], _REDDEST))
    share = float(np.median(in_red[reddest] / np.maximum(redness[reddest], _DENSEST))) if reddest.any() else 0.0
    left = np.maximum(in_red - share * np.maximum(cv2.GaussianBlur(redness, (0, 0), spread), 0), 0)
    # colour is smeared more than brightness: a breath of each stroke stays at its edge, the stronger the redder it is
    breath = max(_DENSEST, _BREATH * float(np.median(redness[reddest])) if reddest.any() else 0.0)
    lifted: NDArray[Any] = np.exp(-left * np.minimum(left / breath, 1)) * paper
    return lifted


def find_skew(image: Image) -> float:
    """Skew in degrees, by the sharpest horizontal projection of a small copy; 0 for a picture without lines."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    scale = _SKEW_SIDE / max(grey.shape)
    if scale < 1:
        grey = scaled(grey, scale)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    if cv2.countNonZero(ink) < 200:
        return 0.0
    half = scaled(ink, 0.5)
    coarse = max(
        (float(angle) for angle in np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5)),
        key=lambda angle: _sharpness(half, angle),
    )
    fine = (float(angle) for angle in np.arange(coarse - 0.5, coarse + 0.51, 0.1))
    return max(fine, key=lambda angle: _sharpness(ink, angle))


def _sharpness(ink: NDArray[Any], angle: float) -> float:
    """How much rows differ from their neighbours when a picture is turned: most where lines lie level."""
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST)
    # sums of whole numbers: to double precision the same costs sixty times as much
    sums = cv2.reduce(rows, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).astype(np.float64)
    return float((np.diff(sums, axis=0) ** 2).sum())


def _straightened(image: Image, forward: NDArray[Any], *, coloured: bool) -> Image:
    """A picture turned by a small angle; of a grey one a single channel, for that is the dearest step of all."""
    size = (image.shape[1], image.shape[0])
    part = image if coloured else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    part = cv2.warpAffine(part, forward, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    straight: Image = part if coloured else cv2.cvtColor(part, cv2.COLOR_GRAY2BGR)
    return straight


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
    coloured = is_coloured(image)
    if coloured:
        ready, mask = lift_red(image, points_per_pixel=width / columns)
        coloured = not mask.any()
        has_red = bool(mask.mean() > _SEAL_SHARE)
    skew = find_skew(ready)
    scale = (width / columns, height / rows)
    tilt = None
    if abs(skew) >= _LEAST_SKEW:
        forward = cv2.getRotationMatrix2D((columns / 2, rows / 2), skew, 1)
        ready = _straightened(ready, forward, coloured=coloured)
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
