"""Formats without pages that were typed as if they had them: Word, text and HTML files with hand-made lines and pages.

…技术服务合同示范⏎文本，各技术…      every line a paragraph of its own: unwrapped
合⏎作⏎协⏎议                          a title written downwards: one paragraph
第 2 页 共 15 页                      a typed page number between clauses: furniture, with what repeats beside it
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.blocks import Block, Draft, ParagraphBlock
from ingest.characters import is_han
from ingest.joining import continues, wraps_into
from ingest.wrapping import is_full, wrap_width
from schema.page import Furniture, FurnitureRole

_PAGE_NUMBER: Final = re.compile(
    r"[-–—·\s]*(?:第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*[-–—·.]?\s*\d{1,4}\s*页)?|page\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})[-–—·\s]*",
    re.IGNORECASE,
)
_DASHED: Final = re.compile(r"[-–—]{1,2}\s*(\d{1,3})\s*[-–—]{1,2}")
_TIMES: Final = 4
_SHORTEST_STACK: Final = 3
_LONG_BROKEN: Final = 40


def mend_flow(draft: Draft) -> None:
    """Undo what a typist did to paper: broken lines, pages, downward titles."""
    _take_out_pages(draft)
    draft.blocks = _mended(_stacked(draft.blocks))


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number that says so."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def is_margin_number(text: str) -> bool:
    """Whether the words of a header or footer are but a page number; there a bare figure is one too."""
    bare = "".join(char for char in text if not char.isspace())
    return len(bare) <= 14 and all(char.isdigit() or char in "第页共/-—–of Page" for char in bare)


def page_places(texts: Sequence[str]) -> dict[int, FurnitureRole]:
    """Which lines are page numbers somebody typed, or repeat beside them.

    Args:
        texts: lines or paragraphs in order; empty ones are passed over.

    Returns:
        Place -> role; nothing unless there are two page numbers at least.
    """
    order = [place for place, text in enumerate(texts) if text]
    shown = [texts[place] for place in order]
    numbers = [at for at, text in enumerate(shown) if is_page_number(text)]
    numbers = sorted({*numbers, *_dashed(shown)})
    if len(numbers) < 2:
        return {}
    beside = Counter(shown[at + step] for at in numbers for step in (-1, 1) if 0 <= at + step < len(shown))
    gone: dict[int, FurnitureRole] = dict.fromkeys(numbers, "page_number")
    for at, text in enumerate(shown):
        repeated = beside[text] >= max(_TIMES, len(numbers) * 2 // 3)
        near = any(gone.get(at + step) == "page_number" for step in (-1, 1))
        if repeated and near and at not in gone:
            gone[at] = "footer" if gone.get(at + 1) == "page_number" else "header"
    return {order[at]: role for at, role in gone.items()}


def _dashed(shown: Sequence[str]) -> list[int]:
    """Figures between dashes (- 3 -) are page numbers when they count up from line to line."""
    found = [(at, int(match.group(1))) for at, text in enumerate(shown) if (match := _DASHED.fullmatch(text))]
    if len(found) < _SHORTEST_STACK or any(b - a != 1 for (_, a), (_, b) in pairwise(found)):
        return []
    return [at for at, _ in found]


def page_furniture(text: str, role: FurnitureRole) -> Furniture:
    """A typed page number, or what repeats beside it."""
    reason = "typed page number" if role == "page_number" else "repeats beside the page numbers"
    return Furniture(page=1, role=role, text=text, reason=reason)


def _take_out_pages(draft: Draft) -> None:
    """Typed page numbers, and the lines that repeat beside them, leave the text."""
    blocks = draft.blocks
    # a table is no line, and no neighbour that could repeat
    texts = [block.text if isinstance(block, ParagraphBlock) else f"\0{at}" for at, block in enumerate(blocks)]
    gone = page_places(texts)
    draft.furniture.extend(page_furniture(texts[place], role) for place, role in sorted(gone.items()))
    draft.blocks = [block for place, block in enumerate(blocks) if place not in gone]


def _mended(blocks: list[Block]) -> list[Block]:
    lines = [block.text for block in blocks if isinstance(block, ParagraphBlock)]
    wrap = wrap_width(lines)
    done: list[Block] = []
    for block in blocks:
        before = done[-1] if done else None
        if isinstance(block, ParagraphBlock) and isinstance(before, ParagraphBlock) and _goes_on(before, block, wrap):
            before.pieces.extend(block.pieces)
        else:
            done.append(block)
    return done


def _goes_on(before: ParagraphBlock, block: ParagraphBlock, wrap: int | None) -> bool:
    """Whether a paragraph is the rest of the one before it."""
    if not before.text or not block.text or block.number is not None or "center" in (before.alignment, block.alignment):
        return False
    if wrap is not None and before.text.endswith("_") and block.text.startswith("_"):
        # one drawn blank of several lines, or a blank with the rest of its sentence behind it
        return True
    if is_full(before.pieces[-1].text, wrap):
        # lines as wide as the page: the next one goes on unless it begins something
        return before.bold == block.bold and wraps_into(before.text, block.text)
    return (wrap is not None or len(before.text) >= _LONG_BROKEN) and continues(before.text, block.text)


def _stacked(blocks: list[Block]) -> list[Block]:
    """A title written downwards, one character a paragraph, is one paragraph."""
    done: list[Block] = []
    run: list[ParagraphBlock] = []
    for block in [*blocks, None]:
        if isinstance(block, ParagraphBlock) and block.number is None and len(block.text) == 1 and is_han(block.text):
            run.append(block)
            continue
        if len(run) >= _SHORTEST_STACK:
            run[0].pieces = [piece for item in run for piece in item.pieces]
            run = run[:1]
        done.extend(run)
        run = []
        if block is not None:
            done.append(block)
    return done
