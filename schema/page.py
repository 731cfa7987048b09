"""Pages, lines and what was taken out of the text."""

from typing import Literal

from schema.base import Box, Model
from schema.span import Span

Origin = Literal["text_layer", "ocr", "flow"]
Grade = Literal["good", "check", "poor"]
FurnitureRole = Literal["header", "footer", "page_number", "seal", "noise", "watermark"]


class Line(Model):
    """A printed line: the piece of canonical text it holds and its box on the page.

    Attributes:
        span: characters of the canonical text printed in this line; several lines may cover one paragraph.
        box: the line on the upright page, in points.
        confidence: 0..1 as the reader reports it; 1.0 for digital text.
        grade: what a person should do with it: trust it, check it, or read it anew.
        reason: why the grade is not good (`readers disagree: 13. / 13`).
    """

    span: Span
    box: Box
    confidence: float = 1.0
    grade: Grade = "good"
    reason: str | None = None


class Page(Model):
    """One page of the document.

    Attributes:
        number: from 1; formats without pages have one page.
        width: points of the upright page.
        height: points of the upright page.
        origin: where the text came from: the file's own text, OCR, or a format without pages (docx, md, txt).
        reason: why that origin was chosen (`image only`, `text layer broken: 34 % unmapped glyphs`).
        rotation: degrees clockwise the page image was turned to stand upright.
        lines: in reading order; empty for formats without pages.
        grade: the worst that a reader of this page should expect.
        grade_reason: why the grade is not good.
    """

    number: int
    width: float
    height: float
    origin: Origin
    reason: str = ""
    rotation: int = 0
    lines: tuple[Line, ...] = ()
    grade: Grade = "good"
    grade_reason: str | None = None


class Furniture(Model):
    """Words that were on the page and are not in the canonical text, and why.

    Attributes:
        page: page number from 1.
        role: what it is; hidden text, comments and passages that do not belong are `noise` with their reason.
        text: the words.
        box: place on the upright page in points, where known.
        reason: why it was taken out.
    """

    page: int
    role: FurnitureRole
    text: str
    box: Box | None = None
    reason: str
