"""From the text of a query to what to look for: groups of words, each with everything that would satisfy it.

`服务延期一天要赔多少钱` is read as 服务 · 延期 (逾期, 迟延 …) · 一天 (每日 …) · 赔 (赔偿, 违约金) and the wish for a
sum or a rate. Words of the tables are cut out first, longest first, the rest by the word segmenter; what says nothing
falls away unless nothing else is left.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from schema.query import MatchLayer
from search.documents import Words
from search.fold import fold
from search.labels import labels
from search.numbers import find_numbers
from search.synonyms import Pattern, synonyms

_RUN = re.compile(r"[^\s，。；：、！？,;!?“”\"「」『』]+")
_MOST_GROUPS = 24
_BARE = 0.3
"""Weight of a single character that stands for a word (付 for 支付)."""


@dataclass(frozen=True)
class Alternative:
    """One thing that satisfies a group.

    Attributes:
        pattern: folded parts; empty for a number.
        layer: reported in `matched_by`.
        weight: against the word itself, which counts 1.
        number: token of `search.numbers`.
        whole: it must stand as a word, not across two (房租 in 用房租赁); for short synonyms.
    """

    pattern: Pattern
    layer: MatchLayer
    weight: float = 1.0
    number: str | None = None
    whole: bool = False


@dataclass(frozen=True)
class Group:
    """One word of the query.

    Attributes:
        typed: the folded word.
        alternatives: what satisfies it, the word itself first.
        weight: how telling it is, from how often it occurs.
        weak: it says little, and a clause need not have it.
        common: so many clauses have it that how often it stands in one of them says nothing.
        present: the word itself and those of the alternatives whose pairs stand somewhere; None before that was asked.
    """

    typed: str
    alternatives: tuple[Alternative, ...]
    weight: float = 1.0
    weak: bool = False
    common: bool = False
    present: tuple[Alternative, ...] | None = None

    @property
    def findable(self) -> tuple[Alternative, ...]:
        """Alternatives worth asking for: most synonyms stand nowhere."""
        return self.alternatives if self.present is None else self.present


@dataclass(frozen=True)
class Meaning:
    """What to look for.

    Attributes:
        runs: what was typed between blanks and marks, as typed; all of them literally make an exact hit.
        groups: words.
        wants: kinds of facts that answer the question.
        types: clause types that the words name.
    """

    runs: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    wants: frozenset[str] = frozenset()
    types: frozenset[str] = field(default=frozenset())


def read_meaning(text: str, words: Words) -> Meaning:
    """Read free text.

    Args:
        text: as typed, without operators.
        words: cuts a text into words.
    """
    runs = tuple(match.group() for match in _RUN.finditer(_closed_up(text)))
    table = synonyms()
    groups: dict[str, Group] = {}
    soft: dict[str, Group] = {}
    wants: set[str] = set()
    for run in runs:
        for word, numbers in _cut(run, words):
            question = table.questions.get(word)
            wants |= {*table.hints.get(word, ()), *(question.wants if question else ())}
            if question and question.soft:
                soft |= {word: Group(word, tuple(Alternative(p, "synonym") for p in question.soft), weak=True)}
            for typed in question.words if question else (word,):
                if typed not in groups and typed not in table.stop and len(groups) < _MOST_GROUPS:
                    found = tuple(_alternatives(typed, words, numbers))
                    groups[typed] = Group(typed, found, weak=typed in table.weak)
    if not groups:
        whole = [fold(run) for run in runs]
        groups = {typed: Group(typed, tuple(_alternatives(typed, words))) for typed in whole if typed}
    return Meaning(runs, (*groups.values(), *soft.values()), frozenset(wants), frozenset(_types(groups)))


def merged(one: Meaning, other: Meaning) -> Meaning:
    """Both together."""
    known = {group.typed for group in one.groups}
    return replace(
        one,
        runs=one.runs + other.runs,
        groups=one.groups + tuple(g for g in other.groups if g.typed not in known),
        wants=one.wants | other.wants,
        types=one.types | other.types,
    )


def _closed_up(text: str) -> str:
    """Without blanks inside numbers: `30 个工作日` is one word."""
    for number in reversed(list(find_numbers(text))):
        text = text[: number.start] + "".join(text[number.start : number.end].split()) + text[number.end :]
    return text


def _cut(run: str, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Folded words of a run, each with the tokens of the number it is.

    Numbers stay whole (三十一天 holds no 一天), unless a word of the tables reaches beyond them (第一期款).
    """
    folded, table = fold(run), synonyms()
    numbers: dict[tuple[int, int], tuple[str, ...]] = {}
    for number in find_numbers(run):
        place = (len(fold(run[: number.start])), len(fold(run[: number.end])))
        numbers[place] = (*numbers.get(place, ()), number.token)
    begins = dict(numbers.keys())
    inside = {k for start, end in numbers for k in range(start + 1, end)}
    start = gap = 0
    while start < len(folded):
        number_end = begins.get(start, start)
        ends = range(min(len(folded), start + table.longest), max(start + 1, number_end - 1), -1)
        end = next((e for e in ends if e not in inside and table.known(folded[start:e])), number_end)
        if end == start or start in inside:
            start += 1
            continue
        yield from ((word, ()) for word in _segmented(folded[gap:start], words))
        token = numbers.get((start, end), ())
        yield folded[start:end], _best(token)
        start = gap = end
    yield from ((word, ()) for word in _segmented(folded[gap:], words))


def cut_out(folded: str, words: Words) -> Iterator[str]:
    """Words of a folded text end to end, the longest of overlapping ones, and what lies between them."""
    places: list[tuple[int, int]] = []
    at = 0
    for word in map(fold, words(folded)):
        found = folded.find(word, max(0, at - 8)) if word else -1
        if found >= 0:
            places.append((found, found + len(word)))
            at = found + len(word)
    position = 0
    for start, end in [*sorted(places, key=lambda p: (p[0], -p[1])), (len(folded), len(folded))]:
        if start > position:
            yield folded[position:start]
        if start >= position and end > start:
            yield folded[start:end]
        position = max(position, end)


def _segmented(folded: str, words: Words) -> Iterator[str]:
    """Words of a gap; single characters that follow each other stay together."""
    single = ""
    for piece in cut_out(folded, words) if folded else ():
        if len(piece) == 1 and piece not in synonyms().stop:
            single += piece
            continue
        if single:
            yield single
            single = ""
        yield piece
    if single:
        yield single


def _alternatives(typed: str, words: Words, numbers: Sequence[str] = ()) -> Iterator[Alternative]:
    bare = len(typed) == 1 and typed in synonyms().same
    yield Alternative((typed,), "words", _BARE if bare else 1.0)
    for token in numbers:
        yield Alternative((), "number", 1.0, token)
    for pattern, weight in synonyms().of(typed):
        yield Alternative(pattern, "synonym", weight, whole=_is_word(pattern, words))


def _is_word(pattern: Pattern, words: Words) -> bool:
    """Whether it is short, and the segmenter knows it and will have cut it out where it stands."""
    return len(pattern) == 1 and len(pattern[0]) == 2 and pattern[0] in map(fold, words(pattern[0]))


def _best(tokens: Sequence[str]) -> tuple[str, ...]:
    """With a unit (30日) only the token with the unit counts."""
    with_unit = [t for t in tokens if not re.fullmatch(r"[\d.]+", t)]
    return tuple(dict.fromkeys(with_unit or tokens))


def _types(groups: Iterable[str]) -> Iterator[str]:
    """Clause types named by a word of the query or by one of its synonyms."""
    groups = list(groups)
    for kind, names in labels()["type"].items():
        folded = {fold(name) for name in names}
        for typed in groups:
            others = {"".join(pattern) for pattern, _ in synonyms().of(typed)}
            if folded & ({typed} | others):
                yield kind
                break
