"""Straight lines drawn on a scanned page: rules of tables and lines to write on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from ingest.layout.page import Rule
from ingest.picture import ReadyPicture
from ingest.pieces import boxes_of_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONG: Final = 0.30
_GAP: Final = 0.02
# points: what touches the edge of the picture and is short is the smear of its turning
_EDGE: Final = 1.5
_SMEAR: Final = 60.0
# of the radius of a seal: how far beyond its ring it may print, and how long its straight strokes are
_RING: Final = 1.12
_NEAR_RING: Final = 0.85
_SEAL_STROKE: Final = 0.9


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
                solid = _longest_run(ink[y : y + high, x : x + wide]) * across
                rules.append(Rule(x * across, middle, (x + wide) * across, middle, solid))
            else:
                middle = (x + wide / 2) * across
                rules.append(Rule(middle, y * down, middle, (y + high) * down))
    return [rule for rule in rules if not _is_smear(rule, ready) and not _is_of_seal(rule, ready)]


def _is_smear(rule: Rule, ready: ReadyPicture) -> bool:
    """Whether a rule is the edge of the paper, drawn out where the picture was turned."""
    left, right = min(rule.x0, rule.x1), max(rule.x0, rule.x1)
    top, bottom = min(rule.y0, rule.y1), max(rule.y0, rule.y1)
    inside = left > _EDGE and top > _EDGE and right < ready.width - _EDGE and bottom < ready.height - _EDGE
    return not inside and rule.length < _SMEAR


def _is_of_seal(rule: Rule, ready: ReadyPicture) -> bool:
    """Whether a rule is a piece of a seal: its ring where it runs level, an edge of its star.

    Of a lifted one the outline of the ring may be left.
    """
    return any(
        rule.length <= _SEAL_STROKE * (seal.box[2] - seal.box[0]) / 2
        and max(shares := (seal.share(rule.x0, rule.y0), seal.share(rule.x1, rule.y1))) <= _RING
        and (not seal.lifted or min(shares) >= _NEAR_RING)
        for seal in ready.seals
    )


def _bars(ink: NDArray[Any], dpi: float, *, lying: bool) -> list[tuple[int, int, int, int]]:
    gap, long = max(3, int(dpi * _GAP)), max(8, int(dpi * _LONG))
    close = np.ones((1, gap) if lying else (gap, 1), np.uint8)
    bar = np.ones((1, long) if lying else (long, 1), np.uint8)
    thick = np.ones((3, 1) if lying else (1, 3), np.uint8)
    mask = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, close), cv2.MORPH_OPEN, bar)
    return boxes_of_pieces(cv2.dilate(mask, thick))


def _longest_run(bar: NDArray[Any]) -> int:
    """Columns without a gap in the ink of a lying bar: rows of strokes (检查) have gaps between characters."""
    inked = np.concatenate(([False], (bar > 0).any(axis=0), [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1])
    return int((edges[1::2] - edges[::2]).max(initial=0))
