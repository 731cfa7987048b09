"""The seam between pages and whatever reads characters from pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Image = NDArray[Any]
else:
    Image = Any


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What a second reader made of the same line."""

    text: str
    confidence: float
    reader: str


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line of characters in a picture.

    Attributes:
        quad: corners in pixels: top left, top right, bottom right, bottom left, as the text stands.
        text: the reading.
        confidence: 0..1.
        centres: for each character of `text`, where its middle lies between the left (0) and right (1) edge of the
            quad; empty when the engine does not tell.
        other: the reading of a second reader, where one was asked.
    """

    quad: tuple[Point, Point, Point, Point]
    text: str
    confidence: float
    centres: tuple[float, ...] = ()
    other: OtherReading | None = field(default=None)


class OcrEngine(Protocol):
    """Reads the characters of one upright page image."""

    def recognize(self, image: Image) -> list[OcrLine]:
        """Find and read the lines of a picture.

        Args:
            image: height x width x 3, 8 bit, blue-green-red.

        Returns:
            The lines in any order.
        """
        ...
