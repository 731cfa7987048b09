"""Characters set twice (管理办办法), words set twice (支付支付), rare characters that make no word (哔动)."""

import re
from collections import Counter
from collections.abc import Iterator

from nlp.checks.ledger import Draft, Ledger
from nlp.checks.likeness import pairs
from nlp.checks.vocabulary import Vocabulary
from schema.span import Span

_TWICE = re.compile(r"([一-龥])\1")
_WORD_TWICE = re.compile(r"([一-龥]{2,5})\1(?![一-龥]?\1)")
# stand alone as words, so that the next word may begin with them: 在|在职期间, 对|对方, 有|有效证件
_STAND_ALONE = set(
    "在对为有到经由以按从及与和将向因用至给被于自就是等该本各不再应可需须如若或当所之上下前后内外中时日年月元人方无未已并且而但使让令据凭依照每个多少大小新老男女全总部分一二三四五六七八九十百千万"
)
_NEVER_TWICE = set("的了是和与或并")
_FORM_WORDS = ("年月日", "元元", "年月", "签字", "盖章")
_WINDOW = 14


def doubled(ledger: Ledger) -> Iterator[Draft]:
    """A character set twice that belongs to the word behind or before it only once."""
    vocabulary = Vocabulary(ledger.text)
    for match in _TWICE.finditer(ledger.text):
        draft = _doubled(ledger, vocabulary, match.start())
        if draft:
            yield draft


def _doubled(ledger: Ledger, vocabulary: Vocabulary, at: int) -> Draft | None:
    text, char = ledger.text, ledger.text[at]
    tokens = vocabulary.tokens(at, at + 2)
    alone = [t for t in tokens if t in ((at, at + 1), (at + 1, at + 2))]
    if not alone or any(a <= at and at + 2 <= b for a, b in tokens):
        return None
    if len(alone) == 2 and char not in _NEVER_TWICE:
        return None
    if len(alone) == 1 and char in _STAND_ALONE | _NEVER_TWICE:
        return None
    if vocabulary.is_word(text[max(0, at - 1) : at + 1]) and vocabulary.is_word(text[at + 1 : at + 3]):
        return None  # 进出水|水质: one word ends with it, the next begins with it
    beside = next((t for t in tokens if t not in alone and (t[0] == at + 1 or t[1] == at + 1)), (at, at + 1))
    start, end = min(at, beside[0]), max(at + 2, beside[1])
    wrong = text[start:end]
    right = wrong.replace(char * 2, char, 1)
    if any(m.span.start < end and start < m.span.end for p in ledger.contract.parties for m in p.mentions):
        return None
    # the single character is a word of its own elsewhere: 该办|办法 would be one
    joined = text[max(0, at - 2) : at] + text[at + 1 : max(beside[1], at + 2)]
    known = vocabulary.is_word(joined) or text.count(joined) > 0 or vocabulary.is_word(right)
    if not known:
        return None
    return Draft(f"“{wrong}”重复了“{char}”字", (Span(start=start, end=end),), data={"reading": wrong}, suggestion=right)


def words_twice(ledger: Ledger) -> Iterator[Draft]:
    """A word set twice in a row."""
    vocabulary = Vocabulary(ledger.text)
    for match in _WORD_TWICE.finditer(ledger.text):
        word, start = match[1], match.start()
        cut = vocabulary.tokens(start, match.end())
        whole = {b for pair in cut for b in pair}
        if word in _FORM_WORDS or len(set(word)) == 1 or not {start, start + len(word), match.end()} <= whole:
            continue
        if any(m.span.start < match.end() and start < m.span.end for p in ledger.contract.parties for m in p.mentions):
            continue
        yield Draft(
            f"“{word}”连写了两遍",
            (Span(start=start, end=match.end()),),
            data={"reading": match[0]},
            suggestion=word,
        )


def rare(ledger: Ledger) -> Iterator[Draft]:
    """A rare character that makes no word, where the contract uses the like word in a like sentence."""
    vocabulary = Vocabulary(ledger.text)
    counts = Counter(ledger.text)
    odd = [char for char, count in counts.items() if count == 1 and "一" <= char <= "龥" and _is_rare(char)]
    for at in sorted(map(ledger.text.index, odd)):
        if _in_word(vocabulary, at) or _in_value(ledger, at):
            continue
        found = _meant(ledger, vocabulary, at)
        if found:
            start, right = found
            wrong = ledger.text[start : start + 2]
            yield Draft(
                f"“{wrong}”不成词，疑为“{right}”",
                (Span(start=start, end=start + 2),),
                data={"reading": wrong},
                suggestion=right,
            )


def _is_rare(char: str) -> bool:
    """Outside the first level of GB 2312, which holds the 3755 most common characters."""
    try:
        return char.encode("gb2312")[0] >= 0xD8
    except UnicodeEncodeError:
        return True


def _in_word(vocabulary: Vocabulary, at: int) -> bool:
    text = vocabulary.text
    spans = [
        (at - 1, at + 1),
        (at, at + 2),
        (at - 2, at + 1),
        (at - 1, at + 2),
        (at, at + 3),
        (at - 1, at + 3),
        (at, at + 4),
    ]
    return any(a >= 0 and vocabulary.is_word(text[a:b]) for a, b in spans)


def _in_value(ledger: Ledger, at: int) -> bool:
    """Names and addresses are full of rare characters."""
    line = ledger.text.rfind("\n", 0, at) + 1
    before = ledger.text[max(line, at - 14) : at]
    if re.search(r"[:：《“\t][^，。；]*$", before):
        return True
    return any(m.span.start <= at < m.span.end for p in ledger.contract.parties for m in p.mentions)


def _meant(ledger: Ledger, vocabulary: Vocabulary, at: int) -> tuple[int, str] | None:
    """The word of the contract that shares the other character and stands in sentences like this one."""
    text = ledger.text
    scored: dict[tuple[int, str], int] = {}
    for start, pattern in (
        (at, f"(?!{text[at]})[一-龥]{re.escape(text[at + 1 : at + 2])}"),
        (at - 1, f"{re.escape(text[at - 1 : at])}(?!{text[at]})[一-龥]"),
    ):
        other = text[start : start + 2]
        if start < 0 or not re.fullmatch("[一-龥]{2}", other):
            continue
        here = pairs(text[max(0, start - _WINDOW) : start]) | pairs(text[start + 2 : start + 2 + _WINDOW])
        for match in re.finditer(pattern, text):
            if not vocabulary.is_word(match[0]):
                continue
            there = pairs(text[max(0, match.start() - _WINDOW) : match.start()]) | pairs(
                text[match.end() : match.end() + _WINDOW]
            )
            key = (start, match[0])
            scored[key] = max(scored.get(key, 0), len(here & there))
    ranked = sorted(scored.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] == 0 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]
