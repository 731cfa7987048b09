"""Cells of a ruled table in which the detector found nothing although something is printed: a lone figure, mostly.

The cell is cut out and shown to the engine by itself, where a lone figure is no longer lost in a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from ingest.layout.cells import within
from ingest.layout.grid import find_grids
from ingest.ocr.engine import OcrLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.layout.page import Rule, TextLine
    from ingest.ocr.engine import Image, OcrEngine
    from ingest.picture import ReadyPicture
    from schema.base import Box

_MOST: Final = 40
_INSIDE: Final = 2.5
_LARGEST: Final = (200.0, 60.0)
_LEAST_INK: Final = 12.0
_MARGIN: Final = 24
_LEAST_CONFIDENCE: Final = 0.8


def read_empty_cells(
    ready: ReadyPicture, rules: Sequence[Rule], lines: Sequence[TextLine], engine: OcrEngine, *, tolerance: float
) -> list[OcrLine]:
    """Read the cells that should not be empty.

    Args:
        ready: the page.
        rules: its rules, in points.
        lines: what was read.
        engine: reads the cells.
        tolerance: how far rules may miss each other, in points.

    Returns:
        Further lines, in pixels of the ready picture.
    """
    grids, _ = find_grids(rules, tolerance=tolerance)
    found: list[OcrLine] = []
    tried = 0
    for grid in grids:
        for cell in grid.cells:
            box = cell.box
            small = box[2] - box[0] <= _LARGEST[0] and box[3] - box[1] <= _LARGEST[1]
            if not small or tried >= _MOST or any(within(line, box) for line in lines):
                continue
            picture, left, top = _cut(ready, box)
            if picture.size and _has_print(picture, ready):
                tried += 1
                found.extend(_read(picture, left, top, engine))
    return found


def _cut(ready: ReadyPicture, box: Box) -> tuple[Image, int, int]:
    """The inside of a cell, its rules left out."""
    across, down = ready.scale
    left, right = int((box[0] + _INSIDE) / across), int((box[2] - _INSIDE) / across)
    top, bottom = int((box[1] + _INSIDE) / down), int((box[3] - _INSIDE) / down)
    return ready.image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)], max(0, left), max(0, top)


def _has_print(picture: Image, ready: ReadyPicture) -> bool:
    """Whether there is ink in one piece as large as a figure; specks are not."""
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 18)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    point = 1 / ready.scale[1]
    return any(
        high >= 4.5 * point and high <= 30 * point and area >= _LEAST_INK for _, _, _, high, area in stats[1:].tolist()
    )


def _read(picture: Image, left: int, top: int, engine: OcrEngine) -> list[OcrLine]:
    """Lines of a cell, shown on a white margin and at twice its size."""
    paper = int(np.median(picture))
    framed = cv2.copyMakeBorder(
        np.ascontiguousarray(picture), _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(paper,) * 3
    )
    shown = cv2.resize(framed, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    lines = []
    for line in engine.recognize(shown):
        if line.confidence < _LEAST_CONFIDENCE:
            continue
        corners = [(x / 2 - _MARGIN + left, y / 2 - _MARGIN + top) for x, y in line.quad]
        quad = (corners[0], corners[1], corners[2], corners[3])
        lines.append(OcrLine(quad, line.text, line.confidence, line.centres, line.other))
    return lines
