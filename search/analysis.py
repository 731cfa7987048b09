"""Tokens, the same for every engine: engines only cut them at blanks.

`违约金` gives the pairs `违约 约金 金∎`: a phrase of pairs at consecutive positions is a substring, exactly, and a
single character is the beginning of a pair. Word segmenters miss literal substrings (IK, smartcn and jieba alike), so
pairs decide what is a hit and words only help to rank.

The field `grams` holds the pairs of the literal text in order, then, each behind a break, the pairs that only the
folded text has (`甲　方` has 甲方, `ＩＰ` has ip, `違約` has 违约): a folded word is found by its pairs alone. The
field `bridges` names those added pairs and the characters that only the folded text has: exact search leaves them out.
"""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from operator import add

from search.fold import BREAK, END, ONLY_FOLDED, fold, literal

LONGEST_TERM = 200
"""Characters of a keyword; longer names are cut (Lucene refuses terms beyond 32 kB, its whitespace analyzer 255)."""


def pairs(stream: str) -> list[str]:
    """Neighbouring characters of an already literal or folded stream, without the end mark."""
    return list(map(add, stream, stream[1:]))


_BLANK, _LAST = (array("I", [ord(character)]) for character in (" ", END))


def index_pairs(text: str, view: str) -> tuple[str, str]:
    """What the fields `grams` and `bridges` hold for a text.

    Args:
        text: as printed.
        view: the same from `fold.spaced`.
    """
    plain = literal(text)
    grams = _joined_pairs(plain)
    pieces = view.split()
    added = {first[-1] + second[0] for first, second in pairwise(pieces)}
    only: set[str] = set()
    for k, piece in enumerate(pieces):
        if piece not in plain:  # folding changed a character
            stream = piece + (pieces[k + 1][0] if k + 1 < len(pieces) else END)
            added.update(map(add, stream, stream[1:]))
            only.update(map(ONLY_FOLDED.__add__, set(piece).difference(plain)))
    if not added and not only:
        return grams, ""
    ended = plain + END
    added = {pair for pair in added if pair not in ended}
    return f" {BREAK} ".join([grams, *added]), " ".join(added | only)


def _joined_pairs(stream: str) -> str:
    """The pairs of a stream and its end with blanks between, put together as numbers: several times faster."""
    codes = array("I", stream.encode("utf-32-le"))
    found = _BLANK * (3 * len(codes))
    found[::3] = codes
    found[1::3] = codes[1:] + _LAST if codes else codes
    return found.tobytes().decode("utf-32-le")[:-1]


def index_words(words: Sequence[str]) -> str:
    """Words of a folded text, with blanks between; those of one character, which say nothing, fall away."""
    return " ".join([word for word in words if len(word) > 1 and " " not in word])


@lru_cache(maxsize=65536)
def keyword(value: str) -> str:
    """A name or value as a filter compares it: folded, without blanks, cut to `LONGEST_TERM`."""
    return (fold(value) or literal(value))[:LONGEST_TERM]
