"""Pictures with words on a page that has a text layer: a price list pasted as a screenshot, a scanned annex.

Logos, photographs and seals are pictures, too: what is small is left alone, and of the others only lines that were read
with confidence are taken over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ingest.layout.page import Rule, TickBox
from ingest.ocr.read_picture import read_picture
from ingest.picture import USUAL_DPI, to_bgr

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pypdfium2 as pdfium

    from ingest.layout.page import PageContent, TextLine
    from ingest.ocr.reader import Reader
    from schema.base import Box

_LEAST_WIDE: Final = 130.0
_LEAST_HIGH: Final = 40.0
_LEAST_SHARE: Final = 0.02
_MOST_LINES_OVER: Final = 2
_MOST: Final = 6
_LEAST_CONFIDENCE: Final = 0.85
_LEAST_CHARACTERS: Final = 6


def word_pictures(content: PageContent, images: Sequence[tuple[Box, float]]) -> list[Box]:
    """Pictures of a page that are large enough to hold words and have none of the text layer over them."""
    wide, high = content.info.width, content.info.height
    found = []
    for (left, top, right, bottom), share in images:
        box = (max(0.0, left), max(0.0, top), min(wide, right), min(high, bottom))
        large = box[2] - box[0] >= _LEAST_WIDE and box[3] - box[1] >= _LEAST_HIGH and share >= _LEAST_SHARE
        if large and sum(_is_over(line, box) for line in content.lines) <= _MOST_LINES_OVER and box not in found:
            found.append(box)
    return found[:_MOST]


def _is_over(line: TextLine, box: Box) -> bool:
    return box[0] <= (line.left + line.right) / 2 <= box[2] and box[1] <= line.middle <= box[3]


def read_embedded(page: pdfium.PdfPage, content: PageContent, boxes: Sequence[Box], reader: Reader) -> None:
    """Read pictures of a page and put what they say into its content.

    Args:
        page: an open page, upright as the file shows it.
        content: the page by its text layer; changed in place.
        boxes: the pictures, in points of the page as shown.
        reader: reads them.
    """
    wide, high = content.info.width, content.info.height
    said = 0
    for box in boxes:
        crop = (box[0], high - box[3], wide - box[2], box[1])
        bitmap = page.render(scale=USUAL_DPI / 72, crop=crop)
        inside = read_picture(
            to_bgr(bitmap.to_numpy().copy()),
            reader,
            number=content.info.number,
            width=box[2] - box[0],
            height=box[3] - box[1],
            reason="picture on the page",
        )
        lines = [line for line in inside.lines if line.confidence >= _LEAST_CONFIDENCE]
        if inside.info.rotation or sum(len(line.text) for line in lines) < _LEAST_CHARACTERS:
            continue
        said += 1
        _take_over(content, inside, lines, box)
    if said:
        content.info.reason = f"text layer; {said} picture{'s' if said > 1 else ''} read by OCR"


def _take_over(content: PageContent, inside: PageContent, lines: Sequence[TextLine], box: Box) -> None:
    """Lines, rules and boxes of a picture, moved to where it stands."""
    left, top = box[0], box[1]
    for line in lines:
        line.box = _moved(line.box, left, top)
        line.centres = [x + left for x in line.centres]
    content.lines = [line for line in content.lines if not _is_over(line, box)] + list(lines)
    content.rules += [
        Rule(rule.x0 + left, rule.y0 + top, rule.x1 + left, rule.y1 + top, rule.solid) for rule in inside.rules
    ]
    content.tick_boxes += [TickBox(_moved(found.box, left, top), found.ticked) for found in inside.tick_boxes]
    content.furniture += [
        item.model_copy(update={"box": _moved(item.box, left, top)}) if item.box is not None else item
        for item in inside.furniture
    ]


def _moved(box: Box, left: float, top: float) -> Box:
    return box[0] + left, box[1] + top, box[2] + left, box[3] + top
