"""One wrong character: `合同专用张` for 合同专用章, `人云系统` for 入云系统.

A character may be taken for one that sounds alike (pypinyin) or looks alike (`data/lookalikes.toml`). What the law
keeps apart (定金, 订金) is never offered. A candidate counts only when all its pairs of characters occur in the
index, so hundreds of candidates cost one look-up.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from search.analysis import pairs
from search.pinyin import homophones, is_chinese, readings
from search.synonyms import synonyms

LONGEST = 12
_MOST = 4000

Frequencies = Callable[[Sequence[str]], Mapping[str, int]]
"""In how many clauses each pair stands."""


@cache
def _lookalikes() -> dict[str, str]:
    table = tomllib.loads((files("search") / "data" / "lookalikes.toml").read_text("utf-8"))
    found: dict[str, str] = {}
    for group in table["groups"]:
        for character in group:
            found[character] = found.get(character, "") + group.replace(character, "")
    return found


def lookalikes(character: str) -> str:
    """Characters that look like it."""
    return _lookalikes().get(character, "")


def soundalikes(character: str) -> str:
    """Characters that sound like it, tones apart."""
    return "".join(homophones()[sound] for sound in sorted(readings(character)) if sound in homophones())


def looking_alike(word: str) -> list[str]:
    """The word with one character replaced by one that looks alike, but for what the law keeps apart."""
    kept_apart = synonyms().kept_apart(word)
    found = [word[:k] + other + word[k + 1 :] for k, c in enumerate(word) for other in lookalikes(c)]
    return [v for v in found if not any(other in v for other in kept_apart)]


def with_one_wrong(word: str, frequencies: Frequencies) -> list[str]:
    """The word with one character replaced, where all pairs of the result occur; the most frequent first.

    Args:
        word: folded, of Chinese characters.
        frequencies: of pairs in the index.
    """
    if not 2 <= len(word) <= LONGEST or not all(map(is_chinese, word)):
        return []
    own = pairs(word)
    known = frequencies(own)
    unseen = {k for k, pair in enumerate(own) if not known[pair]}
    places = [k for k in range(len(word)) if unseen <= {k - 1, k}]
    kept_apart = synonyms().kept_apart(word)
    candidates = [c for c in dict.fromkeys(_candidates(word, places)) if not any(o in c for o in kept_apart)][:_MOST]
    needed = sorted({pair for candidate in candidates for pair in _new_pairs(word, candidate)})
    known = frequencies(needed)
    scored = [(min(known[p] for p in _new_pairs(word, c)), c) for c in candidates]
    return [c for count, c in sorted(scored, key=lambda s: (-s[0], s[1])) if count]


def _candidates(word: str, places: Sequence[int]) -> Iterator[str]:
    for alike in (lookalikes, soundalikes):
        for place in places:
            for other in alike(word[place]):
                candidate = word[:place] + other + word[place + 1 :]
                if candidate != word:
                    yield candidate


def _new_pairs(word: str, candidate: str) -> list[str]:
    """The pairs that hold the replaced character."""
    return [new for new, old in zip(pairs(candidate), pairs(word), strict=True) if new != old]
