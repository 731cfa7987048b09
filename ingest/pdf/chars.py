"""Characters of a PDF page with their places, from PDFium's text layer.

PDFium gives some 180 dense pages a second this way; pdfplumber about 6. What a person cannot see (white on white,
invisible, outside the page) is told apart here, for it is no contract text but worth knowing.
"""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from math import pi
from typing import Any, Final

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from ingest.word.symbols import is_symbol_font, plain_name, symbol

_INVISIBLE: Final = 3
_NEW_LINE: Final = 0x0A
_RETURN: Final = 0x0D
_SPACE: Final = 0x20
_HYPHEN: Final = 0x02
_NO_CHARACTER: Final = 0xFFFE
_UNKNOWN: Final = 0xFFFD
_LAST_CODE: Final = 0x10FFFF
_BOLD_WEIGHT: Final = 600
_WHITE: Final = 245
_TINY: Final = 1.5


def _quick(function: Any, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 — ctypes
    """A function of PDFium called with plain numbers: pypdfium2 makes an object of each argument and result.

    That costs more than the functions themselves, which are called four times for every character of every page.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_unicode_of: Final = _quick(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_object_of: Final = _quick(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_is_unmapped: Final = _quick(raw.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_box_of: Final = _quick(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)

Transform = Callable[[float, float, float, float], tuple[float, float, float, float]]


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
    """All characters of a page, in the order of the file, column by column.

    Attributes:
        texts: one character each.
        boxes: a row of x0, y0, x1, y1 for each, in points of the upright page.
        kinds: place of its look in `looks`.
        looks: how characters look; those of one text object share one.
        unmapped: how many characters the font gives no meaning for.
        width, height: points of the upright page.
        turn: degrees clockwise the page was turned beyond what the file says.
    """

    texts: list[str]
    boxes: NDArray[np.float64]
    kinds: NDArray[np.intp]
    looks: list[Look]
    unmapped: int
    width: float
    height: float
    turn: int

    def which(self, has: Callable[[Look], bool]) -> NDArray[np.bool_]:
        """For each character, whether its look has a property."""
        return np.array([has(look) for look in self.looks], bool)[self.kinds]

    def seen(self) -> NDArray[np.bool_]:
        """For each character, whether it lies on the page and is large enough to be read."""
        x0, y0, x1, y1 = self.boxes.T
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        inside = (x >= -1) & (x <= self.width + 1) & (y >= -1) & (y <= self.height + 1)
        large: NDArray[np.bool_] = inside & (y1 - y0 > _TINY)
        return large


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
        handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
        codes = _codes(text_page, handle, min(raw.FPDFText_CountChars(text_page), most))
        kept = (codes != _RETURN) & (codes != _NEW_LINE)
        for index in np.flatnonzero(codes == _SPACE).tolist():
            # a blank that PDFium thought of is told by the gap, as in every other format
            kept[index] = raw.FPDFText_IsGenerated(text_page, index) != 1
        chosen = np.flatnonzero(kept)
        indexes = chosen.tolist()
        codes = codes[chosen]
        codes[(codes <= 0) | (codes > _LAST_CODE)] = _UNKNOWN
        errors = np.array([_is_unmapped(handle, index) == 1 for index in indexes], bool)
        errors |= codes == _UNKNOWN
        kinds, looks = _looks(text_page, indexes, [_object_of(handle, index) for index in indexes])
        corners = np.zeros((len(indexes), 4), np.float32)
        start, step = corners.ctypes.data, corners.strides[0]
        for place, index in enumerate(indexes):
            _box_of(handle, index, start + place * step)
    finally:
        text_page.close()
    codes[(codes == _HYPHEN) | (codes == _NO_CHARACTER)] = ord("-")
    texts = list(map(chr, codes.tolist()))
    _show_symbols(texts, errors, kinds, looks)
    return _upright(page, texts, corners.astype(np.float64), kinds, looks, int(np.count_nonzero(errors)))


def _show_symbols(texts: list[str], errors: NDArray[np.bool_], kinds: NDArray[np.intp], looks: list[Look]) -> None:
    """Letters of a symbol font as the boxes and ticks they draw; they have a meaning then."""
    for kind, look in enumerate(looks):
        font = plain_name(look.font)
        if not is_symbol_font(font):
            continue
        for place in np.flatnonzero(kinds == kind).tolist():
            shown = symbol(texts[place], font)
            if shown != texts[place]:
                texts[place], errors[place] = shown, False


def _codes(text_page: pdfium.PdfTextPage, handle: int | None, count: int) -> NDArray[np.int64]:
    """Code points of the first characters of a page.

    Text taken in one piece has them all, one for one, unless there are some without a meaning or beyond U+FFFF.
    """
    if not count:
        return np.zeros(0, np.int64)
    text = (ctypes.c_ushort * (2 * count + 2))()
    if raw.FPDFText_GetText(text_page, 0, count, text) - 1 == count:
        return np.array(text[:count], np.int64)
    return np.array([_unicode_of(handle, index) for index in range(count)], np.int64)


def _looks(
    text_page: pdfium.PdfTextPage, indexes: list[int], objects: list[int | None]
) -> tuple[NDArray[np.intp], list[Look]]:
    """The look of each character, asked once for each text object."""
    kinds = np.zeros(len(indexes), np.intp)
    known: dict[int | None, int] = {}
    looks: list[Look] = []
    begin = 0
    for item, run in groupby(objects):
        end = begin + sum(1 for _ in run)
        if item not in known:
            known[item] = len(looks)
            looks.append(_look(text_page, indexes[begin], raw.FPDFText_GetTextObject(text_page, indexes[begin])))
        kinds[begin:end] = known[item]
        begin = end
    return kinds, looks


def _upright(
    page: pdfium.PdfPage,
    texts: list[str],
    corners: NDArray[np.float64],
    kinds: NDArray[np.intp],
    looks: list[Look],
    unmapped: int,
) -> PageChars:
    """Turn the page so that most characters stand upright."""
    weights = [0, 0, 0, 0]
    for look, times in zip(looks, np.bincount(kinds, minlength=len(looks)).tolist(), strict=True):
        weights[look.quarter] += times
    shown = raw.FPDFPage_GetRotation(page)
    drawn = max(range(4), key=lambda quarter: weights[quarter]) if any(weights) else 0
    # PDFium counts the angle clockwise: text drawn three quarters round stands upright on a page turned by one
    turn = (-drawn - shown) % 4 * 90
    transform, width, height = page_transform(page, turn)
    left, top, right, bottom = corners.T
    # the map is sums and differences: it moves whole columns as it moves numbers
    moved: Any = transform(left, bottom, right, top)
    for look in looks:
        look.slanted = look.slanted or look.quarter != drawn
    found = PageChars(texts, np.column_stack(moved), kinds, looks, unmapped, width, height, turn)
    return _surrogates_joined(found)


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


def _surrogates_joined(chars: PageChars) -> PageChars:
    """Characters beyond U+FFFF come as two halves."""
    texts, boxes = chars.texts, chars.boxes
    low = [place for place, char in enumerate(texts) if place and "\udc00" <= char <= "\udfff"]
    gone = [place for place in low if "\ud800" <= texts[place - 1] <= "\udbff"]
    for place in gone:
        code = 0x10000 + (ord(texts[place - 1]) - 0xD800) * 0x400 + ord(texts[place]) - 0xDC00
        texts[place - 1] = chr(code)
        boxes[place - 1, 2] = max(boxes[place - 1, 2], boxes[place, 2])
    if gone:
        halves = set(gone)
        chars.texts = [char for place, char in enumerate(texts) if place not in halves]
        chars.boxes, chars.kinds = np.delete(boxes, gone, 0), np.delete(chars.kinds, gone)
    return chars
