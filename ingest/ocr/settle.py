"""One reading of two: what the careful reader says, but for what it is itself unsure of and the quick one is sure of.

careful 32个月 (3: 0.49)     quick 12个月 (1: 0.99)     -> 12个月
careful (例) ((: 0.79)       quick 例)                  -> 例)
careful 义务：__             quick 义务：无             -> 义务：无; what is drawn as a blank is found by its rule
careful 培训.对其            quick 培训，对其          -> 培训，对其; no point stands between Chinese characters
careful 相符的：(：: 0.37)   quick 相符的；(；: 0.63)  -> 相符的；; both see a stop, one knows which
careful 《甲法》  《乙法》   quick 《甲法》、《乙法》  -> with 、 where the room of a character is left
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from ingest.characters import is_han
from ingest.ocr.polish import em_of
from ingest.ocr.recognize import Reading

_UNSURE: Final = 0.6
_SURE: Final = 0.9
_DOUBTED_MARK: Final = 0.85
_FIGURES: Final = frozenset("0123456789零壹贰叁肆伍陆柒捌玖拾佰仟")
_BRACKETS: Final = frozenset("()（）[]【】“”‘’\"'·-")
_BOXES: Final = frozenset("□☐☑☒■")
_NUMERALS: Final = frozenset("〇一二三四五六七八九十百千两")
_WEAK_WORD: Final = 0.95
_POINTS: Final = frozenset(".·•'`")
_STOPS: Final = frozenset("，、。；：,;:")
_WIDE: Final = str.maketrans(",;:", "，；：")
_PLAIN_STOP: Final = 0.7
_SURER: Final = 0.1
# ems between the middles of two neighbours when a stop of full width stands between them
_ROOM: Final = 1.55
_ROOM_AT_END: Final = 1.25
_BESIDE: Final = frozenset("《》（）()“”")
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
    em = em_of(careful.text, list(careful.centres))
    kept: list[_Char] = []
    matcher = SequenceMatcher(None, careful.text, quick.text, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        mine, other = one[start:end], two[other_start:other_end]
        if (tag == "replace" and _knows_better(careful.text, start, mine, other)) or (
            # what one of them takes for a box is hardly anything else; the other leaves out what it does not know
            tag == "insert" and (all(char.text in _BOXES for char in other) or _is_left_out(one, start, other, em))
        ):
            kept += other
        elif not (
            (tag == "replace" and _is_stray_quote(careful.text, start, mine, other))
            or (tag == "delete" and _is_stray(careful.text, start, end, mine))
        ):
            kept += mine
    return of_chars([(char.text, char.sure, char.centre) for char in kept])


def has_weak_word(reading: Reading) -> bool:
    """Whether a Chinese character of a quick reading is doubtful enough to ask the careful reader."""
    return any(
        sure < _WEAK_WORD and is_han(char) for char, sure in zip(reading.text, reading.confidences, strict=False)
    )


def with_words(quick: Reading, careful: Reading) -> Reading:
    """A quick reading with its doubtful Chinese characters as the careful reader sees them; the rest stays.

    Args:
        quick: of a line that has no figures and no other weakness.
        careful: of the same line.
    """
    if careful.text == quick.text or not _whole(careful) or not _whole(quick):
        return quick
    kept, other = _chars(quick), _chars(careful)
    matcher = SequenceMatcher(None, quick.text, careful.text, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag != "replace" or end - start != other_end - other_start:
            continue
        for place, char in zip(range(start, end), other[other_start:other_end], strict=True):
            words = is_han(kept[place].text) and is_han(char.text) and not {kept[place].text, char.text} & _NUMERALS
            if words and kept[place].sure < _WEAK_WORD:
                kept[place] = char
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


def _knows_better(text: str, start: int, mine: list[_Char], other: list[_Char]) -> bool:
    return _is_surer(mine, other) or _is_filled(mine, other) or _is_better_stop(text, start, mine, other)


def _is_surer(mine: list[_Char], other: list[_Char]) -> bool:
    """Whether figures stand against figures, and only the second reader knows which they are."""
    return len(mine) == len(other) and all(
        one.text in _FIGURES and two.text in _FIGURES and one.sure < _UNSURE and two.sure >= _SURE
        for one, two in zip(mine, other, strict=True)
    )


def _is_better_stop(text: str, start: int, mine: list[_Char], other: list[_Char]) -> bool:
    """Whether both readers saw a mark between words, and the second one knows better which stop it is."""
    if len(mine) != 1 or len(other) != 1 or other[0].text not in _STOPS or not is_han(text[start - 1 : start] or " "):
        return False
    if mine[0].text in _POINTS:
        return other[0].sure >= _PLAIN_STOP and is_han(text[start + 1 : start + 2] or " ")
    if mine[0].text not in _STOPS or mine[0].text.translate(_WIDE) == other[0].text.translate(_WIDE):
        return False
    return not text[start + 1 : start + 2].isdigit() and other[0].sure - mine[0].sure >= _SURER


def _is_left_out(one: list[_Char], start: int, other: list[_Char], em: float | None) -> bool:
    """Whether the first reader left a stop out: the room of a character is empty where the second one saw it."""
    if em is None or len(other) != 1 or other[0].text not in _STOPS or other[0].sure < _PLAIN_STOP:
        return False
    if not start or not all(is_han(c.text) or c.text in _BESIDE for c in one[start - 1 : start + 1]):
        return False
    if start == len(one):
        return 1.0 - one[-1].centre >= _ROOM_AT_END * em
    return one[start].centre - one[start - 1].centre >= _ROOM * em


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
