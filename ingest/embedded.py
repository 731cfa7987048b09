"""Pictures inside a document that flows: signature pages, scanned annexes, handwriting are read as pages of their own.

A reader leaves a block with `picture` set where a picture stands; here it is read by OCR and its paragraphs and tables
take that place, with a page number and boxes of their own. A small picture (a logo, a seal, a signature) is no page:
its words go to the furniture.
"""

import hashlib
import io
from collections.abc import Callable
from typing import Final

from ingest import sniff
from ingest.blocks import Block, Draft, ParagraphBlock, Piece
from ingest.layout.page import PageContent
from ingest.options import ReadOptions
from schema.errors import ReadError
from schema.page import Furniture
from schema.problem import Problem

_READ: Final = frozenset({sniff.PNG, sniff.JPEG, sniff.TIFF, sniff.BMP, sniff.WEBP, sniff.GIF})
# points: less than a third of a sheet wide or an inch and a half high is no page
_LEAST_PAGE: Final = (200.0, 108.0)
_LEAST_PIXELS: Final = (40, 24)
_DOTS: Final = 96.0


def picture_block(name: str, *, width: float | None = None, height: float | None = None) -> ParagraphBlock:
    """The place of a picture.

    Args:
        name: what `read_pictures` asks for.
        width: points it is shown in, where known.
        height: points it is shown in, where known.
    """
    block = ParagraphBlock([Piece("")])
    block.picture = (name, width, height)
    return block


def read_pictures(draft: Draft, load: Callable[[str], bytes | None], options: ReadOptions) -> None:
    """Read all pictures of a draft.

    Args:
        draft: its blocks and pages grow.
        load: bytes of a picture by its name; None when there are none.
        options: OCR mode and limits.
    """
    if not any(isinstance(block, ParagraphBlock) and block.picture for block in draft.blocks):
        return
    blocks: list[Block] = []
    seen: set[str] = set()
    for block in draft.blocks:
        if not isinstance(block, ParagraphBlock) or block.picture is None:
            blocks.append(block)
            continue
        name, width, height = block.picture
        try:
            data = load(name)
        except ReadError as error:
            _unread(draft, error.message)
            continue
        key = hashlib.sha256(data or b"").hexdigest()
        if data is None or key in seen:
            continue
        seen.add(key)
        blocks.extend(_read(draft, data, (width, height), options))
    draft.blocks = blocks


def _read(draft: Draft, data: bytes, shown: tuple[float | None, float | None], options: ReadOptions) -> list[Block]:
    """Blocks of one picture; what cannot be read is a problem, not a failure."""
    if sniff.sniff(data) not in _READ:
        _unread(draft, "it is a drawing (EMF, WMF or another format)")
        return []
    pixels = _pixels(data)
    if pixels is not None and (pixels[0] < _LEAST_PIXELS[0] or pixels[1] < _LEAST_PIXELS[1]):
        return []
    # OCR and what it stands on are loaded for documents that hold pictures, not for each Word file
    from ingest.image import picture_pages
    from ingest.layout.build import build_draft

    first = len(draft.pages) + 1
    if first > options.limits.pages:
        _unread(draft, f"the document has more than {options.limits.pages} pages")
        return []
    try:
        pages = list(picture_pages(data, options, first=first))
    except ReadError as error:
        _unread(draft, error.message)
        return []
    except Exception as error:  # whatever a library throws at a picture costs that picture only
        _unread(draft, type(error).__name__)
        return []
    if _is_small(shown, pixels):
        _as_furniture(draft, pages)
        return []
    for page in pages:
        page.info.reason = "picture inside the document"
    made = build_draft(pages)
    draft.pages.extend(made.pages)
    draft.furniture.extend(made.furniture)
    draft.problems.extend(made.problems)
    return made.blocks


def _pixels(data: bytes) -> tuple[int, int] | None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as opened:
            return opened.size
    except Exception:  # the reading itself says what is wrong with it
        return None


def _is_small(shown: tuple[float | None, float | None], pixels: tuple[int, int] | None) -> bool:
    width, height = shown
    if width is None or height is None:
        if pixels is None:
            return False
        width, height = pixels[0] * 72 / _DOTS, pixels[1] * 72 / _DOTS
    return width < _LEAST_PAGE[0] or height < _LEAST_PAGE[1]


def _as_furniture(draft: Draft, pages: list[PageContent]) -> None:
    """Words of a logo, a seal or a signature."""
    for page in pages:
        has_seal = any(item.role == "seal" for item in page.furniture)
        words = " ".join([*(item.text for item in page.furniture), *(line.text for line in page.lines)]).strip()
        if words or has_seal:
            draft.furniture.append(
                Furniture(
                    page=1,
                    role="seal" if has_seal else "noise",
                    text=words,
                    reason="a small picture: a seal" if has_seal else "a small picture: a logo, a seal or a signature",
                )
            )


def _unread(draft: Draft, why: str) -> None:
    message = f"a picture in the document could not be read ({why}): look at it by eye"
    draft.problems.append(Problem(code="part_unread", severity="warning", message=message))
