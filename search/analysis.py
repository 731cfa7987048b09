"""Tokens, the same for every engine: engines only cut them at blanks.

`违约金` gives the pairs `违约 约金 金∎`: a phrase of pairs at consecutive positions is a substring, exactly, and a
single character is the beginning of a pair. Word segmenters miss literal substrings (IK, smartcn and jieba alike), so
pairs decide what is a hit and words only help to rank.

Two fields carry pairs. `grams`: pairs of the literal text, with positions. `bridges`: pairs of the folded text that
the literal text has not (`甲　方` has 甲方, `ＩＰ` has ip, `違約` has 违约), without positions; empty for most clauses.
"""

from itertools import pairwise

from search.fold import END, fold, literal

LONGEST_TERM = 200
"""Characters of a keyword; longer names are cut (Lucene refuses terms beyond 32 kB, its whitespace analyzer 255)."""


def pairs(stream: str) -> list[str]:
    """Neighbouring characters of an already literal or folded stream, without the end mark."""
    return [a + b for a, b in pairwise(stream)]


def index_pairs(text: str) -> tuple[list[str], set[str]]:
    """What the fields `grams` and `bridges` hold for a text.

    Returns:
        Pairs of the literal text in order, and the pairs that only the folded text has.
    """
    plain = literal(text)
    grams = [a + b for a, b in zip(plain, plain[1:] + END, strict=False)]
    folded = fold(text)
    if folded == plain:
        return grams, set()
    return grams, {a + b for a, b in zip(folded, folded[1:] + END, strict=False)}.difference(grams)


def index_words(words: list[str]) -> list[str]:
    """Words folded, without blanks and marks; longer than one character, for single ones say nothing."""
    return [w for word in words if len(w := fold(word)) > 1 and len(w) <= LONGEST_TERM]


def keyword(value: str) -> str:
    """A name or value as a filter compares it: folded, cut to `LONGEST_TERM`."""
    return (fold(value) or value)[:LONGEST_TERM]
