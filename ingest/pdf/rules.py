"""Drawn lines of a PDF page: rules of tables, lines to write on, boxes to tick."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.layout.page import Rule, TickBox
from ingest.pdf.chars import Transform
from ingest.pdf.squares import is_frame, is_rounded, is_square, squares_of_strokes
from schema.base import Box

_THIN: Final = 3.0
_SHORTEST: Final = 4.0
_STRAIGHT: Final = 0.6
_MOST_OBJECTS: Final = 60_000
_DEEPEST: Final = 6
_SCRIBBLE: Final = 24.0
_PAGE_SHARE: Final = 0.4


@dataclass(slots=True)
class Drawings:
    """What is drawn on a page besides characters.

    Attributes:
        rules: straight lines, also the edges of thin filled rectangles.
        tick_boxes: small squares.
        fills: filled areas that are not white; white text on them can be seen.
        images: boxes of pictures with their share of the page.
        scribbles: boxes of small strokes that are neither level nor upright: ticks and crosses.
        objects: number of objects looked at.
        cut_off: whether there were more objects than are looked at.
    """

    rules: list[Rule] = field(default_factory=list)
    tick_boxes: list[TickBox] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    images: list[tuple[Box, float]] = field(default_factory=list)
    scribbles: list[Box] = field(default_factory=list)
    objects: int = 0
    cut_off: bool = False


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_drawings(page: pdfium.PdfPage, transform: Transform, width: float, height: float) -> Drawings:
    """Read the drawings of a page.

    Args:
        page: an open page.
        transform: from the file's coordinates to the upright page.
        width: points of the upright page.
        height: points of the upright page.
    """
    found = Drawings()
    for item, matrix in _objects(page, found):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(item, matrix, transform)
            area = max(0.0, min(box[2], width) - max(box[0], 0)) * max(0.0, min(box[3], height) - max(box[1], 0))
            found.images.append((box, area / max(1.0, width * height)))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _path(item, matrix, transform, found, width * height)
    squares, found.rules = squares_of_strokes(found.rules)
    found.tick_boxes += [TickBox(box, ticked=False) for box in squares]
    for square in found.tick_boxes:
        marks = [*found.scribbles, *(fill for fill in found.fills if _side(fill) < _side(square.box))]
        square.ticked = any(_holds(square.box, mark) for mark in marks)
    return found


def _side(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _holds(box: Box, mark: Box) -> bool:
    """Whether the middle of a mark lies in a box."""
    x, y = (mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2
    slack = 0.25 * _side(box)
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack


def _objects(page: pdfium.PdfPage, found: Drawings) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, _Matrix]]:
    """All objects of a page, those inside forms with the matrix of the form."""
    stack = [(raw.FPDFPage_GetObject(page, index), _IDENTITY, 0) for index in range(_count(page, found))]
    stack.reverse()
    while stack:
        item, matrix, depth = stack.pop()
        if not item:
            continue
        found.objects += 1
        if found.objects > _MOST_OBJECTS:
            found.cut_off = True
            return
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(_matrix(item), matrix)
            count = min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)
            stack.extend((raw.FPDFFormObj_GetObject(item, index), inner, depth + 1) for index in range(count))
        else:
            yield item, matrix


def _count(page: pdfium.PdfPage, found: Drawings) -> int:
    count: int = raw.FPDFPage_CountObjects(page)
    found.cut_off = count > _MOST_OBJECTS
    return min(count, _MOST_OBJECTS)


def _matrix(item: raw.FPDF_PAGEOBJECT) -> _Matrix:
    got = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(got))
    return got.a, got.b, got.c, got.d, got.e, got.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: raw.FPDF_PAGEOBJECT, matrix: _Matrix, transform: Transform) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, (left, bottom, right, top)))
    return _box(_apply(matrix, left.value, bottom.value), _apply(matrix, right.value, top.value), transform)


def _box(one: tuple[float, float], other: tuple[float, float], transform: Transform) -> Box:
    (x0, y0), (x1, y1) = one, other
    return transform(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _path(item: raw.FPDF_PAGEOBJECT, matrix: _Matrix, transform: Transform, found: Drawings, page_area: float) -> None:
    """Rules, boxes and fills of one path."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    filled = fill.value != 0 and _is_dark(item, raw.FPDFPageObj_GetFillColor)
    stroked = bool(stroke.value) and _is_dark(item, raw.FPDFPageObj_GetStrokeColor)
    if not filled and not stroked:
        return
    parts = [part for part in _subpaths(item, _times(_matrix(item), matrix)) if len(part[0]) > 1]
    boxes = [_around(points, transform) for points, _, _ in parts]
    if filled and not stroked and not any(curved for _, _, curved in parts) and is_frame(boxes):
        found.tick_boxes.append(TickBox(max(boxes, key=_side), ticked=False))
        return
    for (points, closed, curved), box in zip(parts, boxes, strict=True):
        wide, high = box[2] - box[0], box[3] - box[1]
        if curved and stroked and not filled and is_rounded(box, points):
            found.tick_boxes.append(TickBox(box, ticked=False))
            continue
        if max(wide, high) <= _SCRIBBLE and min(wide, high) > _STRAIGHT and (curved or len(points) in (2, 3)):
            found.scribbles.append(box)
        if curved:
            continue
        if filled and min(wide, high) <= _THIN and max(wide, high) >= _SHORTEST:
            found.rules.append(_middle_rule(box))
        elif filled and not stroked and wide * high < _PAGE_SHARE * page_area:
            found.fills.append(box)
        elif _is_tick_box(box, points, closed=closed):
            found.tick_boxes.append(TickBox(box, ticked=False))
        elif stroked:
            _edges(points, closed, transform, found)
            if filled:
                found.fills.append(box)


def _around(points: list[tuple[float, float]], transform: Transform) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return _box((min(xs), min(ys)), (max(xs), max(ys)), transform)


def _is_dark(item: raw.FPDF_PAGEOBJECT, colour_of: object) -> bool:
    """Whether a colour shows on paper: neither white nor transparent."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not colour_of(item, *map(ctypes.byref, parts)):  # type: ignore[operator]
        return True
    return min(part.value for part in parts[:3]) < 245 and parts[3].value > 20


def _subpaths(item: raw.FPDF_PAGEOBJECT, matrix: _Matrix) -> Iterator[tuple[list[tuple[float, float]], bool, bool]]:
    """Corner points of each part of a path, whether it is closed, whether it has curves."""
    points: list[tuple[float, float]] = []
    closed = curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(item), 4000)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, closed, curved
            points, closed, curved = [], False, False
        points.append(_apply(matrix, x.value, y.value))
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        closed = closed or bool(raw.FPDFPathSegment_GetClose(segment))
    if points:
        yield points, closed, curved


def _middle_rule(box: Box) -> Rule:
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        return Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    return Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def _edges(points: list[tuple[float, float]], closed: bool, transform: Transform, found: Drawings) -> None:
    pairs = list(pairwise(points))
    if closed and len(points) > 2:
        pairs.append((points[-1], points[0]))
    for one, other in pairs:
        box = _box(one, other, transform)
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) <= _STRAIGHT and max(wide, high) >= _SHORTEST:
            found.rules.append(_middle_rule(box))


def _is_tick_box(box: Box, points: list[tuple[float, float]], *, closed: bool) -> bool:
    return is_square(box) and len(points) in (4, 5) and (closed or len(points) == 5)
