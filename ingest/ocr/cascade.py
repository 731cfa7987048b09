"""Two readers, a quick and a careful one: every line is read by the quick one, doubtful ones again by the careful one.

Doubtful is a line with a weak character, with figures (the careful reader has the last word on every number), or so
short that its confidence says little. Where both have read and differ, the quick reading is kept as evidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ingest.ocr.detect import Detector
from ingest.ocr.engine import OcrLine, OtherReading
from ingest.ocr.recognize import Reading, Recognizer, cut_out

if TYPE_CHECKING:
    from ingest.ocr.engine import Image
    from ingest.ocr.models import Weights

_LONGEST: Final = 960
_LEAST_CONFIDENCE: Final = 0.5
_WEAK: Final = 0.98
_WEAKEST: Final = 0.60
_SHORT: Final = 2
_NUMERIC: Final = re.compile(r"[0-9０-９¥￥%％‰壹贰叁肆伍陆柒捌玖拾佰仟萬]")
# 一 stands for a dash where no Chinese character is beside it
_DASH: Final = re.compile(r"一(?![\u4e00-\u9fff])|(?<![\u4e00-\u9fff])一")


_SPECKS: Final = ".·,'`:;- "


class Cascade:
    """The bundled OCR engine."""

    def __init__(self, quick: Weights, careful: Weights | None) -> None:
        """Load the weights.

        Args:
            quick: reads every line.
            careful: finds the lines and reads the doubtful ones again; without it the quick one does all alone.
        """
        self._detector = Detector((careful or quick).detector, longest=_LONGEST)
        self._quick = Recognizer(quick.recognizer, quick.alphabet)
        self._careful = Recognizer(careful.recognizer, careful.alphabet) if careful is not None else None

    def recognize(self, image: Image) -> list[OcrLine]:
        """Find and read the lines of an upright picture."""
        lines: list[OcrLine] = []
        for box in self._detector.find(image):
            picture = cut_out(image, box.corners)
            reading = self._quick.read(picture)
            other = None
            if self._careful is not None and is_doubtful(reading):
                reading, left = choose(reading, self._careful.read(picture))
                if left.text != reading.text:
                    other = OtherReading(left.text, left.confidence, "second")
            if reading.text.strip() and reading.confidence >= _LEAST_CONFIDENCE:
                corners = [(float(x), float(y)) for x, y in box.corners]
                quad = (corners[0], corners[1], corners[2], corners[3])
                lines.append(OcrLine(quad, reading.text, reading.confidence, reading.centres, other))
        return lines


def choose(quick: Reading, careful: Reading) -> tuple[Reading, Reading]:
    """The reading that stands and the one beside it.

    The careful one stands, unless it differs by nothing but a speck at the edge (.269, 13.) that the quick one did
    not see.
    """
    trimmed = careful.text.strip(_SPECKS)
    if trimmed != careful.text and trimmed and quick.text == trimmed:
        return quick, careful
    return careful, quick


def is_doubtful(reading: Reading) -> bool:
    """Whether the careful reader should look at a line, too."""
    return (
        len(reading.text) <= _SHORT
        or reading.confidence < _WEAK
        or min(reading.confidences, default=0.0) < _WEAKEST
        or bool(_NUMERIC.search(reading.text))
        or bool(_DASH.search(reading.text))
        or reading.text[0] in _SPECKS
    )
