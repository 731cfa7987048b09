"""Folding of characters one to one, so that offsets never move.

`（２）付款：５％` becomes `(2)付款:5%`; `⽉` (a radical some PDF writers emit) becomes `月`. What keeps its form:
`，`, `。` and `、` (a full-width comma between digits is rarely a thousands separator, and the readers must be able to
tell), circled numbers (`①` is a clause number, not the digit 1), superscripts, and whatever would change its length.
"""

import re
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


# 末经同意, 应付末付, but 月末支付, 期末; 5个工作曰内, 之曰; 误差超过士2%
_NOT_YET = re.compile(
    r"(?<![期月年周季旬始岁学])末(?=经|按|能|付|佩|履|取|完|交|支|提|达|在|办|获|尽|征|事先|缴|依|及时|通|签|清|结|到(?!期)"
    r"|明|予|如|足|曾|满|开|使用|进行)"
)
_DAY = re.compile(r"(?<=[\d之当次每作然到期止定一二三四五六七八九十])曰|曰(?=[内前后起止期历])")
_ABOUT = re.compile(r"士(?= ?\d+(?:\.\d+)? ?[%‰℃m])")


def as_meant(text: str) -> str:
    """Folded text with characters that were misread where only one can be meant; same length, same offsets.

    Readers of facts take it; what is printed stays as it is, and the checks tell that it was misread.

    Args:
        text: canonical text of a document.
    """
    meant = fold(text)
    for char, pattern, other in (("末", _NOT_YET, "未"), ("曰", _DAY, "日"), ("士", _ABOUT, "±")):
        if char in meant:
            meant = pattern.sub(other, meant)
    return meant


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
