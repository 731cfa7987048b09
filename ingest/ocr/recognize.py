"""Text recognition: the characters of one line (PP-OCR, CTC decoding), with the place of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ingest.ocr.engine import Image

from ingest.ocr.models import open_session

_HEIGHT: Final = 48
_NARROWEST: Final = 320
_WIDEST: Final = 3200
_UPRIGHT: Final = 1.5
_ONE: Final = "一"
_DASH: Final = "—"
# 第一, 附件一, 附表一, 方案一, （一）: counted, never a dash
_BEFORE_ONE: Final = frozenset("第件表录案之（(")


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as read.

    Attributes:
        text: characters.
        confidence: mean of the characters' confidences.
        confidences: one a character.
        centres: middle of each character as a share of the width of the line.
    """

    text: str
    confidence: float
    confidences: tuple[float, ...]
    centres: tuple[float, ...]


class Recognizer:
    """Reads lines that a detector has cut out."""

    def __init__(self, path: Path, alphabet: Path | None, *, dash_share: float) -> None:
        """Load the weights.

        Args:
            path: ONNX file.
            alphabet: one character a line; None when the ONNX file carries it.
            dash_share: 一 between Chinese characters is read as a dash when the dash is at least this likely, beside
                a letter or figure at a sixth of it. The models have seen far more 一 than dashes and prefer it even
                where a dash is printed; where 一 is printed, no dash is thought of.
        """
        self._session = open_session(path)
        self._name = self._session.get_inputs()[0].name
        if alphabet is not None:
            listed = alphabet.read_text(encoding="utf-8").split("\n")
        else:
            listed = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        listed = [char.strip("\r") for char in listed]
        if listed and not listed[-1]:
            listed.pop()
        self._alphabet = ["", *listed, " "]
        self._dash = listed.index(_DASH) + 1 if _DASH in listed else 0
        self._dash_share = dash_share if self._dash else 2.0

    def read(self, line: Image) -> Reading:
        """Read the picture of one line, upright, any size."""
        height, width = line.shape[:2]
        shown = min(_WIDEST, max(1, math.ceil(_HEIGHT * width / height)))
        resized = cv2.resize(line, (shown, _HEIGHT))
        blob = np.zeros((1, 3, _HEIGHT, max(_NARROWEST, int(_HEIGHT * width / height) or 1, shown)), np.float32)
        blob[0, :, :, :shown] = (resized.transpose(2, 0, 1).astype(np.float32) / 255 - 0.5) / 0.5
        steps = self._session.run(None, {self._name: blob})[0][0]
        return self._decode(steps, blob.shape[3] / shown)

    def _decode(self, steps: NDArray[Any], stretch: float) -> Reading:
        """The likeliest character of each step; repeats and blanks dropped."""
        best = steps.argmax(axis=1)
        keep = best != 0
        keep[1:] &= best[1:] != best[:-1]
        places = np.flatnonzero(keep)
        if not len(places):
            return Reading("", 0.0, (), ())
        sure = steps[places, best[places]]
        text = [self._alphabet[index] if index < len(self._alphabet) else "" for index in best[places]]
        for place, char in enumerate(text):
            if char == _ONE and self._is_dash(text, place, float(steps[places[place], self._dash])):
                text[place] = _DASH
        centres = np.clip((places + 0.5) / len(steps) * stretch, 0, 1)
        pairs = [(char, float(s), float(c)) for char, s, c in zip(text, sure, centres, strict=True) if char]
        return Reading(
            "".join(char for char, _, _ in pairs),
            sum(s for _, s, _ in pairs) / len(pairs) if pairs else 0.0,
            tuple(s for _, s, _ in pairs),
            tuple(c for _, _, c in pairs),
        )

    def _is_dash(self, text: list[str], place: int, share: float) -> bool:
        """Whether a dash is printed where 一 was read."""
        if not place or text[place - 1] in _BEFORE_ONE:
            return False
        beside = text[place - 1 : place + 2]
        plain = any(char.isascii() and char.isalnum() for char in beside if char != _ONE)
        return share >= (self._dash_share / 6 if plain else self._dash_share)


def cut_out(image: Image, corners: NDArray[np.float32]) -> Image:
    """The picture of a line, straightened; a line that stands upright is laid down."""
    width = int(max(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[2] - corners[3])))
    height = int(max(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[1] - corners[2])))
    width, height = max(1, width), max(1, height)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    line = cv2.warpPerspective(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC)
    return np.rot90(line) if height >= _UPRIGHT * width else line
