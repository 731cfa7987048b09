"""A page as a picture for people: upright as the boxes of the record count it, seals and tilt as they are.

    png = show_page(data, "application/pdf", 3, rotation=90, width=900)

Formats without pages (Word, text) have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.errors import ReadError

if TYPE_CHECKING:
    from ingest.ocr.engine import Image

_MOST_PIXELS: Final = 60_000_000
_WIDEST: Final = 3000


def show_page(data: bytes, media_type: str, number: int, *, rotation: int, width: int) -> bytes:
    """Draw a page.

    Args:
        data: the original file.
        media_type: of its bytes.
        number: of the page, from 1.
        rotation: degrees clockwise the page was turned to stand upright (`Page.rotation`).
        width: pixels across; a picture is never made larger than it is.

    Returns:
        PNG.

    Raises:
        ReadError: `page_unknown`, `file_encrypted`, `file_damaged`, `file_too_large`.
    """
    import cv2

    from ingest.picture import turned

    if media_type == "application/pdf":
        image = _pdf_page(data, number)
    elif media_type.startswith("image/"):
        from ingest.image import page_of_picture

        image = page_of_picture(data, number, most_pixels=_MOST_PIXELS)
    else:
        raise ReadError("page_unknown", f"files of {media_type} have no pages")
    image = turned(image, rotation % 360)
    wanted = min(width, _WIDEST)
    if image.shape[1] > wanted:
        height = max(1, round(image.shape[0] * wanted / image.shape[1]))
        image = cv2.resize(image, (wanted, height), interpolation=cv2.INTER_AREA)
    done, packed = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 6])
    if not done:
        raise ReadError("page_unknown", f"page {number} cannot be drawn")
    return packed.tobytes()


def _pdf_page(data: bytes, number: int) -> Image:
    from ingest.options import Limits
    from ingest.pdf.images import page_picture
    from ingest.pdf.open import open_pdf

    document = open_pdf(data, None, Limits())
    try:
        if not 1 <= number <= len(document):
            raise ReadError("page_unknown", f"the PDF has {len(document)} pages")
        page = document[number - 1]
        try:
            return page_picture(page, most_pixels=_MOST_PIXELS)
        finally:
            page.close()
    finally:
        document.close()
