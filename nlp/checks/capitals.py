"""Capitals of a sum (大写): how it is written by the rules of the banks, and how far a printed one is from that.

Source: 正确填写票据和结算凭证的基本规定 (中国人民银行 1997): 零 once between digits, 整 behind 元 or 角.
"""

import re
from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
# spellings that mean the same: 圆 and 元, 参 and 叁, everyday numerals in the place of capitals
_SAME = str.maketrans(
    "圆圓参叄參貳弍陸两一二三四五六七八九十百千〇萬億正", "元元叁叁叁贰贰陆贰壹贰叁肆伍陆柒捌玖拾佰仟零万亿整"
)
CAPITALS_RUN = re.compile(
    r"[零〇壹贰貳弍叁参叄參肆伍陆陸柒捌玖拾佰仟万亿萬億]{2,}[元圆圓]?[零壹贰叁肆伍陆柒捌玖角分整正]*"
)


def to_capitals(value: Decimal) -> str:
    """`486000` → `肆拾捌万陆仟元整`.

    Args:
        value: a sum from nought to less than 10¹⁶.

    Raises:
        ValueError: it is negative or too large.
    """
    if not 0 <= value < 10**16:
        raise ValueError(f"no capitals for {value}")
    cents = int((value * 100).to_integral_value())
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = f"{_whole(whole)}元" if whole else ""
    if not jiao and not fen:
        return (text or "零元") + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif text:
        text += "零"
    return text + (_DIGITS[fen] + "分" if fen else "整")


def _whole(number: int) -> str:
    groups: list[str] = []
    gap = False
    rank = 0
    while number:
        number, part = divmod(number, 10_000)
        if part:
            tail = "零" if gap else ""
            groups.insert(0, _group(part) + _GROUPS[rank] + (tail if groups else ""))
            gap = part < 1000
        else:
            gap = bool(groups)
        rank += 1
    return "".join(groups)


def _group(number: int) -> str:
    text = ""
    for rank, place in zip((1000, 100, 10, 1), reversed(_PLACES), strict=True):
        digit = number // rank % 10
        if digit:
            text += _DIGITS[digit] + place
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


def core(printed: str) -> str:
    """A printed capital sum without what says nothing: blanks, 人民币, 整, and 零, which is put in or left out at will.

    Args:
        printed: folded words.
    """
    bare = re.sub(r"[\s_()（）:：]|人民币|大写|[币整零]", "", printed.translate(_SAME))
    return re.sub(r"(?<=[角分])元|元$", "", bare)


def capitals_slip(printed: str, wanted: Decimal) -> str | None:
    """The capitals of the wanted value when one character of the printed ones stands in the way, else None."""
    from nlp.checks.figures import one_apart

    if not 0 <= wanted < 10**16:
        return None
    right = to_capitals(wanted)
    return right if one_apart(core(printed), core(right)) else None
