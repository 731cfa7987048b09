"""Picture reader: PNG, JPEG, TIFF (all its pages), BMP, WebP and GIF, from scanners and telephones.

A picture says how many dots an inch it has, and often lies: telephones write 72, screenshots 96. Where the size on
paper that follows is not that of a sheet, the picture is taken to be an A4 page.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from ingest.layout.build import build_draft
from ingest.layout.page import PageContent, lost_page
from ingest.ocr.read_picture import read_picture
from ingest.ocr.reader import reader_for
from ingest.photograph import laid_flat, sheet_size
from ingest.picture import shrunk, to_bgr
from schema.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.blocks import Draft
    from ingest.ocr.engine import Image
    from ingest.options import ReadOptions

# inches of a sheet: a receipt at least, A3 with room to spare at most
_SHEET: Final = (3.0, 18.0)
_DOTS: Final = (90.0, 1300.0)
_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, MemoryError)


def read_image(data: bytes, options: ReadOptions) -> Draft:
    """Read a picture file.

    Raises:
        ReadError: `file_damaged`, `file_too_large`.
    """
    return build_draft(list(picture_pages(data, options)))


def picture_pages(data: bytes, options: ReadOptions, *, first: int = 1) -> Iterator[PageContent]:
    """Read the pages of a picture file by OCR.

    Args:
        data: the file.
        options: limits, OCR mode.
        first: number of its first page.

    Raises:
        ReadError: `file_damaged` when it cannot be opened, `file_too_large` when its only picture is larger than
            allowed, or it has too many pages.
    """
    opened = _open(data)
    total = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
    if total > options.limits.pages:
        raise ReadError("file_too_large", f"the picture file has {total} pages, more than {options.limits.pages}")
    reader = reader_for(options.engine, fast=options.fast)
    for index in range(total):
        number = first + index
        try:
            opened.seek(index)
            image, (width, height) = _decoded(opened, options.limits.pixels)
            reason = "picture"
            yield read_picture(image, reader, number=number, width=width, height=height, reason=reason)
        except ReadError as error:
            if total == 1:
                raise
            yield lost_page(number, error.message, origin="ocr")
        except _BROKEN as error:
            if total == 1:
                raise ReadError("file_damaged", "the picture is cut off or broken") from error
            yield lost_page(number, "its picture is cut off or broken", origin="ocr")
        if options.progress is not None:
            options.progress(index + 1, total)


def page_of_picture(data: bytes, number: int, *, most_pixels: int) -> Image:
    """The picture of a page as it is read: upright as its file says, but not yet turned.

    Args:
        data: the file.
        number: of the page, from 1; a TIFF holds one in each frame.
        most_pixels: largest picture to unpack.

    Raises:
        ReadError: `page_unknown`, `file_damaged`, `file_too_large`.
    """
    opened = _open(data)
    try:
        opened.seek(number - 1)
    except EOFError as error:
        raise ReadError("page_unknown", f"the picture has no page {number}") from error
    try:
        return _decoded(opened, most_pixels)[0]
    except _BROKEN as error:
        raise ReadError("file_damaged", "the picture is cut off or broken") from error


def _open(data: bytes) -> Pillow.Image:
    try:
        with warnings.catch_warnings():
            # how many pixels are too many is decided here, not by the library
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            return Pillow.open(io.BytesIO(data))
    except Pillow.DecompressionBombError as error:
        raise ReadError("file_too_large", "the picture has more pixels than allowed") from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise ReadError("file_damaged", "the picture is cut off or broken") from error


def _decoded(opened: Pillow.Image, most_pixels: int) -> tuple[Image, tuple[float, float]]:
    """The picture of the current page, upright as its file says, and its size on paper in points."""
    wide, high = opened.size
    if wide * high > most_pixels:
        raise ReadError("file_too_large", f"a picture of {wide} x {high} pixels is larger than allowed")
    plain = ImageOps.exif_transpose(_eight_bits(opened))
    image = to_bgr(np.asarray(plain))
    if plain.mode == "RGB":
        image = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    flat = laid_flat(image)
    # what a camera says of dots an inch is of its picture, not of the sheet in it
    size = _paper(flat.shape[1], flat.shape[0], opened.info.get("dpi") if flat is image else None)
    image = flat
    return shrunk(image, size[0]), size


def _eight_bits(opened: Pillow.Image) -> Pillow.Image:
    """Grey or three colours of eight bits; what is transparent is white."""
    if opened.mode.startswith(("I", "F")):
        values = np.asarray(opened, np.float32)
        low, high = float(values.min()), float(values.max())
        scaled = np.clip((values - min(low, 0.0)) / max(high - min(low, 0.0), 1.0) * 255, 0, 255)
        return _with_turn(Pillow.fromarray(scaled.astype(np.uint8)), opened)
    if opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info:
        layered = opened.convert("RGBA")
        white = Pillow.new("RGBA", layered.size, "white")
        return _with_turn(Pillow.alpha_composite(white, layered).convert("RGB"), opened)
    return _with_turn(opened.convert("L" if opened.mode in ("1", "L") else "RGB"), opened)


def _with_turn(made: Pillow.Image, opened: Pillow.Image) -> Pillow.Image:
    """Carry over which way up the camera was held."""
    made.getexif()[_ORIENTATION] = opened.getexif().get(_ORIENTATION, 1)
    return made


_ORIENTATION: Final = 0x0112


def _paper(wide: int, high: int, dots: object) -> tuple[float, float]:
    """Points of the sheet a picture shows."""
    if isinstance(dots, tuple) and len(dots) == 2:
        try:
            across = float(dots[0])
        except (TypeError, ValueError, ZeroDivisionError):
            across = 0.0
        inches = (wide / across, high / across) if _DOTS[0] <= across <= _DOTS[1] else (0.0, 0.0)
        if all(_SHEET[0] <= side <= _SHEET[1] for side in inches):
            return inches[0] * 72, inches[1] * 72
    return sheet_size(wide, high)
