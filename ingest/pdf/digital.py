"""A PDF page with a text layer: characters to lines, drawings to rules; what cannot be seen goes aside."""

from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from ingest.blocks import PageInfo
from ingest.layout.lines import GlyphColumns, column_lines
from ingest.layout.page import PageContent
from ingest.pdf.chars import PageChars, page_transform, read_chars
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
        reason="text layer" if chars.texts else "empty page",
        rotation=chars.turn,
    )
    content = PageContent(info, rules=drawings.rules, tick_boxes=drawings.tick_boxes)
    slanted = chars.which(lambda look: look.slanted)
    hidden = ~slanted & (~chars.seen() | chars.which(lambda look: look.invisible) | _white(chars, drawings))
    shown = ~slanted & ~hidden
    columns = GlyphColumns(
        [chars.texts[place] for place in np.flatnonzero(shown).tolist()],
        chars.boxes[shown],
        chars.which(lambda look: look.bold)[shown],
    )
    content.lines = column_lines(columns)
    _keep(content, chars, slanted, "watermark", "printed across the page")
    if _keep(content, chars, hidden, "noise", "hidden text: invisible, white on white or outside the page"):
        content.problems.append(
            Problem(
                code="reading_note",
                severity="info",
                message=f"hidden text on page {number} was left out of the text",
                page=number,
            )
        )
    return content


def _white(chars: PageChars, drawings: Drawings) -> NDArray[np.bool_]:
    """White characters are hidden unless something dark lies beneath them."""
    white = chars.which(lambda look: look.white)
    for place in np.flatnonzero(white).tolist():
        x0, y0, x1, y1 = chars.boxes[place].tolist()
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        boxes = [*drawings.fills, *(box for box, _ in drawings.images)]
        white[place] = not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)
    return white


def _keep(content: PageContent, chars: PageChars, which: NDArray[np.bool_], role: FurnitureRole, reason: str) -> bool:
    """Characters that are no text go to the furniture; whether there were words among them."""
    places = np.flatnonzero(which).tolist()
    words = "".join(chars.texts[place] for place in places).strip()
    if not words:
        return False
    (x0, y0), (x1, y1) = chars.boxes[which, :2].min(0).tolist(), chars.boxes[which, 2:].max(0).tolist()
    content.furniture.append(
        Furniture(page=content.info.number, role=role, text=words, box=(x0, y0, x1, y1), reason=reason)
    )
    return True
