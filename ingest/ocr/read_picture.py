"""A page picture to lines, rules and seals: the whole path from pixels to `PageContent`."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from ingest.blocks import PageInfo
from ingest.characters import clean
from ingest.layout.grid import OCR_TOLERANCE
from ingest.layout.page import PageContent, TextLine
from ingest.ocr.cut_lines import read_on
from ingest.ocr.empty_cells import read_empty_cells
from ingest.ocr.line_rules import find_rules
from ingest.ocr.polish import em_of, polish
from ingest.ocr.second_look import find_suspects
from ingest.ocr.tick_boxes import find_tick_boxes
from ingest.picture import ReadyPicture, make_ready, turned
from ingest.seals import is_seal_text, lies_under
from schema.page import Furniture, Grade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.ocr.engine import Image, OcrLine
    from ingest.ocr.reader import Reader

_POOR: Final = 0.80
_CHECK: Final = 0.93
_INK: Final = 0.7
_STEPS: Final = 4
_ILLEGIBLE: Final = 0.72
_TURNS: Final = (0, 90, 180, 270)
_FIRST_STOPS: Final = re.compile(r"[,，。、;；.·'`]+\s*(?=\w|[（(《“])")


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
    ready, found = _recognized(image, turn, reader, width, height)
    if _looks_turned(found, ready):
        tries = [(other, *_recognized(image, other, reader, width, height)) for other in _TURNS if other != turn]
        turn, ready, found = max([(turn, ready, found), *tries], key=lambda tried: _legible(tried[2]))
    info = PageInfo(number, ready.width, ready.height, origin="ocr", reason=reason, rotation=turn)
    content = PageContent(info, tilt=ready.tilt)
    content.rules = find_rules(ready)
    if reader.read_line is not None:
        found = read_on(found, ready, content.rules, reader.read_line)
    _sort_out(found, ready, content)
    _drop_first_stops(content)
    _even_sizes(content.lines)
    content.tick_boxes = [
        found for found in find_tick_boxes(ready) if not any(lies_under(found.box, seal) for seal in ready.seals)
    ]
    more = read_empty_cells(ready, content.rules, content.lines, reader.engine, tolerance=OCR_TOLERANCE)
    _sort_out(more, ready, content)
    return content


def _recognized(
    image: Image, turn: int, reader: Reader, width: float, height: float
) -> tuple[ReadyPicture, list[OcrLine]]:
    """The picture turned and made ready, and its lines."""
    if turn % 180:
        width, height = height, width
    ready = make_ready(turned(image, turn), width=width, height=height)
    return ready, reader.engine.recognize(ready.image)


def _looks_turned(found: Sequence[OcrLine], ready: ReadyPicture) -> bool:
    """Whether a page seems to lie on its side or head: most lines stand upright, or hardly one is legible."""
    long = [line for line in found if len(line.text) >= _STEPS]
    if not long:
        return _has_words(ready)
    standing = sum(abs(line.quad[3][1] - line.quad[0][1]) > abs(line.quad[1][0] - line.quad[0][0]) for line in long)
    return standing * 2 > len(long) or median(line.confidence for line in long) < _ILLEGIBLE


def _has_words(ready: ReadyPicture) -> bool:
    """Whether there are pieces of ink as large as characters on a page: an empty one is not worth a second try."""
    grey = cv2.cvtColor(ready.image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 18)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    point = 1 / ready.scale[1]
    sides = stats[1:, 2:4].max(axis=1)
    return int(((sides >= 5 * point) & (sides <= 30 * point)).sum()) >= _STEPS * 3


def _legible(found: Sequence[OcrLine]) -> float:
    """How much of a page was read well, standing lines not counted."""
    return sum(
        len(line.text) * line.confidence**4
        for line in found
        if abs(line.quad[3][1] - line.quad[0][1]) <= abs(line.quad[1][0] - line.quad[0][0])
    )


def _sort_out(found: Sequence[OcrLine], ready: ReadyPicture, content: PageContent) -> None:
    """Lines to the text, words of seals to the furniture; lines under a seal that is still there are to be checked."""
    seal_words: list[list[str]] = [[] for _ in ready.seals]
    for item in found:
        line = _text_line(item, ready)
        if line is None:
            continue
        near = [place for place, seal in enumerate(ready.seals) if lies_under(line.box, seal)]
        own = next((place for place in near if is_seal_text(item, line.box, ready.seals[place])), None)
        if own is not None:
            seal_words[own].append(line.text)
            continue
        if line.grade == "good" and any(not ready.seals[place].lifted for place in near):
            line.grade, line.reason = "check", "under a seal that could not be lifted"
        content.lines.append(line)
    if any(item.role == "seal" for item in content.furniture):
        return
    number = content.info.number
    for seal, words in zip(ready.seals, seal_words, strict=True):
        reason = "red seal, lifted before reading" if seal.lifted else "round seal"
        content.furniture.append(Furniture(page=number, role="seal", text=" ".join(words), box=seal.box, reason=reason))


def _drop_first_stops(content: PageContent) -> None:
    """Stops at the beginning of a row are specks: no typesetter lets a row begin with one."""
    for line in content.lines:
        found = _FIRST_STOPS.match(line.text)
        if found is None or any(_stands_before(other, line) for other in content.lines):
            continue
        gone = found.end()
        box = (line.box[0], line.box[1], line.centres[gone], line.box[3])
        content.furniture.append(
            Furniture(
                page=content.info.number,
                role="noise",
                text=found.group().strip(),
                box=box,
                reason="specks before a row",
            )
        )
        line.text, line.centres = line.text[gone:], line.centres[gone:]
        line.box = (max(line.box[0], line.centres[0] - line.size / 2), *line.box[1:])
        for doubt in line.suspects:
            doubt.start, doubt.end = max(0, doubt.start - gone), max(0, doubt.end - gone)
        line.suspects = [doubt for doubt in line.suspects if doubt.start < doubt.end]


def _stands_before(other: TextLine, line: TextLine) -> bool:
    """Whether a line stands to the left of another one, at its height."""
    return (
        other is not line
        and abs(other.middle - line.middle) < 0.5 * max(other.size, line.size)
        and other.left < line.left
        and other.right <= line.left + 2 * line.size
    )


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
    text, centres = polish(text, [box[0] + share * wide for share in shares])
    confidence = item.confidence
    suspects = find_suspects(text, clean(item.other.text), item.other.reader) if item.other is not None else []
    grade, reason = _grade(confidence)
    if suspects and grade == "good":
        confidence = min(confidence, _CHECK)
        grade, reason = "check", f"readers disagree: {text[suspects[0].start : suspects[0].end]}"
    return TextLine(
        text=text,
        box=box,
        centres=centres,
        size=_size(text, centres, box),
        confidence=confidence,
        grade=grade,
        reason=reason,
        suspects=suspects,
    )


def _grade(confidence: float) -> tuple[Grade, str | None]:
    if confidence < _POOR:
        return "poor", f"low confidence {confidence:.2f}"
    if confidence < _CHECK:
        return "check", f"confidence {confidence:.2f}"
    return "good", None


def _size(text: str, centres: list[float], box: tuple[float, float, float, float]) -> float:
    """Font size: the mean step between Chinese neighbours, else what the height of the box leaves."""
    height = (box[3] - box[1]) * _INK
    em = em_of(text, centres)
    return height if em is None else min(em, height * 1.4)


def _even_sizes(lines: list[TextLine]) -> None:
    """Sizes measured on a few characters are rough: those near the usual size of the page are the usual size."""
    measured = [line for line in lines if len(line.text) > 2 * _STEPS and em_of(line.text, line.centres) is not None]
    long = sorted((line.size, len(line.text)) for line in measured)
    if not long:
        return
    sizes = [size for size, count in long for _ in range(count)]
    usual = sizes[len(sizes) // 2]
    for line in lines:
        few = len(line.text) <= 2 * _STEPS or em_of(line.text, line.centres) is None
        # 日。 at the end of a paragraph: one step, and to a stop that does not stand in the middle of its square
        rough = 0.5 if len(line.text) <= 3 else 0.35 if few else 0.12
        if abs(line.size - usual) <= rough * usual:
            line.size = usual
