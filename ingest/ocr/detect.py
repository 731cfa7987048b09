"""Text detection: where lines stand in a picture (PP-OCR "DB" detector).

The network gives a map of how surely each pixel belongs to the core of a line; cores become turned rectangles, widened
by the share by which training had shrunk them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ingest.ocr.engine import Image

from ingest.ocr.models import open_session

_THRESHOLD: Final = 0.3
_BOX_THRESHOLD: Final = 0.5
_WIDEN: Final = 1.6
_SHORTEST: Final = 736
_STEP: Final = 32
_SMALLEST: Final = 3
_MOST_BOXES: Final = 3000


@dataclass(frozen=True, slots=True)
class TextBox:
    """A turned rectangle: corners clockwise from the top left, in pixels of the picture, and how sure it is."""

    corners: NDArray[np.float32]
    score: float


class Detector:
    """Finds lines of text."""

    def __init__(self, path: Path, *, longest: int) -> None:
        """Load the weights.

        Args:
            path: ONNX file.
            longest: longer side of the picture the network is shown, in pixels.
        """
        self._session = open_session(path)
        self._name = self._session.get_inputs()[0].name
        self._longest = longest

    def find(self, image: Image) -> list[TextBox]:
        """Find the lines of a picture, in no particular order."""
        height, width = image.shape[:2]
        scale = min(1.0, self._longest / max(height, width))
        scale = (
            max(scale, min(_SHORTEST / min(height, width), 4.0)) if min(height, width) * scale < _SHORTEST else scale
        )
        shown = (
            max(_STEP, round(width * scale / _STEP) * _STEP),
            max(_STEP, round(height * scale / _STEP) * _STEP),
        )
        small = cv2.resize(image, shown, interpolation=cv2.INTER_AREA if scale < 0.8 else cv2.INTER_LINEAR)
        # (x / 255 - 0.5) / 0.5, channels first
        blob = cv2.dnn.blobFromImage(small, 1 / 127.5, mean=(127.5, 127.5, 127.5))
        sureness = self._session.run(None, {self._name: blob})[0][0, 0]
        return _boxes(sureness, width / shown[0], height / shown[1], width, height)


def _boxes(sureness: NDArray[Any], x_scale: float, y_scale: float, width: int, height: int) -> list[TextBox]:
    """Cores to widened rectangles on the picture."""
    mask = cv2.dilate((sureness > _THRESHOLD).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found: list[TextBox] = []
    for contour in contours[:_MOST_BOXES]:
        centre, (wide, high), angle = cv2.minAreaRect(contour)
        if min(wide, high) < _SMALLEST:
            continue
        score = _score(sureness, cv2.boxPoints((centre, (wide, high), angle)))
        if score < _BOX_THRESHOLD:
            continue
        margin = wide * high * _WIDEN / (2 * (wide + high))
        corners = cv2.boxPoints((centre, (wide + 2 * margin, high + 2 * margin), angle))
        corners = corners * np.array([x_scale, y_scale], np.float32)
        corners[:, 0] = np.clip(np.round(corners[:, 0]), 0, width - 1)
        corners[:, 1] = np.clip(np.round(corners[:, 1]), 0, height - 1)
        found.append(TextBox(_clockwise(corners), score))
    return found


def _score(sureness: NDArray[Any], corners: NDArray[Any]) -> float:
    """Mean sureness inside a rectangle."""
    height, width = sureness.shape
    x0, x1 = (int(v) for v in np.clip([np.floor(corners[:, 0].min()), np.ceil(corners[:, 0].max())], 0, width - 1))
    y0, y1 = (int(v) for v in np.clip([np.floor(corners[:, 1].min()), np.ceil(corners[:, 1].max())], 0, height - 1))
    mask = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(mask, [(corners - [x0, y0]).astype(np.int32)], 1)
    return float(cv2.mean(sureness[y0 : y1 + 1, x0 : x1 + 1], mask)[0])


def _clockwise(corners: NDArray[Any]) -> NDArray[np.float32]:
    """Top left, top right, bottom right, bottom left."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    top_left, bottom_left = left[np.argsort(left[:, 1], kind="stable")]
    top_right, bottom_right = right[np.argsort(right[:, 1], kind="stable")]
    return np.array([top_left, top_right, bottom_right, bottom_left], np.float32)
