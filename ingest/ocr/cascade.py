"""Two readers, a quick and a careful one: every line is read by the quick one, doubtful ones again by the careful one.

Doubtful is a line with a weak character, with figures (the careful reader has the last word on every number), or so
short that its confidence says little. Where both have read and differ, the quick reading is kept as evidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from ingest.ocr.detect import Detector
from ingest.ocr.engine import OcrLine, OtherReading
from ingest.ocr.recognize import Reading, Recognizer, cut_out
from ingest.ocr.settle import has_weak_word, of_chars, settled, with_words
from ingest.ocr.specks import odd_marks, specks_of, without_specks

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
_DASH: Final = re.compile(r"一(?![\u4e00-\u9fff])|(?<![\u4e00-\u9fff])一|—")
# how likely a dash must be beside 一: printed 一 in six faces at five resolutions stays below 0.02 with the careful
# reader, printed dashes are mostly above 0.08; the quick reader tells them apart less well
_DASH_READ: Final = 0.03
_DASH_TO_LOOK_AT: Final = 0.002
_DASH_ALONE: Final = 0.05

_SPECKS: Final = ".·,'`:;- "
# a mark that no printed text has at its place, and of which the reader is no surer than that, is a speck
_SURE_MARK: Final = 0.88
_ODD_NUMBER: Final = re.compile(r"(\d{1,3})[。，；：](?=[\u4e00-\u9fff])")
_NUMBER: Final = re.compile(r"(\d{1,3})([.．、])")


class Cascade:
    """The bundled OCR engine."""

    def __init__(self, quick: Weights, careful: Weights | None) -> None:
        """Load the weights.

        Args:
            quick: reads every line.
            careful: finds the lines and reads the doubtful ones again; without it the quick one does all alone.
        """
        self._detector = Detector((careful or quick).detector, longest=_LONGEST)
        alone = careful is None
        self._quick = Recognizer(
            quick.recognizer, quick.alphabet, dash_share=_DASH_ALONE if alone else _DASH_TO_LOOK_AT
        )
        self._careful = (
            Recognizer(careful.recognizer, careful.alphabet, dash_share=_DASH_READ) if careful is not None else None
        )

    def recognize(self, image: Image) -> list[OcrLine]:
        """Find and read the lines of an upright picture."""
        lines: list[OcrLine] = []
        for box in self._detector.find(image):
            reading, other = self.read_line(cut_out(image, box.corners))
            if reading.text.strip() and reading.confidence >= _LEAST_CONFIDENCE:
                corners = [(float(x), float(y)) for x, y in box.corners]
                quad = (corners[0], corners[1], corners[2], corners[3])
                lines.append(OcrLine(quad, reading.text, reading.confidence, reading.centres, other))
        return lines

    def read_line(self, picture: Image) -> tuple[Reading, OtherReading | None]:
        """Read the picture of one line; what stands, and what the reader that did not prevail saw."""
        reading = self._quick.read(picture)
        if self._careful is None:
            return self._without_specks(picture, reading), None
        if is_doubtful(reading):
            return self._read_again(picture, reading)
        if has_weak_word(reading):
            reading = with_words(reading, self._careful.read(picture))
        return reading, None

    def _read_again(self, picture: Image, quick: Reading) -> tuple[Reading, OtherReading | None]:
        """What stands after the careful reader has looked, too, and what the reader that did not prevail saw."""
        assert self._careful is not None
        careful = self._careful.read(picture)
        reading, left = choose(quick, careful)
        if left is quick:
            reading = settled(careful, quick)
            left = careful if _figures(reading.text) != _figures(careful.text) else quick
        reading = self._with_head(picture, self._without_specks(picture, reading))
        if left.text == reading.text:
            return reading, None
        return reading, OtherReading(left.text, left.confidence, "second")

    def _without_specks(self, picture: Image, reading: Reading) -> Reading:
        """A second look where a mark stands that no text has."""
        odd = odd_marks(reading.text)
        if len(reading.confidences) != len(reading.text) or not odd:
            return reading
        reader = self._careful or self._quick
        changes = specks_of(reading.text, reader.read(without_specks(picture)).text)
        changes |= {
            place: ""
            for place in odd
            if place not in changes and reading.text[place] != ":" and reading.confidences[place] < _SURE_MARK
        }
        kept = of_chars(
            [
                (changes.get(place, char), reading.confidences[place], reading.centres[place])
                for place, char in enumerate(reading.text)
                if changes.get(place, char)
            ]
        )
        return kept if kept.text else reading

    def _with_head(self, picture: Image, reading: Reading) -> Reading:
        """A number of a clause with an odd mark behind it (17。乙方): its head is read by itself.

        The recogniser knows sentences and takes the mark for the end of one; of the head alone it sees what is printed.
        """
        number = _ODD_NUMBER.match(reading.text)
        if self._careful is None or number is None or len(reading.centres) != len(reading.text):
            return reading
        place = number.end() - 1
        width = picture.shape[1] * reading.centres[min(place + 4, len(reading.text) - 1)]
        head = _NUMBER.match(self._careful.read(np.ascontiguousarray(picture[:, : max(1, int(width))])).text)
        if head is None or head.group(1) != number.group(1):
            return reading
        text = reading.text[:place] + head.group(2) + reading.text[place + 1 :]
        return Reading(text, reading.confidence, reading.confidences, reading.centres)


def _figures(text: str) -> str:
    return "".join(char for char in text if _NUMERIC.match(char))


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
        or bool(odd_marks(reading.text))
    )
