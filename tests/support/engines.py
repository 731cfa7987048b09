"""OCR engines that misbehave, and one that answers what it is told."""

from collections.abc import Sequence

from ingest.ocr.engine import Image, OcrLine


class FixedEngine:
    """Reads the same lines on every page: one below the other."""

    def __init__(self, *texts: str, confidence: float = 0.99) -> None:
        self.texts = texts
        self.confidence = confidence
        self.calls = 0

    def recognize(self, image: Image) -> list[OcrLine]:
        self.calls += 1
        return [self._line(place, text) for place, text in enumerate(self.texts)]

    def _line(self, place: int, text: str) -> OcrLine:
        top, right = 400.0 + 40 * place, 100.0 + 25 * len(text)
        return OcrLine(((100.0, top), (right, top), (right, top + 28), (100.0, top + 28)), text, self.confidence)


class CrashingEngine:
    """Fails on chosen calls (from 1)."""

    def __init__(self, error: Exception, *, on: Sequence[int] = (1,), otherwise: str = "第一条 正文。") -> None:
        self.error = error
        self.on = on
        self.good = FixedEngine(otherwise)
        self.calls = 0

    def recognize(self, image: Image) -> list[OcrLine]:
        self.calls += 1
        if self.calls in self.on:
            raise self.error
        return self.good.recognize(image)


class RubbishEngine:
    """Answers with what no engine should: no text, lines of no height, outside the page, not a number."""

    def recognize(self, image: Image) -> list[OcrLine]:
        nan = float("nan")
        return [
            OcrLine(((0, 0), (0, 0), (0, 0), (0, 0)), "甲方", 2.0),
            OcrLine(((-9e9, 5), (9e9, 5), (9e9, 6), (-9e9, 6)), "\x00\ud800", -1.0),
            OcrLine(((nan, nan), (nan, nan), (nan, nan), (nan, nan)), "乙方", nan),
            OcrLine(((10, 10), (90, 10), (90, 30), (10, 30)), "", 0.9),
            OcrLine(((10, 450), (90, 450), (90, 470), (10, 470)), "丙方", 0.9, centres=(0.5,) * 40),
        ]
