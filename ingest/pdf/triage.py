"""Text layer or OCR? Decided page by page, with the reason.

A text layer is missing (a scan), invisible over a picture (the work of an unknown OCR program), or broken: glyphs
without a meaning, private-use characters, control characters.
"""

import unicodedata
from typing import Final

from ingest.pdf.chars import PageChars
from ingest.pdf.rules import Drawings

_PICTURE: Final = 0.35
_FEW: Final = 12
_BROKEN: Final = 0.04
_INVISIBLE: Final = 0.8
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
    return None
