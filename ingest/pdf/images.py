"""The picture of a PDF page: the embedded scan itself where the page is nothing else, otherwise a rendering."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Final

import cv2
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.photograph import laid_flat, sheet_size
from ingest.picture import FINEST_DPI, USUAL_DPI, shrunk, to_bgr, turned
from schema.errors import ReadError

if TYPE_CHECKING:
    from ingest.ocr.engine import Image

_FULL_PAGE: Final = 0.9
_LEAST_SIDE: Final = 24
_UPRIGHT_TOLERANCE: Final = 1e-3


def page_picture(page: pdfium.PdfPage, *, most_pixels: int, finest: float = FINEST_DPI) -> Image:
    """The page as shown, at about 200 dpi or the scan's own lower resolution; a sheet photographed askew laid flat.

    Args:
        page: an open page.
        most_pixels: largest picture to unpack or render.
        finest: dpi above which a scan is brought down to 200 dpi.

    Raises:
        ReadError: `file_too_large` when an embedded picture is larger than allowed.
        ValueError: the page has no area.
    """
    return picture_and_size(page, most_pixels=most_pixels, finest=finest)[0]


def picture_and_size(
    page: pdfium.PdfPage, *, most_pixels: int, finest: float = FINEST_DPI
) -> tuple[Image, tuple[float, float]]:
    """As `page_picture`, and the points of the sheet it shows: those of the page, unless the page is a photograph."""
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise ValueError("the page has no area")
    _refuse_bombs(page, most_pixels)
    image = _embedded_scan(page, width, height)
    if image is None:
        image = _rendered(page, width, height, most_pixels)
    elif raw.FPDFPage_CountObjects(page) == 1:
        # with a text layer, what is said of places is said of the page as it is
        flat = laid_flat(image)
        if flat is not image:
            width, height = sheet_size(flat.shape[1], flat.shape[0])
            image = flat
    return shrunk(image, width, finest), (width, height)


def _images(page: pdfium.PdfPage) -> list[raw.FPDF_PAGEOBJECT]:
    count = min(raw.FPDFPage_CountObjects(page), 5000)
    items = [raw.FPDFPage_GetObject(page, index) for index in range(count)]
    return [item for item in items if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE]


def _refuse_bombs(page: pdfium.PdfPage, most_pixels: int) -> None:
    for item in _images(page):
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        raw.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(wide), ctypes.byref(high))
        if wide.value * high.value > most_pixels:
            raise ReadError("file_too_large", f"a picture of {wide.value} x {high.value} pixels is larger than allowed")


def _embedded_scan(page: pdfium.PdfPage, width: float, height: float) -> Image | None:
    """The scan, when one upright picture is all the page shows: unpacking it costs a tenth of rendering."""
    images = _images(page)
    if len(images) != 1 or raw.FPDFPage_GetAnnotCount(page):
        return None
    for index in range(min(raw.FPDFPage_CountObjects(page), 5000)):
        kind = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index))
        if kind not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT):
            return None
    item = images[0]
    matrix, meta = raw.FS_MATRIX(), raw.FPDF_IMAGEOBJ_METADATA()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    quarter = raw.FPDFPage_GetRotation(page)
    shown = (height, width) if quarter % 2 else (width, height)
    upright = abs(matrix.b) + abs(matrix.c) < _UPRIGHT_TOLERANCE * (abs(matrix.a) + abs(matrix.d))
    covers = matrix.a >= _FULL_PAGE * shown[0] and matrix.d >= _FULL_PAGE * shown[1]
    inside = matrix.a <= 1.02 * shown[0] and matrix.d <= 1.02 * shown[1]
    if not (upright and covers and inside):
        return None
    raw.FPDFImageObj_GetImageMetadata(item, page, ctypes.byref(meta))
    if meta.bits_per_pixel not in (8, 24):
        # black-and-white pictures may be masks, whose colours lie elsewhere
        return None
    try:
        bitmap = pdfium.PdfImage(item, page=page).get_bitmap(render=False)
    except pdfium.PdfiumError:
        return None
    array = bitmap.to_numpy()
    if min(array.shape[:2]) < _LEAST_SIDE:
        return None
    colours = to_bgr(array.copy())
    if bitmap.mode.startswith("RGB"):
        colours = cv2.cvtColor(colours, cv2.COLOR_RGB2BGR)
    return turned(colours, quarter * 90)


def _rendered(page: pdfium.PdfPage, width: float, height: float, most_pixels: int) -> Image:
    scale = USUAL_DPI / 72
    # a page of many square metres is shown as small as it must be
    scale = min(scale, (most_pixels / (width * height)) ** 0.5, 6000 / max(width, height))
    bitmap = page.render(scale=scale, may_draw_forms=True)
    return to_bgr(bitmap.to_numpy().copy())
