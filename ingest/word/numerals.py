"""Numbers of automatic lists as Word writes them (ISO 29500-1, 17.18.59 ST_NumberFormat).

chineseCounting 12 -> 十二        chineseLegalSimplified 12 -> 壹拾贰      ideographTraditional 2 -> 乙
"""

from collections.abc import Callable
from typing import Final

_PLAIN: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL: Final = "零壹貳參肆伍陸柒捌玖"
_LEGAL_JAPANESE: Final = "零壱弐参四伍六七八九"
_KOREAN: Final = "영일이삼사오육칠팔구"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                 (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def format_number(value: int, number_format: str) -> str:
    """Write a list number.

    Args:
        value: the number.
        number_format: value of `w:numFmt`; unknown ones are written as decimals, as Word does.
    """
    if number_format in ("none", "bullet") or value < 0:
        return "" if number_format in ("none", "bullet") else str(value)
    writer = _WRITERS.get(number_format)
    return writer(value) if writer else str(value)


def _chinese(value: int, digits: str, units: tuple[str, str, str], zero: str, *, bare_ten: bool) -> str:
    """Up to 9999 in words: 一百零五, 壹拾贰; beyond that digit by digit."""
    if value == 0:
        return zero
    if value > 9999:
        return "".join(digits[int(char)] for char in str(value))
    words, gap = "", False
    for power, unit in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit = value // power % 10
        if digit == 0:
            gap = bool(words)
            continue
        # 十二, not 一十二, but 一百一十二
        one_ten = bare_ten and power == 10 and digit == 1 and not words
        words += (zero if gap else "") + ("" if one_ten else digits[digit]) + unit
        gap = False
    return words


def _counting(value: int) -> str:
    return _chinese(value, _PLAIN, ("千", "百", "十"), "零", bare_ten=True)


def _digital(value: int) -> str:
    return "".join(_PLAIN[int(char)] for char in str(value))


def _legal(value: int) -> str:
    return _chinese(value, _LEGAL, ("仟", "佰", "拾"), "零", bare_ten=False)


def _legal_traditional(value: int) -> str:
    return _chinese(value, _LEGAL_TRADITIONAL, ("仟", "佰", "拾"), "零", bare_ten=False)


def _legal_japanese(value: int) -> str:
    return _chinese(value, _LEGAL_JAPANESE, ("阡", "百", "拾"), "零", bare_ten=False)


def _korean(value: int) -> str:
    return "".join(_KOREAN[int(char)] for char in str(value))


def _cycle(signs: str) -> Callable[[int], str]:
    def write(value: int) -> str:
        return signs[value - 1] if 1 <= value <= len(signs) else str(value)

    return write


def _letters(value: int) -> str:
    """A … Z, AA, BB …: Word repeats the letter."""
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else "0"


def _roman(value: int) -> str:
    text = ""
    for number, sign in _ROMAN:
        count, value = divmod(value, number)
        text += sign * count
    return text or "0"


def _block(first: str, count: int, otherwise: Callable[[int], str] = str) -> Callable[[int], str]:
    """Numbers that have a character of their own: ①, ⑴, ㊀."""

    def write(value: int) -> str:
        return chr(ord(first) + value - 1) if 1 <= value <= count else otherwise(value)

    return write


def _circle(value: int) -> str:
    if 21 <= value <= 35:
        return chr(0x3251 + value - 21)
    return chr(0x32B1 + value - 36) if 36 <= value <= 50 else _block("①", 20)(value)


def _ordinal(value: int) -> str:
    tail = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{tail}"


_WRITERS: Final[dict[str, Callable[[int], str]]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "ordinal": _ordinal,
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "koreanCounting": _counting,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _counting,
    "koreanDigital": _korean,
    "koreanDigital2": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal_traditional,
    "japaneseLegal": _legal_japanese,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _cycle(_STEMS),
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedCircleChinese": _circle,
    "decimalEnclosedFullstop": _block("⒈", 20),
    "decimalEnclosedParen": _block("⑴", 20),
    "ideographEnclosedCircle": _block("㊀", 10, _counting),
    "decimalFullWidth": lambda value: "".join(chr(0xFF10 + int(char)) for char in str(value)),
    "decimalFullWidth2": lambda value: "".join(chr(0xFF10 + int(char)) for char in str(value)),
    "numberInDash": lambda value: f"- {value} -",
}
