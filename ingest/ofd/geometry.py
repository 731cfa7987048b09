"""Numbers of OFD: millimetres to points, matrices, distances, paths.

"0 0 210 297"          -> a box of A4
"g 3 4.2 5"             -> 4.2 4.2 4.2 5          distances between characters, repeats written short
"M 0 0 L 10 0 C"        -> corners of a closed path
"""

import math
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree

from ingest.word.names import local
from schema.base import Box

POINTS: Final = 72 / 25.4
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FAR: Final = 1e5
_MOST_REPEATS: Final = 20_000
_ARGUMENTS: Final = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def numbers(text: str | None, *, most: int = 1_000_000) -> list[float]:
    """Numbers separated by blanks; what is none, or beyond any page, is 0."""
    return [_number(word) for word in (text or "").split()[:most]]


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) and abs(value) < _FAR else 0.0


def box_of(text: str | None) -> Box | None:
    """A box written as x, y, width, height, in millimetres; None when it has no area."""
    parts = numbers(text, most=4)
    if len(parts) < 4 or parts[2] <= 0 or parts[3] <= 0:
        return None
    return parts[0], parts[1], parts[0] + parts[2], parts[1] + parts[3]


def matrix_of(text: str | None) -> Matrix:
    """A matrix of six numbers; the identity when there are none."""
    parts = numbers(text, most=6)
    return (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]) if len(parts) == 6 else IDENTITY


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point put through a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def distances(text: str | None) -> Iterator[float]:
    """Distances from character to character; `g n d` stands for n times d."""
    words = iter((text or "").split())
    for word in words:
        if word == "g":
            count, value = next(words, "0"), _number(next(words, "0"))
            times = int(count) if count.isdigit() and len(count) < 6 else 0
            yield from islice(iter(lambda value=value: value, None), min(times, _MOST_REPEATS))  # type: ignore[misc]
        else:
            yield _number(word)


def subpaths(data: str, *, most: int = 4000) -> Iterator[tuple[list[tuple[float, float]], bool, bool]]:
    """Corner points of each part of a path, whether it is closed, whether it has curves."""
    words = iter(islice(data.split(), most * 3))
    points: list[tuple[float, float]] = []
    closed = curved = False
    for word in words:
        count = _ARGUMENTS.get(word)
        if count is None:
            continue
        values = [_number(next(words, "0")) for _ in range(count)]
        if word in "MS" and points:
            yield points, closed, curved
            points, closed, curved = [], False, False
        if word == "C":
            closed = True
        else:
            points.append((values[-2], values[-1]))
            curved = curved or word in "QBA"
    if points:
        yield points, closed, curved


def child_text(element: etree._Element, name: str) -> str | None:
    """Words of the first child of a name."""
    return next((item.text for item in element if local(item) == name), None)
