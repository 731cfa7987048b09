"""Characters of a PDF page with their places, from PDFium's text layer.

PDFium gives some 180 dense pages a second this way; pdfplumber about 6. What a person cannot see (white on white,
invisible, outside the page) is told apart here, for it is no contract text but worth knowing.
"""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from math import pi
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_INVISIBLE: Final = 3
_BREAKS: Final = frozenset("\r\n")
_HYPHENS: Final = frozenset("\x02\ufffe")
_BOLD_WEIGHT: Final = 600
_WHITE: Final = 245
_TINY: Final = 1.5

Transform = Callable[[float, float, float, float], tuple[float, float, float, float]]


@dataclass(slots=True)
class Char:
    """One printed character: box in points of the upright page; `look` is shared by characters of one text object."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    look: "Look"


@dataclass(slots=True)
class Look:
    """What characters of one text object share."""

    bold: bool
    invisible: bool
    white: bool
    quarter: int
    slanted: bool
    font: str
    embedded: bool


@dataclass(slots=True)
class PageChars:
    """All characters of a page, in the order of the file.

    Attributes:
        unmapped: how many characters the font gives no meaning for.
        width, height: points of the upright page.
        turn: degrees clockwise the page was turned beyond what the file says.
    """

    chars: list[Char]
    unmapped: int
    width: float
    height: float
    turn: int
    looks: list[Look] = field(default_factory=list)


def page_transform(page: pdfium.PdfPage, turn: int) -> tuple[Transform, float, float]:
    """Map from the file's coordinates (left, bottom, right, top) to the upright page.

    Args:
        page: an open page.
        turn: degrees clockwise to turn beyond the rotation the file asks for.

    Returns:
        The map, and width and height of the upright page.
    """
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    quarter = (raw.FPDFPage_GetRotation(page) + turn // 90) % 4
    width, height = abs(right - left), abs(top - bottom)

    def plain(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        return x0 - left, top - y1, x1 - left, top - y0

    def clockwise(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        return y0 - bottom, x0 - left, y1 - bottom, x1 - left

    def over(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        return right - x1, y0 - bottom, right - x0, y1 - bottom

    def counter(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        return top - y1, right - x1, top - y0, right - x0

    if quarter % 2:
        width, height = height, width
    return (plain, clockwise, over, counter)[quarter], width, height


def read_chars(page: pdfium.PdfPage, *, most: int) -> PageChars:
    """Read the text layer of a page.

    Args:
        page: an open page.
        most: characters after which the page is given up as unreadable.
    """
    text_page = page.get_textpage()
    try:
        count = min(raw.FPDFText_CountChars(text_page), most)
        handle = text_page.raw
        looks: dict[int | None, Look] = {}
        order: list[Look] = []
        places: list[tuple[str, float, float, float, float, Look]] = []
        unmapped = 0
        rect = raw.FS_RECTF()
        reference = ctypes.byref(rect)
        # looked up once: this loop runs for every character of every page
        unicode_of, object_of, box_of = (
            raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject, raw.FPDFText_GetLooseCharBox,
        )  # fmt: skip
        is_unmapped = raw.FPDFText_HasUnicodeMapError
        for index in range(count):
            code = unicode_of(handle, index)
            char = chr(code) if 0 < code < 0x110000 else "\ufffd"
            if char in _BREAKS or (char == " " and raw.FPDFText_IsGenerated(handle, index) == 1):
                continue
            item = object_of(handle, index)
            key = ctypes.addressof(item.contents) if item else None
            look = looks.get(key)
            if look is None:
                look = looks[key] = _look(handle, index, item)
                order.append(look)
            if code == 0 or char == "\ufffd" or is_unmapped(handle, index) == 1:
                unmapped += 1
            box_of(handle, index, reference)
            places.append(("-" if char in _HYPHENS else char, rect.left, rect.bottom, rect.right, rect.top, look))
    finally:
        text_page.close()
    return _upright(page, places, unmapped, order)


def _upright(
    page: pdfium.PdfPage,
    places: list[tuple[str, float, float, float, float, Look]],
    unmapped: int,
    looks: list[Look],
) -> PageChars:
    """Turn the page so that most characters stand upright."""
    weights = [0, 0, 0, 0]
    for place in places:
        weights[place[5].quarter] += 1
    shown = raw.FPDFPage_GetRotation(page)
    drawn = max(range(4), key=lambda quarter: weights[quarter]) if any(weights) else 0
    # PDFium counts the angle clockwise: text drawn three quarters round stands upright on a page turned by one
    turn = (-drawn - shown) % 4 * 90
    transform, width, height = page_transform(page, turn)
    chars = [Char(text, *transform(x0, y0, x1, y1), look) for text, x0, y0, x1, y1, look in places]
    for look in looks:
        look.slanted = look.slanted or look.quarter != drawn
    return PageChars(_surrogates_joined(chars), unmapped, width, height, turn, looks)


def _look(text_page: raw.FPDF_TEXTPAGE, index: int, item: raw.FPDF_PAGEOBJECT) -> Look:
    angle = raw.FPDFText_GetCharAngle(text_page, index)
    quarters = angle / (pi / 2) if angle >= 0 else 0.0
    quarter = round(quarters) % 4
    colour = [ctypes.c_uint() for _ in range(4)]
    mode, font, embedded = 0, "", False
    weight = raw.FPDFText_GetFontWeight(text_page, index)
    if item:
        raw.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, colour))
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        font, embedded = _font(raw.FPDFTextObj_GetFont(item))
    return Look(
        bold=weight >= _BOLD_WEIGHT or "bold" in font.lower() or "heiti" in font.lower() or mode == 2,
        invisible=mode == _INVISIBLE,
        white=bool(item) and min(part.value for part in colour[:3]) >= _WHITE and colour[3].value > 0,
        quarter=quarter,
        slanted=abs(quarters - round(quarters)) > 0.06,
        font=font,
        embedded=embedded,
    )


def _font(font: raw.FPDF_FONT) -> tuple[str, bool]:
    if not font:
        return "", False
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, min(size, 512)))
    raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace"), raw.FPDFFont_GetIsEmbedded(font) == 1


def _surrogates_joined(chars: list[Char]) -> list[Char]:
    """Characters beyond U+FFFF come as two halves."""
    if not any("\ud800" <= char.text <= "\udfff" for char in chars):
        return chars
    joined: list[Char] = []
    for char in chars:
        last = joined[-1] if joined else None
        if last and "\ud800" <= last.text <= "\udbff" and "\udc00" <= char.text <= "\udfff":
            code = 0x10000 + (ord(last.text) - 0xD800) * 0x400 + ord(char.text) - 0xDC00
            last.text, last.x1 = chr(code), max(last.x1, char.x1)
        else:
            joined.append(char)
    return joined


def is_seen(char: Char, width: float, height: float) -> bool:
    """Whether a character lies on the page and is large enough to be read."""
    inside = -1 <= (char.x0 + char.x1) / 2 <= width + 1 and -1 <= (char.y0 + char.y1) / 2 <= height + 1
    return inside and char.y1 - char.y0 > _TINY
