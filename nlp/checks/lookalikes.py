"""Characters read for others that look alike: 人云系统 for 入云系统, 末支付 for 未支付, IPOS for IOPS.

Evidence comes from the contract itself (the phrase stands right elsewhere) or from a list of words in which the other
character makes no sense (nlp/data/lookalikes.toml). Without evidence nothing is said.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise

from nlp.checks.ledger import Draft, Ledger
from nlp.checks.vocabulary import Vocabulary
from schema.span import Span

_HAN = re.compile(r"[一-龥]+")
_LATIN = re.compile(r"(?<![A-Za-z0-9@./_-])[A-Za-z]{4,12}(?![A-Za-z@/_-])")
_NUMBER = re.compile(r" ?\d")
_PHRASE = 4
_OFTEN = 3


@cache
def _table() -> dict[str, list[str]]:
    path = resources.files("nlp.data") / "lookalikes.toml"
    table: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return table


@cache
def _alike(kind: str) -> dict[str, str]:
    """Character to those it may be taken for."""
    found: dict[str, str] = {}
    for group in _table()[kind]:
        for char in group:
            found[char] = found.get(char, "") + group.replace(char, "")
    return found


@cache
def _wrong_forms() -> dict[str, str]:
    """Misread word to the word meant: 末支付 → 未支付."""
    words = set(_table()["words"])
    found = {}
    for word in words:
        for place, char in enumerate(word):
            for other in _alike("groups").get(char, ""):
                wrong = word[:place] + other + word[place + 1 :]
                if wrong not in words:
                    found[wrong] = word
    return found


@cache
def _wrong_regex() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_wrong_forms(), key=len, reverse=True)))


def in_words(ledger: Ledger) -> Iterator[Draft]:
    """Words of the list with a look-alike in them."""
    vocabulary = Vocabulary(ledger.text)
    for match in _wrong_regex().finditer(ledger.text):
        wrong, right = match[0], _wrong_forms()[match[0]]
        start, end = match.span()
        if _inside_words(vocabulary, start, end) or _is_name(ledger, start, end):
            continue
        if _reads_better(vocabulary, start, end, right):
            yield _draft(start, end, wrong, right, f"“{wrong}”疑为“{right}”")


def _reads_better(vocabulary: Vocabulary, start: int, end: int, right: str) -> bool:
    """Whether the right word is cut into fewer words, or leaves no character alone where the wrong one does."""
    plain, better = vocabulary.tokens(start, end), vocabulary.tokens(start, end, right)
    if len(better) < len(plain):
        return True
    place = next(n for n, char in enumerate(right) if char != vocabulary.text[start + n])
    alone = (start + place, start + place + 1)
    # 末按 for 未按: neither is in the dictionary, but the list knows that only one of them is said
    return len(better) == len(plain) and alone in plain


def _inside_words(vocabulary: Vocabulary, start: int, end: int) -> bool:
    """Whether the characters belong to longer words: 末支付 in 期末支付."""
    cut = vocabulary.tokens(start, end)
    crossing = any(a < start < b or a < end < b for a, b in cut)
    return crossing or (end - start > 1 and vocabulary.is_word(vocabulary.text[start:end]) and (start, end) not in cut)


def _is_name(ledger: Ledger, start: int, end: int) -> bool:
    return any(m.span.start < end and start < m.span.end for p in ledger.contract.parties for m in p.mentions)


def in_phrases(ledger: Ledger) -> Iterator[Draft]:
    """Phrases that the contract writes with the other character elsewhere."""
    vocabulary = Vocabulary(ledger.text)
    seen: set[int] = set()
    grams, pairs = _phrases(ledger.text), {a + b for a, b in pairwise(ledger.text)}
    for kind, least in (("groups", 1), ("weak_groups", _OFTEN)):
        for place in _alike_regex(kind).finditer(ledger.text):
            before = ledger.text[max(0, place.start() - 1) : place.start()]
            after = ledger.text[place.end() : place.end() + 1]
            for other in _alike(kind)[place[0]]:
                if before + other not in pairs and other + after not in pairs:
                    continue
                found = _better(vocabulary, grams, place.start(), other, least)
                if found and place.start() not in seen and not _is_name(ledger, *place.span()):
                    seen.add(place.start())
                    start, right, elsewhere = found
                    wrong = ledger.text[start : start + _PHRASE]
                    message = f"“{wrong}”疑为“{right}”，合同另有{elsewhere}处写作后者"
                    yield _draft(start, start + _PHRASE, wrong, right, message)


@cache
def _alike_regex(kind: str) -> re.Pattern[str]:
    """Any character of the groups."""
    return re.compile(f"[{''.join(_alike(kind))}]")


def _phrases(text: str) -> Counter[str]:
    """Phrases of four characters and how often they stand in a text."""
    found: Counter[str] = Counter()
    for run in _HAN.finditer(text):
        found.update(text[n : n + _PHRASE] for n in range(run.start(), run.end() - _PHRASE + 1))
    return found


def _better(
    vocabulary: Vocabulary, grams: Counter[str], at: int, other: str, least: int
) -> tuple[int, str, int] | None:
    """Start of the phrase, the phrase meant, and how often it stands elsewhere.

    Of phrases that stand there equally often it is the one that begins with the word meant: 入云系统, not 确保入云.
    """
    text = vocabulary.text
    best: tuple[int, str, int] | None = None
    word = next((a for a, b in vocabulary.tokens(at, at + 1, other) if a <= at < b), at)
    for start in sorted(range(max(0, at - _PHRASE + 1), at + 1), key=lambda start: (abs(start - word), start)):
        here = text[start : start + _PHRASE]  # a phrase that is not all Chinese is in none of the counts
        right = here[: at - start] + other + here[at - start + 1 :]
        if grams[right] < least or grams[here] > 1:
            continue
        if best is None or grams[right] > best[2]:
            best = start, right, grams[right]
    if best is None:
        return None
    plain, better = vocabulary.tokens(at, at + 1), vocabulary.tokens(at, at + 1, other)
    covered = any(a <= at < b and b - a > 1 for a, b in plain)
    return best if len(better) < len(plain) or (len(better) == len(plain) and not covered and best[2] > 1) else None


def _draft(start: int, end: int, wrong: str, right: str, message: str) -> Draft:
    return Draft(message, (Span(start=start, end=end),), data={"reading": wrong}, suggestion=right)


def latin(ledger: Ledger) -> Iterator[Draft]:
    """Latin words in which two neighbours are swapped against a word the contract uses more often.

    On scans the blank before a number is often lost (IPOS1000): such a word is held only against words that have a
    number behind them, too (IOPS 1000); alone it may be the code of a product.
    """
    places: dict[str, list[Span]] = {}
    before_number: set[str] = set()
    glued: set[str] = set()
    for match in _LATIN.finditer(ledger.text):
        places.setdefault(match[0], []).append(Span(start=match.start(), end=match.end()))
        if _NUMBER.match(ledger.text, match.end()):
            before_number.add(match[0])
            if ledger.text[match.end()].isdigit():
                glued.add(match[0])
    for word, spans in places.items():
        if len(spans) > 1:
            continue
        for other, elsewhere in places.items():
            same_slot = word not in glued or other in before_number
            if len(elsewhere) > 1 and same_slot and _is_swapped(word, other) and not word.islower():
                yield Draft(
                    f"“{word}”疑为“{other}”，合同另有{len(elsewhere)}处写作后者",
                    (spans[0], *elsewhere),
                    data={"reading": word},
                    suggestion=other,
                )
                break


def _is_swapped(first: str, second: str) -> bool:
    if len(first) != len(second):
        return False
    differing = [n for n, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    left, right = differing
    return first[left] == second[right] and first[right] == second[left]
