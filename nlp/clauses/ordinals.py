"""Numbers of clauses: `十二`, `１２`, `〇三`, `壹`, `XIV`, `⑫` to a count from 1.

Narrower than the readers of values (no units beyond 百, nothing above 999) and more forgiving of OCR: a dash in the
place of 一, a katakana ニ in the place of 二.
"""

from functools import lru_cache
from unicodedata import numeric

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_CAPITALS = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"貳": 2, "参": 3, "叄": 3, "陸": 6}
_MISREAD = {"—": 1, "―": 1, "ー": 1, "─": 1, "-": 1, "－": 1, "ニ": 2, "Ξ": 3, "ハ": 8}
_VALUES = _DIGITS | _CAPITALS | _MISREAD
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
# 第+条: what an engine reads for 十
_MISREAD_UNITS = {"+": 10, "†": 10}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
# what an engine reads for the digit 1 in front of a list mark
_STROKES = {"l": "1", "I": "1", "|": "1", "O": "0", "o": "0"}

CHINESE_CHARACTERS = "".join((*_DIGITS, *_UNITS))
CAPITAL_CHARACTERS = "".join((*_CAPITALS, "拾", "佰"))
MISREAD_CHARACTERS = "".join((*_MISREAD, *_MISREAD_UNITS))


@lru_cache(maxsize=4096)
def chinese(text: str) -> int | None:
    """Read `十二`, `一百零三`, `二〇`; None when it is no number between 1 and 999."""
    total, digit = 0, None
    plain = "".join(text.split())
    if len(plain) > 1 and all(c in _DIGITS for c in plain):
        return int("".join(str(_DIGITS[c]) for c in plain)) or None
    for char in plain:
        if unit := _UNITS.get(char) or _MISREAD_UNITS.get(char):
            total += (1 if digit is None else digit) * unit
            digit = None
        elif char in _VALUES and (digit is None or digit == 0):
            digit = _VALUES[char]
        else:
            return None
    return total + (digit or 0) or None


@lru_cache(maxsize=4096)
def arabic(text: str) -> int | None:
    """Read `12`, `1 2`, `l` (a misread 1); None when it is no number between 1 and 999."""
    plain = "".join(_STROKES.get(c, c) for c in text if not c.isspace())
    return int(plain) or None if plain.isdecimal() and len(plain) <= 3 else None


@lru_cache(maxsize=256)
def roman(text: str) -> int | None:
    """Read `iv`, `XII`, `Ⅳ`; None when it is no Roman number up to 89."""
    if len(text) == 1 and not text.isascii():
        return symbol(text)
    total = last = 0
    for char in reversed(text.lower()):
        value = _ROMAN.get(char)
        if value is None:
            return None
        total += value if value >= last else -value
        last = max(last, value)
    return total if total > 0 and to_roman(total) == text.lower() else None


def to_roman(number: int) -> str:
    """Write a number from 1 to 89 in small Roman letters."""
    pairs = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    out = ""
    for value, letters in pairs:
        while number >= value:
            out, number = out + letters, number - value
    return out


@lru_cache(maxsize=256)
def symbol(text: str) -> int | None:
    """Read one sign that holds a number: `①`, `⑿`, `⒈`, `㈠`, `Ⅳ`."""
    value = numeric(text, 0)
    return int(value) if value >= 1 else None


@lru_cache(maxsize=256)
def letter(text: str) -> int | None:
    """Place of a Latin letter in the alphabet."""
    return ord(text.lower()) - ord("a") + 1 if len(text) == 1 and text.isascii() and text.isalpha() else None
