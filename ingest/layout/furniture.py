"""Running headers, footers and page numbers: found by place and repetition, never by place alone.

A first line is a header when the same words (numbers apart) stand at the same height of other pages; a page number is a
number at the edge that counts with the pages. A heading that happens to stand high on one page stays in the text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from ingest.flow import is_page_number
from ingest.joining import begins_item
from ingest.layout.cells import within
from ingest.layout.grid import DRAWN_TOLERANCE, OCR_TOLERANCE, find_grids
from ingest.layout.page import PageContent, TextLine
from ingest.table_header import are_heads
from schema.page import Furniture, FurnitureRole

_EDGE: Final = 0.13
_ROWS: Final = 3
_DIGITS: Final = re.compile(r"\d+|[一二三四五六七八九十百]+")
# blanks, and what specks on a scan are read as
_SPECKS: Final = re.compile(r"[\s.,·、，。'`:：]+")
_BARE_NUMBER: Final = re.compile(r"[-–—·~\s]*(\d{1,4}|[ivxlcIVXLC]{1,6})[-–—·~\s]*")
_SAME_HEIGHT: Final = 0.02
_LEAST_HEADS: Final = 3


def take_out_furniture(pages: Sequence[PageContent]) -> None:
    """Move headers, footers and page numbers of all pages from their lines to their furniture."""
    edges = [_edge_lines(page) for page in pages]
    shapes = Counter(
        shape for page, found in zip(pages, edges, strict=True) for shape in {_shape(line, page) for line, _ in found}
    )
    counting = _counting(pages, edges)
    for page, found in zip(pages, edges, strict=True):
        gone: list[tuple[TextLine, FurnitureRole, str]] = []
        for line, role in found:
            if is_page_number(line.text.strip()) or (page.info.number, id(line)) in counting:
                gone.append((line, "page_number", "page number at the edge of the page"))
            elif _repeats(line, page, shapes, len(pages)) and not _in_table(line, page):
                gone.append((line, role, "repeats at the same place of several pages"))
        chosen = {id(line) for line, _, _ in gone}
        page.lines = [line for line in page.lines if id(line) not in chosen]
        page.furniture.extend(
            Furniture(page=page.info.number, role=role, text=line.text.strip(), box=line.box, reason=reason)
            for line, role, reason in gone
        )


def _edge_lines(page: PageContent) -> list[tuple[TextLine, FurnitureRole]]:
    """The outermost lines of a page: some rows at the top and at the bottom, near the edge."""
    ordered = sorted(page.lines, key=lambda line: line.middle)
    height = page.info.height or 1.0
    found: list[tuple[TextLine, FurnitureRole]] = []
    for lines, role in ((ordered, "header"), (ordered[::-1], "footer")):
        rows: list[float] = []
        for line in lines:
            depth = line.middle / height if role == "header" else 1 - line.middle / height
            if not rows or abs(line.middle - rows[-1]) > 0.6 * line.size:
                rows.append(line.middle)
            if depth > _EDGE or len(rows) > _ROWS:
                break
            found.append((line, "header" if role == "header" else "footer"))
    return found


def _bare(text: str) -> str:
    return _DIGITS.sub("#", _SPECKS.sub("", text.replace("（", "(").replace("）", ")")))


def _shape(line: TextLine, page: PageContent) -> tuple[str, int]:
    """Words without their numbers, and height on the page in steps of two per cent."""
    return _bare(line.text), round(line.middle / (page.info.height or 1.0) / _SAME_HEIGHT)


def _repeats(line: TextLine, page: PageContent, shapes: Counter[tuple[str, int]], pages: int) -> bool:
    """Whether the same words stand at nearly the same height of enough pages."""
    words, step = _shape(line, page)
    if len(words) < 2 or pages < 2 or begins_item(line.text.strip()):
        return False
    times = sum(shapes[words, step + near] for near in (-1, 0, 1))
    return (
        times >= max(2, min(3, pages - 1), round(pages * 0.3))
        if pages > 2
        else times >= 2 and step != 0 and len(words) >= 4
    )


def _in_table(line: TextLine, page: PageContent) -> bool:
    """Whether a line stands in a table of the text: its heads are repeated on every page, too."""
    row = [other.text for other in page.lines if abs(other.middle - line.middle) < 0.5 * line.size]
    if len(row) >= _LEAST_HEADS and are_heads(row):
        return True
    seen = page.info.origin == "ocr" or any(rule.solid is not None for rule in page.rules)
    grids, _ = find_grids(page.rules, tolerance=OCR_TOLERANCE if seen else DRAWN_TOLERANCE)
    height = page.info.height or 1.0
    return any(
        within(line, grid.box) and grid.box[3] > _EDGE * height and grid.box[1] < (1 - _EDGE) * height for grid in grids
    )


def _counting(
    pages: Sequence[PageContent], edges: Sequence[list[tuple[TextLine, FurnitureRole]]]
) -> set[tuple[int, int]]:
    """Bare numbers at the edge that count with the pages: (page number, id of the line)."""
    offsets: dict[int, set[int]] = {}
    candidates: list[tuple[int, int, int]] = []
    for page, found in zip(pages, edges, strict=True):
        for line, _ in found:
            bare = _BARE_NUMBER.fullmatch(line.text)
            if bare and bare.group(1).isdigit():
                offset = int(bare.group(1)) - page.info.number
                candidates.append((page.info.number, id(line), offset))
                offsets.setdefault(offset, set()).add(page.info.number)
    enough = 2 if len(pages) > 1 else 1
    return {(number, line) for number, line, offset in candidates if len(offsets[offset]) >= enough}
