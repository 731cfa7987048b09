"""Text layer or OCR? Decided page by page, with the reason.

A text layer is missing (a scan), invisible over a picture (the work of an unknown OCR program), or broken: glyphs
without a meaning, private-use characters, control characters, numbers of glyphs in place of words. One whose characters
make no Chinese is doubted, and compared with what OCR reads on the page: a font can print 甲方 and say 龘鼇.
"""

import re
import unicodedata
from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.characters import is_han
from ingest.pdf.chars import PageChars
from ingest.pdf.rules import Drawings
from ingest.text_encoding import COMMON

_PICTURE: Final = 0.35
_FEW: Final = 12
_BROKEN: Final = 0.04
_INVISIBLE: Final = 0.8
_GLYPH_NUMBER: Final = re.compile(r"\(cid:\d+\)")
_ENOUGH: Final = 30
_COMMON_SHARE: Final = 0.3
_ODD_SHARE: Final = 0.3
_AGREE: Final = 0.5
_STRANGE: Final = frozenset({"Cn", "Co", "Cs", "Cc"})


def why_ocr(chars: PageChars, drawings: Drawings) -> str | None:
    """Why a page must be read by OCR; None when its text layer is good."""
    printed = Counter(chars.texts)
    for blank in [char for char in printed if not char.strip()]:
        del printed[blank]
    total = printed.total()
    covered = sum(share for _, share in drawings.images)
    if not total:
        # without pictures there may still be characters drawn as outlines
        if covered >= 0.02:
            return "image only"
        return "characters drawn as outlines" if drawings.objects > _FEW else None
    if total < _FEW and covered >= _PICTURE:
        return "image with a few characters of text"
    if covered >= _PICTURE and np.count_nonzero(_invisible(chars)) >= _INVISIBLE * total:
        return "image under an invisible text layer"
    strange = sum(times for char, times in printed.items() if _is_strange(char))
    bad = max(strange, chars.unmapped)
    if bad > max(2, _BROKEN * total):
        return f"text layer broken: {100 * bad // total} % of its characters have no meaning"
    if printed["("] and printed[":"]:
        words = "".join(char for char in chars.texts if char.strip())
        numbers = sum(len(found.group()) for found in _GLYPH_NUMBER.finditer(words))
        if numbers > _BROKEN * total:
            return f"text layer broken: {100 * numbers // total} % of it are numbers of glyphs"
    return None


def _invisible(chars: PageChars) -> NDArray[np.bool_]:
    """For each character, whether it is printed without ink."""
    printed = np.array([bool(char.strip()) for char in chars.texts], bool)
    return printed & chars.which(lambda look: look.invisible)


def _is_strange(char: str) -> bool:
    return unicodedata.category(char[0]) in _STRANGE or char == "\ufffd"


def is_doubtful(chars: PageChars) -> bool:
    """Whether a text layer reads like no Chinese and no English: its font may say other characters than it prints."""
    words = Counter(chars.texts)
    total = sum(times for char, times in words.items() if char.strip())
    han = {char: times for char, times in words.items() if is_han(char)}
    if sum(han.values()) >= _ENOUGH:
        common = sum(times for char, times in han.items() if char in COMMON)
        return common < _COMMON_SHARE * sum(han.values())
    odd = sum(times for char, times in words.items() if "\u0080" <= char <= "\u024f" and char.strip())
    return total >= _ENOUGH and odd > _ODD_SHARE * total


def agrees(words: str, seen: str) -> bool:
    """Whether a text layer says about what OCR read on the same page, by the characters that occur in both."""
    one, other = (Counter(char for char in text if char.isalnum()) for text in (words, seen))
    return sum((one & other).values()) >= _AGREE * max(1, min(one.total(), other.total()))
