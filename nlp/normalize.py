"""Folding of characters one to one, so that offsets never move.

`（２）付款：５％` becomes `(2)付款:5%`; `⽉` (a radical some PDF writers emit) becomes `月`. What keeps its form:
`，`, `。` and `、` (a full-width comma between digits is rarely a thousands separator, and the readers must be able to
tell), circled numbers (`①` is a clause number, not the digit 1), superscripts, and whatever would change its length.
"""

import unicodedata
from functools import cache

_KEEP = frozenset("，。、…—–～·㎡")
# Forms NFKC leaves alone, mostly what OCR engines and fonts put in the place of the usual sign.
_EXTRA = {
    "∶": ":",
    "︰": ":",
    "﹕": ":",
    "∕": "/",
    "⁄": "/",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "〔": "(",
    "〕": ")",
    "﹪": "%",
}
_EXTRA |= {
    "▁": "_",
    "丶": "、",
    "﹑": "、",
    "￥": "¥",
    "萬": "万",
    "億": "亿",
    "圓": "圆",
    "圎": "圆",
    "\u200b": " ",
    "\ufeff": " ",
    "\t": "\t",
}


def fold(text: str) -> str:
    """Fold full-width and odd forms; the result has the same length and the same offsets.

    Args:
        text: canonical text of a document.
    """
    changed = {ord(char): folded for char in set(text) if (folded := fold_char(char)) != char}
    return text.translate(changed) if changed else text


@cache
def fold_char(char: str) -> str:
    """The folded form of one character: one character again."""
    if char in _EXTRA:
        return _EXTRA[char]
    if char < "\x80" or char in _KEEP:
        return char
    if unicodedata.category(char) in ("No", "Zs"):
        return " " if unicodedata.category(char) == "Zs" else char
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded not in ",~" else char
