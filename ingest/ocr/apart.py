"""The bundled OCR in a thread of its own.

Where a page is blank the detector computes with numbers so small that the processor needs three times as long for them;
taken for zero they cost nothing. That is a state of the thread, which the runtime sets and leaves set; whoever calls
this library keeps the arithmetic of his own thread as it was.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from ingest.ocr.cascade import Cascade
from ingest.ocr.models import orientation_weights, small_weights, tiny_weights
from ingest.ocr.orientation import OrientationClassifier

if TYPE_CHECKING:
    from ingest.ocr.engine import Image, OcrLine, OtherReading
    from ingest.ocr.recognize import Reading


class OcrApart:
    """Finds and reads lines, and tells which way up a page is; one call after the other."""

    def __init__(self, *, fast: bool) -> None:
        """Load the weights.

        Args:
            fast: the tiny ones only.
        """
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ocr")
        self._orientation = self._thread.submit(OrientationClassifier, orientation_weights()).result()
        careful = None if fast else small_weights()
        self._cascade = self._thread.submit(Cascade, tiny_weights(), careful).result()

    def turn(self, image: Image) -> tuple[int, float]:
        """See `OrientationClassifier.turn`."""
        return self._thread.submit(self._orientation.turn, image).result()

    def recognize(self, image: Image) -> list[OcrLine]:
        """See `Cascade.recognize`."""
        return self._thread.submit(self._cascade.recognize, image).result()

    def read_line(self, picture: Image) -> tuple[Reading, OtherReading | None]:
        """See `Cascade.read_line`."""
        return self._thread.submit(self._cascade.read_line, picture).result()
