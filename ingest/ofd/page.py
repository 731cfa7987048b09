"""The content of an OFD page: characters, rules, boxes, pictures, all in points of the page."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from lxml import etree

from ingest.characters import is_han
from ingest.layout.lines import Glyph
from ingest.layout.page import Rule
from ingest.ofd.geometry import POINTS, Matrix, applied, box_of, distances, matrix_of, numbers, subpaths
from ingest.word.names import child, local
from schema.base import Box

_MOST_GLYPHS: Final = 60_000
_MOST_OBJECTS: Final = 60_000
_DEEPEST: Final = 20
_SLANT: Final = 3.0
_THIN: Final = 3.0
_SHORTEST: Final = 4.0
_STRAIGHT: Final = 0.6
_TICK_SIDES: Final = (5.0, 18.0)
_ASCENT: Final = 0.88
_BOLD: Final = 600
_LOOSE: Final = 1.3


@dataclass(slots=True)
class Drawn:
    """What stands on a page.

    Attributes:
        glyphs: characters that can be seen.
        hidden, slanted: words that cannot be seen, or run across the page.
        rules: see `ingest.layout.page`.
        boxes: small squares.
        strokes: small open lines, which may tick a square.
        pictures: ids of picture resources with their boxes.
        cut_off: whether there were more objects than are looked at.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    pictures: list[tuple[str, Box]] = field(default_factory=list)
    cut_off: bool = False


def draw(root: etree._Element, drawn: Drawn, bold_fonts: frozenset[str], *, left: float, top: float) -> None:
    """Add what a page, a template or the look of an annotation shows.

    Args:
        root: `Page` or `Appearance`.
        drawn: what is on the page already.
        bold_fonts: ids of fonts that are bold by themselves.
        left: millimetres of the origin of the page.
        top: millimetres of the origin of the page.
    """
    for count, element in enumerate(_objects(root, 0)):
        if count >= _MOST_OBJECTS or len(drawn.glyphs) >= _MOST_GLYPHS:
            drawn.cut_off = True
            return
        name = local(element)
        place = box_of(element.get("Boundary")) or _point_box(element.get("Boundary"))
        matrix = _placed(element, place, left, top)
        if name == "TextObject":
            _text(element, matrix, drawn, bold_fonts)
        elif name == "PathObject":
            _path(element, matrix, drawn)
        elif name == "ImageObject" and element.get("ResourceID"):
            drawn.pictures.append((element.get("ResourceID") or "", _points(place, left, top)))


def _objects(parent: etree._Element, depth: int) -> Iterator[etree._Element]:
    """Text, paths and pictures in drawing order, through layers and groups."""
    for element in parent:
        name = local(element)
        if name in ("TextObject", "PathObject", "ImageObject"):
            yield element
        elif name in ("Content", "Layer", "PageBlock", "Block", "Appearance") and depth < _DEEPEST:
            yield from _objects(element, depth + 1)


def _point_box(text: str | None) -> Box:
    """Where an object without area stands."""
    x, y = (*numbers(text, most=2), 0.0, 0.0)[:2]
    return x, y, x, y


def _placed(element: etree._Element, place: Box, left: float, top: float) -> Matrix:
    """From coordinates of an object to points of the page."""
    a, b, c, d, e, f = matrix_of(element.get("CTM"))
    e, f = e + place[0] - left, f + place[1] - top
    return a * POINTS, b * POINTS, c * POINTS, d * POINTS, e * POINTS, f * POINTS


def _points(box: Box, left: float, top: float) -> Box:
    x0, y0, x1, y1 = box
    return (x0 - left) * POINTS, (y0 - top) * POINTS, (x1 - left) * POINTS, (y1 - top) * POINTS


def _text(element: etree._Element, matrix: Matrix, drawn: Drawn, bold_fonts: frozenset[str]) -> None:
    size = (numbers(element.get("Size"), most=1) or [0.0])[0] or 3.5
    stretch = (numbers(element.get("HScale"), most=1) or [1.0])[0] or 1.0
    weight = (numbers(element.get("Weight"), most=1) or [400.0])[0]
    bold = weight >= _BOLD or element.get("Font") in bold_fonts
    codes = [item for item in element if local(item) == "TextCode"]
    words = "".join(item.text or "" for item in codes)
    if _is_hidden(element):
        drawn.hidden.append(words)
        return
    if _is_slanted(matrix):
        drawn.slanted.append(words)
        return
    x = y = 0.0
    for item in codes:
        text = item.text or ""
        x = (numbers(item.get("X"), most=1) or [x])[0]
        y = (numbers(item.get("Y"), most=1) or [y])[0]
        across, down = distances(item.get("DeltaX")), distances(item.get("DeltaY"))
        for char in text:
            wide = size * stretch * (1.0 if is_han(char) or ord(char) > 0x2E7F else 0.5)
            step, drop = next(across, None), next(down, None)
            # within one object characters belong together: what is set wide apart is not cut by blanks
            reach = max(wide, step) if step is not None and step < _LOOSE * size * stretch else wide
            drawn.glyphs.append(_glyph(char, matrix, x, y, reach, size, bold=bold))
            x += step if step is not None else (0.0 if drop is not None else wide)
            y += drop or 0.0


def _glyph(char: str, matrix: Matrix, x: float, y: float, wide: float, size: float, *, bold: bool) -> Glyph:
    one = applied(matrix, x, y - _ASCENT * size)
    other = applied(matrix, x + wide, y + (1 - _ASCENT) * size)
    x0, x1 = sorted((one[0], other[0]))
    y0, y1 = sorted((one[1], other[1]))
    return Glyph(char, x0, y0, x1, y1, bold)


def _is_hidden(element: etree._Element) -> bool:
    if element.get("Visible") == "false" or element.get("Alpha") == "0":
        return True
    if element.get("Fill") == "false" and element.get("Stroke") != "true":
        return True
    colour = child(element, "FillColor")
    value = numbers(colour.get("Value"), most=4) if colour is not None else []
    return len(value) == 3 and min(value) >= 250


def _is_slanted(matrix: Matrix) -> bool:
    """Whether words run across the page, neither along nor down it."""
    angle = math.degrees(math.atan2(matrix[1], matrix[0])) % 90
    return _SLANT < angle < 90 - _SLANT


def _path(element: etree._Element, matrix: Matrix, drawn: Drawn) -> None:
    data = child(element, "AbbreviatedData")
    if data is None or element.get("Visible") == "false":
        return
    filled, stroked = element.get("Fill") == "true", element.get("Stroke") != "false"
    for corners, closed, curved in subpaths(data.text or ""):
        if len(corners) < 2:
            continue
        points = [applied(matrix, x, y) for x, y in corners]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        wide, high = box[2] - box[0], box[3] - box[1]
        if curved:
            drawn.strokes.extend([box] if max(wide, high) <= 1.5 * _TICK_SIDES[1] else [])
        elif min(wide, high) <= _THIN and max(wide, high) >= _SHORTEST and (filled or stroked):
            drawn.rules.append(_rule(box))
        elif stroked and _is_tick_box(box, len(points), closed=closed):
            drawn.boxes.append(box)
        elif stroked and max(wide, high) <= 1.5 * _TICK_SIDES[1]:
            drawn.strokes.append(box)
        elif stroked:
            pairs = [*pairwise(points), *([(points[-1], points[0])] if closed else [])]
            for (ax, ay), (bx, by) in pairs:
                edge = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
                wide, high = edge[2] - edge[0], edge[3] - edge[1]
                if min(wide, high) <= _STRAIGHT and max(wide, high) >= _SHORTEST:
                    drawn.rules.append(_rule(edge))


def _rule(box: Box) -> Rule:
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        return Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    return Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def _is_tick_box(box: Box, corners: int, *, closed: bool) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    smallest, largest = _TICK_SIDES
    square = smallest <= wide <= largest and smallest <= high <= largest and abs(wide - high) < 0.25 * max(wide, high)
    return square and corners in (4, 5) and (closed or corners == 5)


def boxes_as_glyphs(drawn: Drawn) -> list[Glyph]:
    """Squares as the signs they are: □, or ☑ where something is drawn in them."""
    return [Glyph("☑" if any(_ticks(stroke, box) for stroke in drawn.strokes) else "□", *box) for box in drawn.boxes]


def _ticks(stroke: Box, box: Box) -> bool:
    x, y = (stroke[0] + stroke[2]) / 2, (stroke[1] + stroke[3]) / 2
    large = max(stroke[2] - stroke[0], stroke[3] - stroke[1]) >= 0.3 * (box[2] - box[0])
    return large and box[0] < x < box[2] and box[1] < y < box[3]
