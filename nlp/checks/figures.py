"""Numbers as a finding shows them, and the one-character slip that would explain a difference.

Sample: where 485,000.00 is printed and 486,000.00 would fit, `slip("485,000.00", Decimal(486000))` is `486,000.00`.
"""

import re
from decimal import Decimal

from nlp.values.numerals import parse_number

_FIGURES = re.compile(r"\d[\d,，]*(?:\.\d*)?")
_CENT = Decimal("0.01")
_MOST_DECIMALS = 6


def show(value: Decimal) -> str:
    """`4004736.60` → `4,004,736.60`; no trailing noughts beyond the cents."""
    return f"{plain(value):,f}"


def text_of(value: Decimal) -> str:
    """As decimal string for `data`."""
    return format(plain(value), "f")


def plain(value: Decimal) -> Decimal:
    """Whole numbers without decimals, others with at least two where they are sums."""
    whole = value.to_integral_value()
    if value == whole:
        return whole
    short = value.normalize()
    return value.quantize(_CENT) if short.as_tuple().exponent == -1 else short


def printed_figures(text: str) -> str | None:
    """The figures of a printed sum: `￥486,000.00元` → `486,000.00`."""
    match = _FIGURES.search(text)
    return match[0] if match else None


def last_place(text: str, value: Decimal) -> Decimal:
    """What the last printed digit is worth: 0.01 for 27,509.43, 1 for 145,800, 1000 for 33.3万元.

    Args:
        text: as printed.
        value: as read.
    """
    figures = printed_figures(text)
    if figures is None:
        return _CENT if value % 1 else Decimal(1)
    number = Decimal(re.sub(r"[,，]", "", figures).rstrip("."))
    decimals = len(figures.partition(".")[2])
    scale = value / number if number else Decimal(1)
    return scale.scaleb(-decimals)


def slip(text: str, wanted: Decimal, value: Decimal | None = None) -> str | None:
    """The printed figures with one character changed, added or left out, so that they give the wanted value.

    Args:
        text: as printed.
        wanted: the value that would fit.
        value: as read, where a scale such as 万 stands behind the figures.

    Returns:
        The figures as they would be printed, or None when more than one character would have to change.
    """
    figures = printed_figures(text)
    if figures is None:
        return None
    number = parse_number(figures.rstrip(".,，"))
    scale = value / number if value and number else Decimal(1)
    target = wanted / scale
    decimals = len(figures.partition(".")[2])
    if target < 0 or target != target.quantize(Decimal(1).scaleb(-_MOST_DECIMALS)):
        return None
    for places in dict.fromkeys((decimals, 0, 1, 2)):
        shape = f"{target:,.{places}f}" if "," in figures or "，" in figures else f"{target:.{places}f}"
        if Decimal(shape.replace(",", "")) == target and one_apart(_bare(figures), _bare(shape)):
            return shape
    return None


def _bare(figures: str) -> str:
    return re.sub(r"[,，]", "", figures)


def one_apart(first: str, second: str) -> bool:
    """Whether one character changed, added, left out or swapped with its neighbour turns one into the other."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    left, right = first[start:], second[start:]
    if len(left) == len(right):
        swapped = len(left) > 1 and left[0] == right[1] and left[1] == right[0] and left[2:] == right[2:]
        return left[1:] == right[1:] or swapped
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[1:] == shorter


def difference(first: str, second: str) -> str:
    """The characters in which two texts differ, `心→厅`; several places are parted by commas."""
    from difflib import SequenceMatcher

    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind != "equal":
            parts.append(f"{first[a:b] or '（无）'}→{second[c:d] or '（无）'}")
    return "，".join(parts)
