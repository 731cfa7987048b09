"""OFD reader: characters and drawings with their places; pages that are but a picture are read by OCR."""

from collections.abc import Iterator
from typing import Final

from ingest.blocks import Draft, PageInfo
from ingest.container import Container
from ingest.image import picture_pages
from ingest.layout.build import build_draft
from ingest.layout.lines import glyph_lines
from ingest.layout.page import PageContent
from ingest.ofd.geometry import POINTS
from ingest.ofd.package import OfdDocument, OfdPackage, OfdPage
from ingest.ofd.page import Drawn, boxes_as_glyphs, draw
from ingest.options import ReadOptions
from schema.base import Box
from schema.errors import ReadError
from schema.page import Furniture, FurnitureRole
from schema.problem import Problem, Severity

_FEW: Final = 8
_COVERS: Final = 0.5


def read_ofd(data: bytes, options: ReadOptions) -> Draft:
    """Read an OFD file.

    Raises:
        ReadError: `file_encrypted`, `file_damaged`, `file_too_large`.
    """
    package = OfdPackage(Container(data, options.limits, what="the OFD file"), options.limits.pages)
    pages: list[PageContent] = []
    for document in package.documents():
        for number, page in enumerate(document.pages):
            pages.extend(_read_page(package, document, number, page, options, first=len(pages) + 1))
    if not pages:
        raise ReadError("file_damaged", "the OFD file has no pages")
    return build_draft(pages)


def _read_page(
    package: OfdPackage, document: OfdDocument, number: int, page: OfdPage, options: ReadOptions, *, first: int
) -> Iterator[PageContent]:
    left, top, right, bottom = page.area
    info = PageInfo(
        first, (right - left) * POINTS, (bottom - top) * POINTS, origin="text_layer", reason="text of the file"
    )
    content = PageContent(info)
    if page.root is None:
        info.grade, info.grade_reason = "poor", "the page could not be read"
        _problem(content, "page_failed", "error", f"page {first} could not be read: look at it by eye")
        yield content
        return
    drawn = Drawn()
    for root in (*page.templates, page.root):
        draw(root, drawn, document.bold_fonts, left=left, top=top)
    _annotations(document, number, content)
    _seals(document, number, content, left, top)
    scan = _scan(package, document, drawn, info)
    if scan is not None:
        try:
            read = next(picture_pages(scan, options, first=first))
        except (ReadError, StopIteration) as error:
            _problem(content, "page_failed", "error", f"the picture on page {first} could not be read ({error})")
        else:
            read.furniture.extend(content.furniture)
            read.info.reason = "image only"
            yield read
            return
    _fill(content, drawn)
    yield content


def _fill(content: PageContent, drawn: Drawn) -> None:
    content.lines = glyph_lines([*drawn.glyphs, *boxes_as_glyphs(drawn)])
    content.rules = drawn.rules
    if not drawn.glyphs:
        content.info.reason = "empty page"
    _keep(content, "watermark", "".join(drawn.slanted), "printed across the page")
    _keep(content, "noise", "".join(drawn.hidden), "hidden text: invisible or white on white")
    if any(words.strip() for words in drawn.hidden):
        _problem(content, "reading_note", "info", f"hidden text on page {content.info.number} was left out of the text")
    if drawn.cut_off:
        message = f"page {content.info.number} holds more objects than are looked at: look at it by eye"
        _problem(content, "part_unread", "error", message)


def _scan(package: OfdPackage, document: OfdDocument, drawn: Drawn, info: PageInfo) -> bytes | None:
    """The picture, when it is all that a page shows."""
    if len(drawn.glyphs) > _FEW or not drawn.pictures:
        return None
    resource, box = max(drawn.pictures, key=lambda item: _area(item[1]))
    if _area(box) < _COVERS * info.width * info.height or resource not in document.pictures:
        return None
    return package.picture(document.pictures[resource])


def _annotations(document: OfdDocument, number: int, content: PageContent) -> None:
    """Words of annotations are no text of the page: watermarks, stamps, remarks of readers."""
    for kind, look in document.annotations.get(number, ()):
        drawn = Drawn()
        draw(look, drawn, frozenset(), left=0.0, top=0.0)
        words = "".join([*(glyph.text for glyph in drawn.glyphs), *drawn.slanted])
        role: FurnitureRole = {"Watermark": "watermark", "Stamp": "seal"}.get(kind, "noise")  # type: ignore[assignment]
        _keep(content, role, words, f"annotation ({kind or 'of no kind'})")


def _seals(document: OfdDocument, number: int, content: PageContent, left: float, top: float) -> None:
    for x0, y0, x1, y1 in document.seals.get(number, ()):
        box = ((x0 - left) * POINTS, (y0 - top) * POINTS, (x1 - left) * POINTS, (y1 - top) * POINTS)
        content.furniture.append(
            Furniture(page=content.info.number, role="seal", text="", box=box, reason="electronic seal")
        )


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _keep(content: PageContent, role: FurnitureRole, words: str, reason: str) -> None:
    if words.strip():
        content.furniture.append(
            Furniture(page=content.info.number, role=role, text=" ".join(words.split()), reason=reason)
        )


def _problem(content: PageContent, code: str, severity: Severity, message: str) -> None:
    content.problems.append(Problem(code=code, severity=severity, message=message, page=content.info.number))
