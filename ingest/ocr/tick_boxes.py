"""Small squares on a scanned page, ticked or not.

Characters such as 口 and 日 are squares, too; whoever uses what is found here looks at what was read in the same place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from ingest.layout.page import TickBox
from ingest.pieces import boxes_of_pieces

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
# how full of ink the rows of a frame are, how much it must leave free, how long a stroke in it must be to be one
_OF_FRAME: Final = 0.5
_LEAST_INSIDE: Final = 0.45
_DEEP: Final = 0.26
_THROUGH: Final = 0.4
_MOST: Final = 400
# how much longer one level side may seem than the other where a tick begins on it, and how thick
_OVERHANG: Final = 1.35
_THICK: Final = 0.4
_NEAR: Final = 5
_LEAST_STROKE: Final = 0.04
_STROKE_SHARE: Final = 0.5
_BOTH: Final = 2
# pixels by which boxes of a column may differ, and how many make one
_ALIGNED: Final = 2
_COMPANY: Final = 2


def find_tick_boxes(ready: ReadyPicture) -> list[TickBox]:
    """Find the squares of a straightened picture, in points of the straightened page."""
    grey = cv2.cvtColor(ready.image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    across, down = ready.scale
    bar = max(4, round(_STROKE / across))
    # only level and upright strokes: a tick drawn across a box vanishes
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, bar), np.uint8))
    strokes = level | cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((bar, 1), np.uint8))
    places = [
        (x, y, x + wide, y + high)
        for x, y, wide, high in boxes_of_pieces(strokes)
        if _is_box(wide * across, high * down) and _is_closed(strokes[y : y + high, x : x + wide])
    ]
    crossed = [place for place in _crossed(ink, level, across, down) if not any(_meet(place, one) for one in places)]
    crossed += _in_company(ink, [*places[:_MOST], *crossed[:_MOST]])
    return [
        TickBox(
            (x0 * across, y0 * down, x1 * across, y1 * down),
            # a tick may touch no more than a corner of its box
            ticked=_is_marked(ink[y0:y1, x0:x1]) or _strokes_outside(ink, (x0, y0, x1, y1)) >= _BOTH,
        )
        for x0, y0, x1, y1 in [*places[:_MOST], *crossed[:_MOST]]
    ]


_Place = tuple[int, int, int, int]


def _is_box(wide: float, high: float) -> bool:
    short, long = sorted((wide, high))
    return short >= _SMALLEST and long <= _LARGEST and long <= _ASPECT * short


def _meet(one: _Place, other: _Place) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crossed(ink: NDArray[Any], level: NDArray[Any], across: float, down: float) -> list[_Place]:
    """Squares that a tick or cross drawn beyond their frame has run together with: two level strokes below each other.

    A thick stroke across the frame is level or upright for a stretch itself, so that the strokes of frame and tick are
    one piece. The level sides are still strokes of their own, and the upright ones full of ink.
    """
    pieces = np.array(boxes_of_pieces(level), np.intp).reshape(-1, 4)
    least, most = _SMALLEST / across, _LARGEST / across
    wide, high = pieces[:, 2], pieces[:, 3]
    sides = pieces[(wide >= least) & (wide <= _OVERHANG * most) & (high <= _THICK * most)]
    # a page of print has thousands of level strokes: which of them lie below each other is asked of all at once
    sides = sides[np.argsort(sides[:, 0] // _NEAR, kind="stable")]
    x, y, w, h = sides.T
    near = x // _NEAR
    first, last = np.searchsorted(near, near - 1, "left"), np.searchsorted(near, near + 1, "right")
    upper = np.repeat(np.arange(len(x)), last - first)
    lower = np.arange(len(upper)) - np.repeat(np.cumsum(last - first) - last, last - first)
    left, right = np.maximum(x[upper], x[lower]), np.minimum((x + w)[upper], (x + w)[lower])
    top, bottom = y[upper], (y + h)[lower]
    wide, high = (right - left) * across, (bottom - top) * down
    same = (right - left >= np.maximum(w[upper], w[lower]) / _OVERHANG) & (y[lower] > (y + h)[upper])
    same &= (np.minimum(wide, high) >= _SMALLEST) & (np.maximum(wide, high) <= _LARGEST)
    places = np.column_stack((left, top, right, bottom))[same].tolist()
    return [
        (x0, y0, x1, y1)
        for x0, y0, x1, y1 in places
        if _is_box((x1 - x0) * across, (y1 - y0) * down) and _is_crossed(ink, (x0, y0, x1, y1))
    ]


def _in_company(ink: NDArray[Any], places: list[_Place]) -> list[_Place]:
    """Marked squares below and above others of their size whose frame is no more than full of ink.

    A cross through the corners breaks the level sides to pieces. Where two boxes stand below each other it is known how
    large a third one is and where its left side runs, so that less of it has to be seen.
    """
    found: list[_Place] = []
    for left, top, right, bottom in places:
        wide, high = right - left, bottom - top
        company = [
            one
            for one in places
            if abs(one[0] - left) <= _ALIGNED
            and max(abs(one[2] - one[0] - wide), abs(one[3] - one[1] - high)) <= _ALIGNED
        ]
        if len(company) < _COMPANY or any(abs(one[0] - left) <= _ALIGNED for one in found):
            continue
        found += _frames_in_column(ink, left, wide, high, [*places, *found])
    return found


def _frames_in_column(ink: NDArray[Any], left: int, wide: int, high: int, known: list[_Place]) -> list[_Place]:
    """Marked squares of a size whose left side runs at one place, where none is known."""
    band = max(2, round(0.16 * min(high, wide)))
    best: dict[int, tuple[float, int]] = {}
    for start in range(max(0, left - _ALIGNED), left + _ALIGNED + 1):
        strip = np.minimum(ink[:, start : start + wide], 1)
        if strip.shape[1] < wide or strip.shape[0] <= high:
            return []
        below = cv2.dilate(strip, np.ones((band, 1), np.uint8), anchor=(0, 0))
        windows = cv2.reduce(below, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0] / wide
        upright = [cv2.reduce(part, 1, cv2.REDUCE_MAX)[:, 0] for part in (strip[:, :band], strip[:, -band:])]
        sums = [np.concatenate(([0], np.cumsum(side, dtype=np.intp))) for side in upright]
        sides = np.minimum(*(sum_[high:] - sum_[:-high] for sum_ in sums)) / high
        count = len(sides)
        closed = np.minimum(np.minimum(windows[:count], windows[high - band :][:count]), sides)
        for top in np.flatnonzero(closed >= _CLOSED).tolist():
            sure = float(closed[top])
            if sure > best.get(top, (0.0, 0))[0]:
                best[top] = sure, start
    found: list[_Place] = []
    for top, (_, start) in sorted(best.items(), key=lambda item: -item[1][0]):
        place = (start, top, start + wide, top + high)
        if not any(_meet(place, one) for one in [*known, *found]) and _is_marked(
            ink[top : top + high, start : start + wide]
        ):
            found.append(place)
    return found


def _is_crossed(ink: NDArray[Any], place: _Place) -> bool:
    """Whether all four sides are full of ink, something stands inside, and goes on outside."""
    left, top, right, bottom = place
    square = ink[top:bottom, left:right]
    return _is_closed(square) and _is_marked(square) and _strokes_outside(ink, place) >= 1


def _strokes_outside(ink: NDArray[Any], place: _Place) -> int:
    """At how many sides a stroke leaves a box: not the edge of the frame itself, and not a rule along a whole side."""
    left, top, right, bottom = place
    reach = max(2, (right - left) // 6)
    outside = (
        ink[max(0, top - reach) : max(0, top - 1), left:right],
        ink[bottom + 1 : bottom + 1 + reach, left:right],
        ink[top:bottom, max(0, left - reach) : max(0, left - 1)],
        ink[top:bottom, right + 1 : right + 1 + reach],
    )
    return sum(bool(side.size) and _LEAST_STROKE < float((side > 0).mean()) < _STROKE_SHARE for side in outside)


def _is_closed(square: NDArray[Any]) -> bool:
    """Whether ink runs along all four sides."""
    high, wide = square.shape
    band = max(2, round(0.16 * min(high, wide)))
    # a side is as long as its pixels are many, those in the corners belong to two
    if cv2.countNonZero(square) < 2 * _CLOSED * (high + wide) - 4 * band:
        return False
    # one after the other: most candidates fail at the first
    bands = ((square[:band], 0), (square[-band:], 0), (square[:, :band], 1), (square[:, -band:], 1))
    return all(
        cv2.countNonZero(cv2.reduce(part, axis, cv2.REDUCE_MAX)) >= _CLOSED * (high if axis else wide)
        for part, axis in bands
    )


def _is_marked(square: NDArray[Any]) -> bool:
    """Whether something stands inside."""
    high, wide = square.shape
    middle = _inside(square, max(3, round(_DEEP * high)), max(3, round(_DEEP * wide)))
    if not middle.size:
        return False
    if float((middle > 0).mean()) > _MARKED:
        return True
    # a thin or low tick: a stroke two fifths as long as the box is wide inside; specks are shorter
    frame = max(map(_thickness, (square, square[::-1], square.T, square.T[::-1]))) + 1
    inside = _inside(square, frame, frame)
    if min(inside.shape) < _LEAST_INSIDE * min(high, wide):
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    return bool((stats[1:, 2:4].max(axis=1) >= _THROUGH * min(inside.shape)).any())


def _inside(square: NDArray[Any], inset_y: int, inset_x: int) -> NDArray[Any]:
    """What the frame of a box encloses."""
    high, wide = square.shape
    return np.ascontiguousarray(square[inset_y : high - inset_y, inset_x : wide - inset_x])


def _thickness(square: NDArray[Any]) -> int:
    """How many rows from the top belong to the frame: some of its ink lies beside the others where it is not level."""
    shares = (square > 0).mean(axis=1)
    outside = int(np.argmax(shares >= _OF_FRAME))
    return outside + int(np.argmin(shares[outside:] >= _OF_FRAME))
