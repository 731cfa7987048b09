"""The OCR of one process: weights are loaded once, when the first picture comes."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from ingest.ocr.apart import OcrApart

if TYPE_CHECKING:
    from ingest.ocr.cut_lines import LineReader
    from ingest.ocr.engine import Image, OcrEngine

_SURE: Final = 0.6


class Orientation(Protocol):
    """Tells how far a page picture is turned."""

    def turn(self, image: Image) -> tuple[int, float]:
        """See `OrientationClassifier.turn`."""
        ...


class Reader:
    """An engine, the classifier that turns pages upright, and what reads a line that is already cut out.

    Attributes:
        engine: finds and reads the lines of a page.
        read_line: reads one line; None when the engine cannot be asked for that.
    """

    def __init__(self, engine: OcrEngine, orientation: Orientation | None, read_line: LineReader | None = None) -> None:
        """Put them together; without a classifier pages are taken as upright."""
        self.engine = engine
        self.read_line = read_line
        self._orientation = orientation

    def upright_turn(self, image: Image) -> int:
        """Degrees clockwise to turn a picture so that it stands upright."""
        if self._orientation is None:
            return 0
        turn, sure = self._orientation.turn(image)
        return (360 - turn) % 360 if sure >= _SURE else 0


def reader_for(engine: OcrEngine | None, *, fast: bool) -> Reader:
    """The reader to use: the caller's engine as it is, or the bundled one of this process.

    Raises:
        ReadError: `tool_missing` when the weights are not installed.
    """
    return Reader(engine, None) if engine is not None else _bundled(os.getpid(), fast=fast)


@lru_cache(maxsize=2)
def _bundled(process: int, *, fast: bool) -> Reader:
    ocr = OcrApart(fast=fast)
    return Reader(ocr, ocr, ocr.read_line)
