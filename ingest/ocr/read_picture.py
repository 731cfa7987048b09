"""A page picture to lines, rules and seals: the whole path from pixels to `PageContent`."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

import numpy as np

from ingest.blocks import PageInfo
from ingest.characters import clean, is_han
from ingest.layout.page import PageContent, TextLine
from ingest.ocr.line_rules import find_rules
from ingest.picture import ReadyPicture, make_ready, turned
from schema.page import Furniture, Grade

if TYPE_CHECKING:
    from ingest.ocr.engine import Image, OcrLine
    from ingest.ocr.reader import Reader

_POOR: Final = 0.80
_CHECK: Final = 0.93
_STEEP: Final = 0.12
_INK: Final = 0.7
_STEPS: Final = 4


def read_picture(image: Image, reader: Reader, *, number: int, width: float, height: float, reason: str) -> PageContent:
    """Read the picture of a page.

    Args:
        image: as scanned, blue-green-red.
        reader: OCR engine and orientation classifier of this process.
        number: number of the page.
        width: points of the page as scanned.
        height: points of the page as scanned.
        reason: why the page is read by OCR.
    """
    turn = reader.upright_turn(image)
    if turn % 180:
        width, height = height, width
    ready = make_ready(turned(image, turn), width=width, height=height)
    found = reader.engine.recognize(ready.image)
    info = PageInfo(number, width, height, origin="ocr", reason=reason, rotation=turn)
    content = PageContent(info, tilt=ready.tilt)
    for item in found:
        line = _text_line(item, ready)
        if line is None:
            continue
        seal = _seal_of(item, line, ready)
        if seal is not None:
            content.furniture.append(Furniture(page=number, role="seal", text=line.text, box=line.box, reason=seal))
        else:
            content.lines.append(line)
    _even_sizes(content.lines)
    content.rules = find_rules(ready)
    for box in ready.seals:
        if not any(item.role == "seal" and _inside(item.box, box) for item in content.furniture):
            content.furniture.append(Furniture(page=number, role="seal", text="", box=box, reason="red seal"))
    return content


def _text_line(item: OcrLine, ready: ReadyPicture) -> TextLine | None:
    """A line in points; None for one without characters or without a place on the page."""
    text = clean(item.text)
    corners = np.array(item.quad, np.float64) * ready.scale
    if not text.strip() or not np.isfinite(corners).all() or not np.isfinite(item.confidence):
        return None
    corners = np.clip(corners, 0, (ready.width, ready.height))
    if np.ptp(corners[:, 0]) < 1 or np.ptp(corners[:, 1]) < 1:
        return None
    box = (
        float(corners[:, 0].min()), float(corners[:, 1].min()), float(corners[:, 0].max()), float(corners[:, 1].max())
    )  # fmt: skip
    wide = box[2] - box[0]
    shares = item.centres if len(item.centres) == len(text) else [(i + 0.5) / len(text) for i in range(len(text))]
    centres = [box[0] + share * wide for share in shares]
    grade, reason = _grade(item.confidence)
    return TextLine(
        text=text,
        box=box,
        centres=centres,
        size=_size(text, centres, box),
        confidence=item.confidence,
        grade=grade,
        reason=reason,
    )


def _grade(confidence: float) -> tuple[Grade, str | None]:
    if confidence < _POOR:
        return "poor", f"low confidence {confidence:.2f}"
    if confidence < _CHECK:
        return "check", f"confidence {confidence:.2f}"
    return "good", None


def _size(text: str, centres: list[float], box: tuple[float, float, float, float]) -> float:
    """Font size: the mean step between Chinese neighbours, else what the height of the box leaves."""
    steps = [
        right - left
        for (left, right), (one, other) in zip(pairwise(centres), pairwise(text), strict=True)
        if is_han(one) and is_han(other)
    ]
    height = (box[3] - box[1]) * _INK
    if len(steps) < _STEPS:
        return height
    # the reader tells places in steps of a quarter character; only their mean is exact
    usual = median(steps)
    plain = [step for step in steps if 0.6 * usual <= step <= 1.5 * usual]
    return min(sum(plain) / len(plain), height * 1.4)


def _even_sizes(lines: list[TextLine]) -> None:
    """Sizes measured on a few characters are rough: those near the usual size of the page are the usual size."""
    long = sorted((line.size, len(line.text)) for line in lines if len(line.text) > 2 * _STEPS)
    if not long:
        return
    sizes = [size for size, count in long for _ in range(count)]
    usual = sizes[len(sizes) // 2]
    for line in lines:
        few = len(line.text) <= 2 * _STEPS
        if abs(line.size - usual) <= (0.35 if few else 0.12) * usual:
            line.size = usual


def _seal_of(item: OcrLine, line: TextLine, ready: ReadyPicture) -> str | None:
    """Why a line is the text of a seal: it runs on an arc inside one."""
    x, y = (line.left + line.right) / 2, line.middle
    corners = np.array(item.quad)
    rise = corners[1] - corners[0]
    steep = abs(rise[1]) > _STEEP * max(1.0, abs(rise[0]))
    for box in ready.seals:
        inside = box[0] - 4 <= x <= box[2] + 4 and box[1] - 4 <= y <= box[3] + 4
        if inside and (steep or item.confidence < 0.6):
            return "text of a red seal"
    return None


def _inside(inner: tuple[float, float, float, float] | None, outer: tuple[float, float, float, float]) -> bool:
    if inner is None:
        return False
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - 4 <= x <= outer[2] + 4 and outer[1] - 4 <= y <= outer[3] + 4
