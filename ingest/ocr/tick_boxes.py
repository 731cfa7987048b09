"""Small squares on a scanned page, ticked or not.

Characters such as 口 and 日 are squares, too; whoever uses what is found here looks at what was read in the same place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from ingest.layout.page import TickBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.picture import ReadyPicture

# points: sides of a box beside text of usual size
_SMALLEST: Final = 6.0
_LARGEST: Final = 16.0
_STROKE: Final = 4.5
_ASPECT: Final = 1.25
_CLOSED: Final = 0.85
_MARKED: Final = 0.12
_MOST: Final = 400


def find_tick_boxes(ready: ReadyPicture) -> list[TickBox]:
    """Find the squares of a straightened picture, in points of the straightened page."""
    grey = cv2.cvtColor(ready.image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    across, down = ready.scale
    bar = max(4, round(_STROKE / across))
    # only level and upright strokes: a tick drawn across a box vanishes
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, bar), np.uint8)) | cv2.morphologyEx(
        ink, cv2.MORPH_OPEN, np.ones((bar, 1), np.uint8)
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    found: list[TickBox] = []
    for x, y, wide, high, _ in stats[1:].tolist():
        sides = sorted((wide * across, high * down))
        if not (sides[0] >= _SMALLEST and sides[1] <= _LARGEST and sides[1] <= _ASPECT * sides[0]):
            continue
        if len(found) < _MOST and _is_closed(strokes[y : y + high, x : x + wide]):
            box = (x * across, y * down, (x + wide) * across, (y + high) * down)
            found.append(TickBox(box, ticked=_is_marked(ink[y : y + high, x : x + wide])))
    return found


def _is_closed(square: NDArray[Any]) -> bool:
    """Whether ink runs along all four sides."""
    high, wide = square.shape
    band = max(2, round(0.16 * min(high, wide)))
    sides = (
        square[:band].any(axis=0),
        square[-band:].any(axis=0),
        square[:, :band].any(axis=1),
        square[:, -band:].any(axis=1),
    )
    return all(float(side.mean()) >= _CLOSED for side in sides)


def _is_marked(square: NDArray[Any]) -> bool:
    """Whether something stands inside."""
    high, wide = square.shape
    inset_y, inset_x = max(3, round(0.26 * high)), max(3, round(0.26 * wide))
    inside = square[inset_y : high - inset_y, inset_x : wide - inset_x]
    return bool(inside.size) and float((inside > 0).mean()) > _MARKED
