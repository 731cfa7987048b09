"""From typed letters to what they sound like: `hetong zhuanyong zhang`, `weiyuejin`, `htzyz`.

Words of the index whose sound is a stretch of the letters are laid end to end; where no word fits, single characters
do, if the pairs they make occur. The candidates that occur as a whole are what was meant, the most frequent first.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from search.analysis import pairs
from search.pinyin import MOST_SYLLABLES, cuts, homophones
from search.variants import Frequencies

_LETTERS = re.compile(r"[a-z]+")
_LONGEST_WORD = 6
_BEAM = 150
_MOST_READINGS = 40

Lookup = Callable[[str, Sequence[str]], Mapping[str, Sequence[str]]]
"""Field (`sound`, `initials`) and values to the words of the index that have them."""


def letters_of(text: str) -> str | None:
    """The letters of a query that may be pinyin: small Latin letters, blanks and apostrophes, nothing else."""
    bare = re.sub(r"[\s'’]+", "", text.lower())
    return bare if 2 <= len(bare) <= 6 * MOST_SYLLABLES and _LETTERS.fullmatch(bare) else None


def heard(letters: str, lookup: Lookup, frequencies: Frequencies) -> list[str]:
    """Chinese readings of letters, whose pairs all occur in the index.

    Args:
        letters: from `letters_of`.
        lookup: words by sound.
        frequencies: of pairs in the index.
    """
    found: dict[str, None] = {}
    ways = list(cuts(letters))
    stretches = {
        letters[way[i] : way[j]]
        for way in ways
        for i in range(len(way) - 1)
        for j in range(i + 1, min(len(way), i + 1 + _LONGEST_WORD))
    }
    words = lookup("sound", sorted(stretches)) if stretches else {}
    for way in ways[:4]:
        for reading in _lay(way, letters, words, frequencies):
            found.setdefault(reading)
    if not found and len(letters) <= 8:
        for reading in _initials(letters, lookup):
            found.setdefault(reading)
    return list(found)[:_MOST_READINGS]


def _lay(way: tuple[int, ...], letters: str, words: Mapping[str, Sequence[str]], frequencies: Frequencies) -> list[str]:
    """Words and characters end to end, fewest pieces first."""
    steps = len(way) - 1
    beams: list[list[tuple[int, str]]] = [[] for _ in range(steps + 1)]
    beams[0] = [(0, "")]
    for end in range(1, steps + 1):
        grown: list[tuple[int, str]] = []
        for start in range(max(0, end - _LONGEST_WORD), end):
            sound = letters[way[start] : way[end]]
            pieces = list(words.get(sound, ()))
            if end - start == 1:
                pieces += list(homophones().get(sound, ""))
            fitting = [p for p in pieces if len(p) == end - start]
            grown += _joined(beams[start], fitting, frequencies)
        beams[end] = sorted(set(grown))[:_BEAM]
    return [text for _, text in beams[steps]]


def _joined(beam: Iterable[tuple[int, str]], pieces: Sequence[str], frequencies: Frequencies) -> list[tuple[int, str]]:
    """Each text with each piece behind it, where the pair at the joint occurs."""
    joints = {text[-1] + piece[0] for _, text in beam if text for piece in pieces}
    known = frequencies(sorted(joints)) if joints else {}
    return [
        (count + 1, text + piece) for count, text in beam for piece in pieces if not text or known[text[-1] + piece[0]]
    ]


def _initials(letters: str, lookup: Lookup) -> list[str]:
    """Words by their initials: the whole, or two words side by side."""
    parts = {letters[i:j] for i in range(len(letters)) for j in range(i + 2, len(letters) + 1)}
    words: defaultdict[str, Sequence[str]] = defaultdict(tuple, lookup("initials", sorted(parts)))
    whole = list(words[letters])
    joined = [
        first + second
        for cut in range(2, len(letters) - 1)
        for first in words[letters[:cut]]
        for second in words[letters[cut:]]
    ]
    return whole + joined


def occurring(readings: Sequence[str], frequencies: Frequencies) -> list[str]:
    """Readings all of whose pairs occur, those with the most frequent rarest pair first."""
    known = frequencies(sorted({pair for reading in readings for pair in pairs(reading)}))
    scored = [(min((known[p] for p in pairs(r)), default=0), r) for r in readings]
    return [r for count, r in sorted(scored, key=lambda s: -s[0]) if count]
