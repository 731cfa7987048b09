"""What the recogniser leaves out, read from the places of its characters: wide blanks, the width of punctuation.

    第一条定义    with a gap of an em behind 条      -> 第一条 定义
    首付款:本合同  where the colon fills an em         -> 首付款：本合同

Nothing else is touched: a doubtful character stays as read and is reported as a suspect.
"""

from itertools import pairwise
from statistics import median
from typing import Final

from ingest.characters import is_han

_STEPS: Final = 4
_BLANK: Final = 0.38
_FULL_FROM: Final = 1.78
_HALF_TO: Final = 1.66
_TO_FULL: Final = str.maketrans(",:;!?()", "，：；！？（）")
_TO_HALF: Final = str.maketrans("，：；！？（）", ",:;!?()")
_FULL: Final = frozenset("，：；！？（）")
_HALF: Final = frozenset(",:;!?()")


def em_of(text: str, centres: list[float]) -> float | None:
    """Mean step between Chinese neighbours; None when there are too few to tell."""
    steps = [
        right - left
        for (left, right), (one, other) in zip(pairwise(centres), pairwise(text), strict=True)
        if is_han(one) and is_han(other)
    ]
    if len(steps) < _STEPS:
        return None
    # the reader tells places in steps of a quarter character; only their mean is exact
    usual = median(steps)
    plain = [step for step in steps if 0.6 * usual <= step <= 1.5 * usual]
    return sum(plain) / len(plain)


def polish(text: str, centres: list[float]) -> tuple[str, list[float]]:
    """Put in wide blanks and set the width of punctuation.

    Args:
        text: a line as read.
        centres: x of the middle of each character, any unit.

    Returns:
        The line and its centres; blanks put in have a centre, too.
    """
    em = em_of(text, centres)
    if em is None:
        return text, centres
    text = _widths(text, centres, em)
    words, places = text[:1], centres[:1]
    for (left, right), (one, other) in zip(pairwise(centres), pairwise(text), strict=True):
        free = right - left - (_advance(one) + _advance(other)) / 2 * em
        # the ink of a comma lies at the edge of its square: only words tell a gap
        if free > _BLANK * em and one.isalnum() and other.isalnum() and (is_han(one) or is_han(other)):
            words += " "
            places = [*places, (left + right) / 2]
        words += other
        places = [*places, right]
    return words, places


def _advance(char: str) -> float:
    """Width of a character in ems."""
    return 0.5 if char < "\u0100" else 1.0


def _widths(text: str, centres: list[float], em: float) -> str:
    """Full or half width for punctuation between two Chinese characters, by the room it takes."""
    chars = list(text)
    for place in range(1, len(text) - 1):
        char = text[place]
        if char not in _FULL and char not in _HALF:
            continue
        if not (is_han(text[place - 1]) and is_han(text[place + 1])):
            continue
        room = (centres[place + 1] - centres[place - 1]) / em
        if char in _HALF and room >= _FULL_FROM:
            chars[place] = char.translate(_TO_FULL)
        elif char in _FULL and room <= _HALF_TO:
            chars[place] = char.translate(_TO_HALF)
    return _paired(chars)


def _paired(chars: list[str]) -> str:
    """Brackets of one pair have one width; the full one was measured, the other stood at the end of the line."""
    opened: list[int] = []
    for place, char in enumerate(chars):
        if char in "(（":
            opened.append(place)
        elif char in ")）" and opened:
            start = opened.pop()
            if {chars[start], char} in ({"(", "）"}, {"（", ")"}):
                chars[start], chars[place] = "（", "）"
    return "".join(chars)
