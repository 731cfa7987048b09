"""Straight lines drawn on a scanned page: rules of tables and lines to write on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from ingest.layout.page import Rule
from ingest.picture import ReadyPicture

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONG: Final = 0.30
_GAP: Final = 0.02


def find_rules(ready: ReadyPicture) -> list[Rule]:
    """Find the rules of a straightened picture, in points of the straightened page.

    A bar of 7.6 mm is longer than any stroke of a character, so that only rules survive the opening.
    """
    grey = cv2.GaussianBlur(cv2.cvtColor(ready.image, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    window = 31 if ready.dpi < 250 else 51
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 10)
    rules: list[Rule] = []
    across, down = ready.scale
    for lying in (True, False):
        for x, y, wide, high in _bars(ink, ready.dpi, lying=lying):
            if lying:
                middle = (y + high / 2) * down
                rules.append(Rule(x * across, middle, (x + wide) * across, middle))
            else:
                middle = (x + wide / 2) * across
                rules.append(Rule(middle, y * down, middle, (y + high) * down))
    return rules


def _bars(ink: NDArray[Any], dpi: float, *, lying: bool) -> list[tuple[int, int, int, int]]:
    gap, long = max(3, int(dpi * _GAP)), max(8, int(dpi * _LONG))
    close = np.ones((1, gap) if lying else (gap, 1), np.uint8)
    bar = np.ones((1, long) if lying else (long, 1), np.uint8)
    thick = np.ones((3, 1) if lying else (1, 3), np.uint8)
    mask = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, close), cv2.MORPH_OPEN, bar)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(mask, thick))
    return [(int(x), int(y), int(wide), int(high)) for x, y, wide, high, _ in stats[1:]]
