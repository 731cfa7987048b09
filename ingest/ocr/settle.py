"""One reading of two: what the careful reader says, but for what it is itself unsure of and the quick one is sure of.

careful 32个月 (3: 0.49)     quick 12个月 (1: 0.99)     -> 12个月
careful (例) ((: 0.79)       quick 例)                  -> 例)
careful 义务：__             quick 义务：无             -> 义务：无; what is drawn as a blank is found by its rule
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from ingest.characters import is_han
from ingest.ocr.recognize import Reading

_UNSURE: Final = 0.6
_SURE: Final = 0.9
_DOUBTED_MARK: Final = 0.85
_FIGURES: Final = frozenset("0123456789零壹贰叁肆伍陆柒捌玖拾佰仟")
_BRACKETS: Final = frozenset("()（）[]【】“”‘’\"'·-")
_BOXES: Final = frozenset("□☐☑☒■")
_QUOTES: Final = frozenset("“”‘’\"'")


@dataclass(frozen=True, slots=True)
class _Char:
    """One character of a reading."""

    text: str
    sure: float
    centre: float


def settled(careful: Reading, quick: Reading) -> Reading:
    """The reading that stands.

    Args:
        careful: by the better reader.
        quick: by the other one.
    """
    if careful.text == quick.text or not _whole(careful) or not _whole(quick):
        return careful
    one, two = _chars(careful), _chars(quick)
    kept: list[_Char] = []
    matcher = SequenceMatcher(None, careful.text, quick.text, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        mine, other = one[start:end], two[other_start:other_end]
        if tag == "replace" and (_is_surer(mine, other) or _is_filled(mine, other)):
            kept += other
        elif tag == "insert" and all(char.text in _BOXES for char in other):
            # what one of them takes for a box is hardly anything else; the other one leaves out what it does not know
            kept += other
        elif not (
            (tag == "replace" and _is_stray_quote(careful.text, start, mine, other))
            or (tag == "delete" and _is_stray(careful.text, start, end, mine))
        ):
            kept += mine
    return of_chars([(char.text, char.sure, char.centre) for char in kept])


def of_chars(chars: list[tuple[str, float, float]]) -> Reading:
    """A reading of characters, each with its confidence and the place of its middle."""
    return Reading(
        "".join(char for char, _, _ in chars),
        sum(sure for _, sure, _ in chars) / max(1, len(chars)),
        tuple(sure for _, sure, _ in chars),
        tuple(centre for _, _, centre in chars),
    )


def _whole(reading: Reading) -> bool:
    return bool(reading.text) and len(reading.text) == len(reading.confidences) == len(reading.centres)


def _chars(reading: Reading) -> list[_Char]:
    return list(map(_Char, reading.text, reading.confidences, reading.centres))


def _is_surer(mine: list[_Char], other: list[_Char]) -> bool:
    """Whether figures stand against figures, and only the second reader knows which they are."""
    return len(mine) == len(other) and all(
        one.text in _FIGURES and two.text in _FIGURES and one.sure < _UNSURE and two.sure >= _SURE
        for one, two in zip(mine, other, strict=True)
    )


def _is_filled(mine: list[_Char], other: list[_Char]) -> bool:
    """Whether one reader saw only the line to write on, the other one what is written there."""
    drawn = [char for char in mine if not unicodedata.category(char.text).startswith("P") or char.text == "_"]
    return bool(drawn) and all(char.text == "_" for char in drawn) and any(is_han(char.text) for char in other)


def _is_stray(text: str, start: int, end: int, mine: list[_Char]) -> bool:
    """Whether a bracket or quotation mark that only one reader saw is a speck; marks of figures are left alone."""
    in_figure = text[max(0, start - 1) : start].isdigit() or text[end : end + 1].isdigit()
    return not in_figure and all(char.text in _BRACKETS and char.sure < _DOUBTED_MARK for char in mine)


def _is_stray_quote(text: str, start: int, mine: list[_Char], other: list[_Char]) -> bool:
    """Whether both readers saw some quotation mark behind a stop, each another one, and none is open."""
    if len(mine) != 1 or len(other) != 1 or {mine[0].text, other[0].text} - _QUOTES:
        return False
    before = text[:start]
    return mine[0].sure < _DOUBTED_MARK and before[-1:] in set("。，；、") and not set(before) & _QUOTES
