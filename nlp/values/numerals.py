"""Numbers as contracts write them: `1,234.50`, `３０`, `三十`, `贰佰捌拾万`, `3万5千`, `1.2亿`, `十二点五`, `二〇二五`.

Leaves out: fractions (三分之二), ordinals and the 半 of durations, which belong to their readers.
Capitals follow the rules of the banks (正确填写票据和结算凭证的基本规定, 中国人民银行 1997); irregular ones are read as
well.
"""

import re
from decimal import Decimal, InvalidOperation

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "幺": 1}
DIGITS |= {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"弌": 1, "壱": 1, "貳": 2, "弍": 2, "參": 3, "叄": 3}
DIGITS |= {"陸": 6, "兩": 2}
TENS = {"廿": 20, "卅": 30}
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE_UNITS = {"万": 10**4, "亿": 10**8}
CAPITALS = frozenset("壹贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟弌壱")

# 1,234,567.89  1，000  4 736.60 is two numbers: a space separates thousands only behind a comma
# 1,500. 00元: recognition parts the cents
ARABIC = r"(?:(?<![\d.])0\. \d+|\d{1,3}(?:,\d{3})+\. \d\d(?= ?元)|(?:\d{1,4}(?: ?[,，] ?\d{3})+(?!\d)|\d+)(?:\.\d+)?)"
_CHINESE_CLASS = "".join(sorted({*DIGITS, *TENS, *SMALL_UNITS, *LARGE_UNITS}))
# 叁佰伍拾贰万陆仟  二〇二五  十二点五
CHINESE = rf"[{_CHINESE_CLASS}]+(?:点[{_CHINESE_CLASS}]+)?"
# 3万5千  1.2亿  3百万
MIXED = rf"{ARABIC} ?[十百千万亿拾佰仟][{_CHINESE_CLASS}\d]*"
NUMBER = rf"(?:{MIXED}|{ARABIC}|{CHINESE})"

_PIECES = re.compile(rf"{ARABIC}|[{_CHINESE_CLASS}点]| ")
_ARABIC_WHOLE = re.compile(rf"{ARABIC}\Z")


def parse_number(text: str) -> Decimal:
    """Read a number that has nothing around it.

    Args:
        text: folded text of one number, in any of the forms above.

    Returns:
        The exact value; its digits behind the point are kept as printed.

    Raises:
        ValueError: it is no well-formed number.
    """
    bare = text.strip()
    if _ARABIC_WHOLE.match(bare):
        return parse_arabic(bare)
    pieces = [p for p in _PIECES.findall(bare) if p != " "]
    if not pieces or sum(map(len, pieces)) != len(bare.replace(" ", "")):
        raise ValueError(f"not a number: {text!r}")
    whole, _, fraction = bare.partition("点")
    if fraction:
        return _whole(whole) + _fraction(fraction)
    return _whole(bare)


def parse_arabic(text: str) -> Decimal:
    """Read `1,234.50`.

    Raises:
        ValueError: it is no number.
    """
    try:
        return Decimal(re.sub(r"[,，\s]", "", text))
    except InvalidOperation:
        raise ValueError(f"not a number: {text!r}") from None


def _fraction(text: str) -> Decimal:
    if not text or any(c not in DIGITS for c in text):
        raise ValueError(f"not a decimal fraction: {text!r}")
    return Decimal("0." + "".join(str(DIGITS[c]) for c in text))


def _whole(text: str) -> Decimal:
    """Read a whole number of digits and units, or a row of digits (二〇二五)."""
    pieces = [p for p in _PIECES.findall(text) if p != " "]
    if len(pieces) > 1 and all(p in DIGITS for p in pieces):
        return Decimal("".join(str(DIGITS[p]) for p in pieces))
    return _Reader().read(pieces, text)


class _Reader:
    """State of reading 一百二十三万四千: what the sections before came to, this section, the digit in hand."""

    def __init__(self) -> None:
        self.high = Decimal(0)  # sections closed by 亿
        self.middle = Decimal(0)  # sections closed by 万
        self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.unit = Decimal(10**12)  # last unit; units fall within a section
        self.zero = False

    def read(self, pieces: list[str], text: str) -> Decimal:
        for piece in pieces:
            if piece in SMALL_UNITS:
                self._small(Decimal(SMALL_UNITS[piece]), text)
            elif piece in LARGE_UNITS:
                self._large(Decimal(LARGE_UNITS[piece]), text)
            else:
                self._digit(piece, text)
        return self.high + self.middle + self.section + self._last(pieces)

    def _digit(self, piece: str, text: str) -> None:
        if piece in TENS:
            self.section += TENS[piece]
            self.unit = Decimal(10)
            return
        value = Decimal(DIGITS[piece]) if piece in DIGITS else parse_arabic(piece)
        if value == 0 and piece in DIGITS:
            self.zero = True
            return
        if self.digit is not None:
            raise ValueError(f"two digits without a unit: {text!r}")
        self.digit = value

    def _small(self, unit: Decimal, text: str) -> None:
        if unit >= self.unit:
            raise ValueError(f"units do not fall: {text!r}")
        # the printed grid 拾 万 仟 佰 拾 元 is a form to fill in; only 十 (and a lone 百, as in 百分之百) stand for one
        if self.digit is None and unit > 10 and len(text) > 1:
            raise ValueError(f"a unit without a digit: {text!r}")
        self.section += (Decimal(1) if self.digit is None else self.digit) * unit
        self.digit, self.unit, self.zero = None, unit, False

    def _large(self, unit: Decimal, text: str) -> None:
        section = self.section + (self.digit or 0)
        if not section and not (unit == 10**8 and self.middle):
            raise ValueError(f"a unit without a number: {text!r}")
        if unit == 10**8:
            self.high = (self.high + self.middle + section) * unit
            self.middle = Decimal(0)
        else:
            if self.middle:
                raise ValueError(f"万 twice: {text!r}")
            self.middle = section * unit
        self.section, self.digit, self.unit, self.zero = Decimal(0), None, unit, False

    def _last(self, pieces: list[str]) -> Decimal:
        """The digit in hand: 一千五 is 1500, but 壹仟零伍 and 壹仟伍 are 1005."""
        if self.digit is None:
            return Decimal(0)
        spoken = self.unit in (100, 1000, 10**4, 10**8) and not self.zero and pieces[-1] in DIGITS
        if spoken and pieces[-1] not in CAPITALS:
            return self.digit * self.unit / 10
        return self.digit
