"""A PDF page with a text layer: characters to lines, drawings to rules; what cannot be seen goes aside."""

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from ingest.blocks import PageInfo
from ingest.layout.lines import Glyph, glyph_lines
from ingest.layout.page import PageContent
from ingest.pdf.chars import Char, PageChars, is_seen, page_transform, read_chars
from ingest.pdf.embedded import word_pictures
from ingest.pdf.forms import field_lines, read_fields
from ingest.pdf.rules import Drawings, read_drawings
from ingest.pdf.triage import is_doubtful, why_ocr
from schema.base import Box
from schema.page import Furniture, FurnitureRole
from schema.problem import Problem

_MOST_CHARS = 60_000


@dataclass(slots=True)
class DigitalPage:
    """A page by its text layer.

    Attributes:
        content: its lines and drawings.
        verdict: why it must be read by OCR instead; None when it need not.
        doubtful: whether its characters make no words, so that OCR must confirm them.
        pictures: pictures on it that may hold words.
    """

    content: PageContent
    verdict: str | None
    doubtful: bool
    pictures: list[Box]


def read_digital_page(page: pdfium.PdfPage, number: int) -> DigitalPage:
    """Read a page by its text layer.

    Args:
        page: an open page.
        number: its number.
    """
    chars = read_chars(page, most=_MOST_CHARS)
    transform, width, height = page_transform(page, chars.turn)
    drawings = read_drawings(page, transform, width, height)
    content = digital_content(number, chars, drawings)
    fields = read_fields(page, transform)
    if fields:
        sizes = sorted(line.size for line in content.lines)
        lines, boxes = field_lines(fields, sizes[len(sizes) // 2] if sizes else None)
        content.lines += lines
        content.tick_boxes += boxes
    pictures = word_pictures(content, drawings.images) if drawings.images and not chars.turn else []
    return DigitalPage(content, why_ocr(chars, drawings), is_doubtful(chars), pictures)


def digital_content(number: int, chars: PageChars, drawings: Drawings) -> PageContent:
    """Lines and rules of a page whose characters and drawings are known."""
    info = PageInfo(
        number=number,
        width=chars.width,
        height=chars.height,
        origin="text_layer",
        reason="text layer" if chars.chars else "empty page",
        rotation=chars.turn,
    )
    content = PageContent(info, rules=drawings.rules, tick_boxes=drawings.tick_boxes)
    shown: list[Glyph] = []
    hidden: list[Char] = []
    slanted: list[Char] = []
    for char in chars.chars:
        if char.look.slanted:
            slanted.append(char)
        elif not is_seen(char, chars.width, chars.height) or char.look.invisible or _is_white(char, drawings):
            hidden.append(char)
        else:
            shown.append(Glyph(char.text, char.x0, char.y0, char.x1, char.y1, char.look.bold))
    content.lines = glyph_lines(shown)
    _keep(content, slanted, "watermark", "printed across the page")
    _keep(content, hidden, "noise", "hidden text: invisible, white on white or outside the page")
    if any(char.text.strip() for char in hidden):
        content.problems.append(
            Problem(
                code="reading_note",
                severity="info",
                message=f"hidden text on page {number} was left out of the text",
                page=number,
            )
        )
    return content


def _is_white(char: Char, drawings: Drawings) -> bool:
    """White characters are hidden unless something dark lies beneath them."""
    if not char.look.white:
        return False
    x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
    boxes = [*drawings.fills, *(box for box, _ in drawings.images)]
    return not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)


def _keep(content: PageContent, chars: Sequence[Char], role: FurnitureRole, reason: str) -> None:
    words = "".join(char.text for char in chars).strip()
    if not words:
        return
    box = (
        min(char.x0 for char in chars),
        min(char.y0 for char in chars),
        max(char.x1 for char in chars),
        max(char.y1 for char in chars),
    )
    content.furniture.append(Furniture(page=content.info.number, role=role, text=words, box=box, reason=reason))
