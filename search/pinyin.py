"""Sounds: `hetong zhuanyong zhang` and `htzyz` for 合同专用章.

Readings come from pypinyin, without tones. A word is indexed with its reading in context (银行 yinhang, 执行 zhixing);
a typed run of letters is cut into syllables in all ways that use no letter twice (`xian` is xian and xi'an).
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

MOST_SYLLABLES = 12


def is_chinese(character: str) -> bool:
    """Whether it is a Chinese character (one that a contract prints: CJK and its extensions)."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def sounds(word: str) -> tuple[str, str] | None:
    """Syllables and initials of a word of Chinese characters, run together.

    Returns:
        `("hetong", "ht")` for 合同; None for words with other characters.
    """
    if not word or not all(map(is_chinese, word)):
        return None
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(word, v_to_u=False)
    if not all(s.isascii() and s.isalpha() for s in syllables):
        return None
    return "".join(syllables), "".join(s[0] for s in syllables)


def _without_tone(spoken: str) -> str:
    """`lǜ` → `lv`, as it is typed."""
    letters = unicodedata.normalize("NFD", spoken).replace("u\u0308", "v")
    return "".join(c for c in letters if c.isascii())


@cache
def _readings() -> dict[str, frozenset[str]]:
    from pypinyin.constants import PINYIN_DICT

    table = {}
    for code, spoken in PINYIN_DICT.items():
        if 0x4E00 <= code <= 0x9FA5:
            table[chr(code)] = frozenset(filter(str.isalpha, map(_without_tone, spoken.split(","))))
    return table


def readings(character: str) -> frozenset[str]:
    """All syllables a character is read with, without tones."""
    return _readings().get(character, frozenset())


@cache
def homophones() -> dict[str, str]:
    """Syllable to the characters read so."""
    table: dict[str, list[str]] = {}
    for character, spoken in _readings().items():
        for sound in spoken:
            table.setdefault(sound, []).append(character)
    return {sound: "".join(characters) for sound, characters in table.items()}


@cache
def syllables() -> frozenset[str]:
    """All syllables of Mandarin, without tones."""
    return frozenset(homophones()) - {"m", "n", "ng", "hm", "hng"}  # interjections


def cuts(letters: str) -> Iterator[tuple[int, ...]]:
    """Ways to cut letters into syllables, fewest syllables first.

    Args:
        letters: small Latin letters only.

    Yields:
        At most eight tuples of offsets, from 0 to the length.
    """
    known = syllables()
    waiting: list[tuple[int, ...]] = [(0,)]
    given = 0
    while waiting and given < 8:
        ways: list[tuple[int, ...]] = []
        for way in waiting:
            if way[-1] == len(letters):
                given += 1
                yield way
                continue
            if len(way) <= MOST_SYLLABLES:
                ends = range(min(len(letters), way[-1] + 6), way[-1], -1)
                ways += [(*way, end) for end in ends if letters[way[-1] : end] in known]
        waiting = ways[:200]
