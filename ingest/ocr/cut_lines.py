"""Lines that a grey seal cuts short: the detector takes the ring for their end although they go on behind it.

    名称 | 北京市政务服务中(○心（原北京市网○)上政务服务大厅）      found up to the ring only, all behind it lost

The recogniser reads such a line where it is shown the whole row, up to the next rule or line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ingest.ocr.engine import OcrLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.layout.page import Rule
    from ingest.ocr.engine import Image, OtherReading
    from ingest.ocr.recognize import Reading
    from ingest.picture import ReadyPicture

    LineReader = Callable[[Image], tuple[Reading, OtherReading | None]]

_SHORTEST: Final = 4
_SURE: Final = 0.8
# of the height of a line: how near the ring its end is, and how far apart characters of one line stand
_NEAR: Final = 0.6
_STEP: Final = 1.6
_SAME_ROW: Final = 0.5


def read_on(
    found: Sequence[OcrLine], ready: ReadyPicture, rules: Sequence[Rule], read_line: LineReader
) -> list[OcrLine]:
    """Read further where a seal that was not lifted stands at the end of a line.

    Args:
        found: lines of a page, in pixels of the ready picture.
        ready: the page.
        rules: its rules, in points.
        read_line: reads the picture of one line.

    Returns:
        All lines; those that go on are longer.
    """
    lines = list(found)
    for place, line in enumerate(lines):
        # what lies between two pieces of a line goes to the first of them
        lines[place] = _read_on(line, lines, ready, rules, read_line)
    return lines


def _read_on(
    line: OcrLine, found: Sequence[OcrLine], ready: ReadyPicture, rules: Sequence[Rule], read_line: LineReader
) -> OcrLine:
    box = _box(line)
    high = box[3] - box[1]
    left, right = (_is_cut(x, box, ready) for x in (box[0], box[2]))
    if not (left or right) or len(line.text) < _SHORTEST or box[2] - box[0] < high:
        return line
    low, far = _room(line, found, ready, rules)
    box = (low if left else box[0], box[1], far if right else box[2], box[3])
    x0, y0, x1, y1 = (max(0, round(edge)) for edge in box)
    picture = ready.image[y0:y1, x0:x1]
    if not picture.size or x1 - x0 < (line.quad[1][0] - line.quad[0][0]) + high:
        return line
    reading, other = read_line(np.ascontiguousarray(picture))
    kept = _whole(reading, line.text, high / (x1 - x0))
    if kept is None:
        return line
    first, last = kept
    return _part(reading, other, (x0, box[1], x1, box[3]), first, last, high)


def _part(
    reading: Reading, other: OtherReading | None, box: tuple[float, float, float, float], first: int, last: int,
    high: float,
) -> OcrLine:  # fmt: skip
    """The characters `first:last` of a row as a line of their own."""
    x0, top, x1, bottom = box
    middles = [x0 + share * (x1 - x0) for share in reading.centres[first:last]]
    left, right = max(x0, middles[0] - high / 2), min(x1, middles[-1] + high / 2)
    wide = right - left
    quad = ((left, top), (right, top), (right, bottom), (left, bottom))
    text, sure = reading.text[first:last], reading.confidences[first:last]
    centres = tuple(min(1.0, max(0.0, (middle - left) / wide)) for middle in middles)
    return OcrLine(quad, text, sum(sure) / len(sure), centres, other)


def _whole(reading: Reading, text: str, em: float) -> tuple[int, int] | None:
    """Which characters of a row are the line and what it goes on with; None when it does not go on.

    Words of the seal may stand in the same row; they stand apart.

    Args:
        reading: of the whole row.
        text: the line as it was read.
        em: height of the line, of the width of the row.
    """
    core = text.strip()[1:-1]
    start = reading.text.find(core)
    if start < 0 or len(reading.centres) != len(reading.text) or len(reading.confidences) != len(reading.text):
        return None
    first, last = start, start + len(core)
    while first > 0 and reading.centres[first] - reading.centres[first - 1] <= _STEP * em:
        first -= 1
    while last < len(reading.text) and reading.centres[last] - reading.centres[last - 1] <= _STEP * em:
        last += 1
    new = (*reading.confidences[first:start], *reading.confidences[start + len(core) : last])
    if last - first < len(text.strip()) + 2 or sum(new) < _SURE * len(new):
        return None
    return first, last


def _box(line: OcrLine) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in line.quad], [y for _, y in line.quad]
    return min(xs), min(ys), max(xs), max(ys)


def _is_cut(x: float, box: tuple[float, float, float, float], ready: ReadyPicture) -> bool:
    """Whether an end of a line lies in a seal that is still there, or at its ring."""
    across, down = ready.scale
    near = _NEAR * (box[3] - box[1])
    middle = (box[1] + box[3]) / 2 * down
    return any(
        not seal.lifted and any(seal.share(edge * across, middle) <= 1.0 for edge in (x - near, x, x + near))
        for seal in ready.seals
    )


def _room(line: OcrLine, found: Sequence[OcrLine], ready: ReadyPicture, rules: Sequence[Rule]) -> tuple[float, float]:
    """How far a line may reach to both sides: the next rule, the next line, the margins of the page."""
    box = _box(line)
    across, down = ready.scale
    middle, inset = (box[1] + box[3]) / 2, 1.5 / across
    boxes = [_box(other) for other in found if other is not line]
    centre = (box[0] + box[2]) / 2
    # pieces of one line may overlap where the seal is: what has been read is not read again
    stops = [other[0] if other[0] + other[2] > 2 * centre else other[2] for other in boxes if _same_row(other, box)]
    for rule in rules:
        if not rule.horizontal and min(rule.y0, rule.y1) <= middle * down <= max(rule.y0, rule.y1):
            stops += [rule.x0 / across - inset, rule.x0 / across + inset]
    low = min(other[0] for other in [*boxes, box])
    far = max(other[2] for other in [*boxes, box])
    return (
        max([low, *(stop for stop in stops if stop < centre)]),
        min([far, *(stop for stop in stops if stop > centre)]),
    )


def _same_row(other: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """Whether another line stands at the height of a line."""
    return min(other[3], box[3]) - max(other[1], box[1]) > _SAME_ROW * (box[3] - box[1])
