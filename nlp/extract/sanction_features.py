"""What is seen of a number of a sentence when its use is weighed: words before and behind it, headings, column.

Of `乙方无故缺席的，每次200元` the sum is seen with the pair `每次` in front of it, the pair `缺席` in its case, no
words behind it, the size of 200. Names of parties and numbers are blotted out, so that no contract is known by them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.extract.mentions import Mentions
from nlp.extract.sanction_sums import Candidate, Use
from nlp.extract.sentences import Sentence

_NUMBER = re.compile(r"\d[\d,.]*")
_COMMA = re.compile("[，,]")
_GAP = "\0"
_NEAR, _PIECE, _CASE, _BEHIND, _REST, _CONTEXT = 12, 24, 40, 10, 50, 40


def features(
    sentence: Sentence,
    mentions: Mentions,
    item: Candidate,
    borders: tuple[int, int],
    last: tuple[Use, str],
    column: str,
) -> Iterator[str]:
    """What a number is weighed by, each as a short key (`b:每次`: the pair stands within twelve characters before it).

    Args:
        sentence: that holds the number.
        mentions: of the document.
        item: the number.
        borders: end of the number before it and start of the next one, or the ends of the sentence.
        last: use and form of the number before it; `("none", "")` for the first.
        column: head of its column, empty outside of tables.
    """
    words = _blotted(sentence, mentions)
    start, end = item.start - sentence.start, item.end - sentence.start
    before, after = _plain(words[:start]), _plain(words[end:])
    left = _plain(words[max(borders[0] - sentence.start, 0) : start])
    right = _plain(words[end : borders[1] - sentence.start])
    piece = _COMMA.split(before)[-1]
    yield f"f={item.form}"
    yield f"last={last[0]}"
    yield f"lf={last[0]}{last[1]}{item.form}"
    yield f"row={sentence.unit.row is not None}"
    yield f"v={item.form}{_size(item.value)}"
    for length in range(1, 5):
        yield f"A{length}:{right[:length]}"
        yield f"B{length}:{left[-length:]}"
    yield from _singles("b:", left[-_NEAR:])
    yield from _pairs("b:", left[-_NEAR:])
    yield from _singles("a:", right[:_BEHIND])
    yield from _pairs("a:", right[:_BEHIND])
    yield from _pairs("p:", piece[-_PIECE:])
    yield from _pairs("c:", before[: len(before) - len(piece)][-_CASE:])
    yield from _pairs("s:", after[:_REST])
    yield from _around(sentence, column)


def _around(sentence: Sentence, column: str) -> Iterator[str]:
    """Headings, the words that lead to the sentence, the sentence before it, the head of its column."""
    for heading in sentence.unit.headings:
        yield from _pairs("h:", heading)
    for number, lead in enumerate(sentence.leads()):
        if number < 2:
            yield from _pairs("l:", lead.text[-_CONTEXT:])
    if sentence.previous is not None:
        yield from _pairs("q:", sentence.previous.text[-_CONTEXT:])
    yield from _pairs("col:", column)


def _blotted(sentence: Sentence, mentions: Mentions) -> str:
    """The sentence at its own length: a party is P, anybody else named Q, a number 0, each filled up with gaps."""
    words = sentence.text.replace(" ", _GAP)
    for mention in mentions.within(sentence.start, sentence.end):
        start, end = mention.start - sentence.start, mention.end - sentence.start
        words = words[:start] + ("P" if mention.kind == "party" else "Q").ljust(end - start, _GAP) + words[end:]
    return _NUMBER.sub(lambda m: "0".ljust(len(m[0]), _GAP), words)


def _plain(words: str) -> str:
    return words.replace(_GAP, "")


def _singles(key: str, words: str) -> Iterator[str]:
    return (key + character for character in words)


def _pairs(key: str, words: str) -> Iterator[str]:
    return (key + words[n : n + 2] for n in range(len(words) - 1))


def _size(value: Decimal | None) -> str:
    """Power of ten of a number."""
    return "?" if value is None else str(value.adjusted()) if value else "zero"
