"""Text layer or OCR? Decided page by page, with the reason.

A text layer is missing (a scan), invisible over a picture (the work of an unknown OCR program), or broken: glyphs
without a meaning, private-use characters, control characters, numbers of glyphs in place of words. One whose characters
make no Chinese is doubted, and compared with what OCR reads on the page: a font can print 甲方 and say 龘鼇.
"""

import re
import unicodedata
from collections import Counter
from typing import Final

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
    printed = [char for char in chars.chars if char.text.strip()]
    covered = sum(share for _, share in drawings.images)
    if not printed:
        # without pictures there may still be characters drawn as outlines
        if covered >= 0.02:
            return "image only"
        return "characters drawn as outlines" if drawings.objects > _FEW else None
    if len(printed) < _FEW and covered >= _PICTURE:
        return "image with a few characters of text"
    invisible = sum(char.look.invisible for char in printed)
    if invisible >= _INVISIBLE * len(printed) and covered >= _PICTURE:
        return "image under an invisible text layer"
    strange = sum(unicodedata.category(char.text[0]) in _STRANGE or char.text == "\ufffd" for char in printed)
    bad = max(strange, chars.unmapped)
    if bad > max(2, _BROKEN * len(printed)):
        return f"text layer broken: {100 * bad // len(printed)} % of its characters have no meaning"
    numbers = sum(len(found.group()) for found in _GLYPH_NUMBER.finditer("".join(char.text for char in printed)))
    if numbers > _BROKEN * len(printed):
        return f"text layer broken: {100 * numbers // len(printed)} % of it are numbers of glyphs"
    return None


def is_doubtful(chars: PageChars) -> bool:
    """Whether a text layer reads like no Chinese and no English: its font may say other characters than it prints."""
    words = [char.text for char in chars.chars if char.text.strip()]
    han = sum(map(is_han, words))
    if han >= _ENOUGH:
        return sum(word in COMMON for word in words) < _COMMON_SHARE * han
    odd = sum("\u0080" <= word <= "\u024f" for word in words)
    return len(words) >= _ENOUGH and odd > _ODD_SHARE * len(words)


def agrees(words: str, seen: str) -> bool:
    """Whether a text layer says about what OCR read on the same page, by the characters that occur in both."""
    one, other = (Counter(char for char in text if char.isalnum()) for text in (words, seen))
    return sum((one & other).values()) >= _AGREE * max(1, min(one.total(), other.total()))
