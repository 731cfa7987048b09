"""The order of hits and why each matched, from our own text: the same for every engine.

An engine gives the best candidates by its own score; here they are scored again. General principles only: exact beats
related, telling words count more than common ones, words close together more than words apart, a heading that says it
and a clause of the kind asked for more than a passing mention, and a clause that holds the kind of fact a question asks
for more than one that does not.
"""

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pydantic_core import from_json

from schema.query import MatchLayer
from search.backend import Row
from search.fold import fold
from search.meaning import Alternative, Group, Meaning
from search.numbers import find_numbers
from search.synonyms import pattern_regex

LAYERS: tuple[MatchLayer, ...] = (
    "exact",
    "variant",
    "words",
    "number",
    "synonym",
    "pinyin",
    "typo",
    "similar",
    "filter",
)
"""Strongest first."""

_OWN_HEADING = 0.9
_ABOVE = 0.5
_EXACT = 0.45
_NEAR = 0.2
_ANSWERS = 0.3
_TYPE = 0.3
_TITLE = 0.35
_BARE_HEADING = 0.55
_PART = 0.7
_ACROSS = 0.75
_BOTH = 0.1
_WHO = 0.1
_STATED = 0.15
_LONG = 120


_STATES = re.compile("[^的内后前起届]{0,4}?(?:为|是|系|共计|分为|包括)")


@lru_cache(maxsize=8192)
def folded_headings(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Headings, folded."""
    return tuple(map(fold, headings))


@dataclass(eq=False)
class Candidate:
    """What is known of a clause for ranking; told apart by identity.

    Attributes:
        text: own words as printed.
        heads: headings from the part down to its own.
        types: what it is about.
        has: sorts of answers in it (`search.documents.flags`).
        who: roles and names that must act or pay.
        unit: clause, row or part.
        words: its words, folded, with blanks between.
        own: what it was read from.
    """

    text: str
    heads: Sequence[str]
    types: Sequence[str]
    has: Sequence[str]
    who: Sequence[str]
    unit: str
    words: str
    own: str | bytes = ""
    folded: str = field(init=False)
    folded_heads: tuple[str, ...] = field(init=False)
    _padded: str = field(init=False)
    _anywhere: str = field(init=False)
    _numbers: Counter[str] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Fold once."""
        self.folded = fold(self.text)
        self.folded_heads = folded_headings(tuple(self.heads))
        self._padded = f" {self.words} "
        self._anywhere = "\n".join((self.folded, *self.folded_heads))

    def has_word(self, word: str) -> bool:
        """Whether the segmenter cut this folded word out of the text."""
        return f" {word} " in self._padded

    def may_have(self, alternative: Alternative) -> bool:
        """Whether it is worth a closer look; most synonyms stand in neither text nor headings."""
        return not alternative.pattern or alternative.pattern[0] in self._anywhere

    def count_number(self, token: str) -> int:
        """How often a number stands there, in whatever writing."""
        if self._numbers is None:
            self._numbers = Counter(number.token for number in find_numbers(self.text))
        return self._numbers[token]


_MOST_KNOWN = 4096
_LONGEST_KNOWN = 3000
"""Characters or bytes of a clause that is remembered; longer ones would take much memory and are seldom shared."""

_known: dict[Hashable, Candidate] = {}


def known_candidate(row: Row) -> Candidate:
    """The clause of a row; what many searches find, and what stands in many contracts, is read once.

    Args:
        row: of a clause, row or part.
    """
    found = _known.get(row.same)
    if found is None:
        own = row.kept[1]
        found = read_candidate(own)
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        if len(own) <= _LONGEST_KNOWN:
            _known[row.same] = found
    return found


def read_candidate(own: str | bytes) -> Candidate:
    """A clause of what an index keeps of it.

    Args:
        own: the second part of `search.backend.Kept`.
    """
    kept = from_json(own)
    has = (kept["heads"], kept["types"], kept["has"], kept["who"])
    return Candidate(kept["text"], *has, kept["unit"], kept["words"], own)


@dataclass(frozen=True)
class Reading:
    """One way to read the query.

    Attributes:
        meaning: what to look for.
        layer: why this reading was tried; None for the query as typed.
        factor: how much it counts.
    """

    meaning: Meaning
    layer: MatchLayer | None = None
    factor: float = 1.0

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """What was typed between blanks and marks, folded."""
        return tuple(folded for run in self.meaning.runs if (folded := fold(run)))

    @cached_property
    def weight(self) -> float:
        """Of all groups."""
        return sum(group.weight for group in self.meaning.groups) or 1.0


@dataclass(frozen=True)
class Verdict:
    """Score and reasons of one clause.

    Attributes:
        score: 0 and more.
        layers: which matched.
        parts: what the score is made of, for `explain`.
    """

    score: float
    layers: frozenset[MatchLayer]
    parts: tuple[tuple[str, float], ...] = ()


def judge(candidate: Candidate, readings: Sequence[Reading], quotes: Sequence[str]) -> Verdict:
    """Score a clause.

    Args:
        candidate: the clause.
        readings: of the query, as typed first.
        quotes: characters to stand exactly.
    """
    quoted = sum(quote in candidate.text for quote in quotes)
    best = Verdict(0.0, frozenset())
    for reading in readings:
        verdict = _judged(candidate, reading)
        if verdict.score > best.score:
            best = verdict
    if not quotes:
        return best
    density = sum(min(3, candidate.text.count(q)) * len(q) for q in quotes) / (len(candidate.text) + 40)
    parts = (*best.parts, ("quoted", float(quoted)), ("density", density))
    exact: frozenset[MatchLayer] = frozenset({"exact"} if quoted else ())
    return Verdict(best.score + quoted + density, best.layers | exact, parts)


def _judged(candidate: Candidate, reading: Reading) -> Verdict:
    meaning = reading.meaning
    found = [(group, *_satisfied(candidate, group)) for group in meaning.groups]
    coverage = sum(group.weight * strength for group, strength, *_ in found) / reading.weight
    layers: set[MatchLayer] = {layer for _, strength, layer, _ in found if strength > 0 and layer}
    runs = reading.runs
    whole = bool(runs) and all(run in candidate.folded for run in runs)
    if not coverage and not whole:
        return Verdict(0.0, frozenset())
    parts = [("coverage", coverage)]
    if whole:
        literally = all(run in candidate.text for run in meaning.runs)
        layers |= {"exact" if literally else "variant"}
        parts.append(("whole", _EXACT if literally else _EXACT * 0.9))
        if not literally:
            layers.discard("words")
    full = all(strength > 0 for group, strength, *_ in found if not group.weak)
    places = [place for *_, place in found if place is not None]
    if len(places) > 1:
        parts.append(("near", _NEAR * len(places) / len(found) / (1 + (max(places) - min(places)) / 20)))
    if meaning.wants.intersection(candidate.has):
        parts.append(("answers", _ANSWERS * coverage))
    acting = folded_headings(tuple(candidate.who))
    if acting and any(group.typed in acting for group in meaning.groups):
        parts.append(("who", _WHO * coverage))
    if meaning.wants and any(_stated(candidate, group) for group in meaning.groups if not group.weak):
        parts.append(("stated", _STATED * coverage))
    if named := meaning.types.intersection(candidate.types):
        parts.append(("type", _TYPE * coverage * len(named) / len(meaning.types)))
    if candidate.folded_heads and any(run in candidate.folded_heads[-1] for run in runs):
        parts.append(("heading", _TITLE))
    stature = _stature(candidate, runs)
    score = sum(value for _, value in parts) * reading.factor * stature
    score *= 1.0 if full else 0.85
    if reading.layer:
        layers = {reading.layer}
    return Verdict(score, frozenset(layers), (*parts, ("unit", stature)))


def _stature(candidate: Candidate, runs: Sequence[str]) -> float:
    """Headings alone and words outside all clauses answer less."""
    if candidate.unit == "part":
        return _PART
    own = candidate.folded_heads[-1] if candidate.folded_heads else ""
    if own and own in runs:
        return 1.0  # the heading itself was asked for
    return _BARE_HEADING if candidate.unit == "clause" and len(candidate.folded) <= len(own) + 6 else 1.0


def _satisfied(candidate: Candidate, group: Group) -> tuple[float, MatchLayer | None, int | None]:
    """How well a group is satisfied by text and headings, by which layer, and where in the folded text."""
    text = heads = 0.0
    layer, head_layer, place = None, None, None
    for alternative in filter(candidate.may_have, group.alternatives):
        where, count = _found(candidate, alternative) if alternative.weight * 1.1 > text else (None, 0)
        if count:
            # Said twice counts a little more, in a long clause a little less.
            often = min(0.1, 0.04 * (count - 1)) - min(0.12, 0.04 * len(candidate.folded) / _LONG)
            across = len("".join(alternative.pattern)) == 2 and not candidate.has_word(alternative.pattern[0])
            value = alternative.weight * (1 + often) * (_ACROSS if across else 1.0)
            if value > text:
                text, layer, place = value, alternative.layer, where
        above = alternative.weight * _in_heads(candidate, alternative) if alternative.weight * 0.9 > heads else 0.0
        if above > heads:
            heads, head_layer = above, alternative.layer
    return max(text, heads) + _BOTH * min(text, heads), layer or head_layer, place


def _found(candidate: Candidate, alternative: Alternative) -> tuple[int | None, int]:
    """First place in the folded text and how often it stands there."""
    if alternative.number is not None:
        return None, candidate.count_number(alternative.number)
    if alternative.whole and not candidate.has_word(alternative.pattern[0]):
        return None, 0
    if len(alternative.pattern) == 1:
        place = candidate.folded.find(alternative.pattern[0])
        return (place, candidate.folded.count(alternative.pattern[0])) if place >= 0 else (None, 0)
    match = pattern_regex(alternative.pattern).search(candidate.folded)
    return (match.start(), 1) if match else (None, 0)


def _stated(candidate: Candidate, group: Group) -> bool:
    """Whether the clause says what the thing is (质量保证期为二十四个月), and does not only mention it."""
    for alternative in group.alternatives:
        if alternative.pattern and candidate.may_have(alternative) and len("".join(alternative.pattern)) > 1:
            for match in pattern_regex(alternative.pattern).finditer(candidate.folded):
                if _STATES.match(candidate.folded, match.end()):
                    return True
    return False


def _in_heads(candidate: Candidate, alternative: Alternative) -> float:
    if not alternative.pattern or not candidate.folded_heads:
        return 0.0
    for level, head in enumerate(reversed(candidate.folded_heads)):
        if alternative.pattern[0] in head and (
            len(alternative.pattern) == 1 or pattern_regex(alternative.pattern).search(head)
        ):
            return _ABOVE if level else _OWN_HEADING
    return 0.0


@lru_cache(maxsize=512)
def ordered(layers: frozenset[MatchLayer]) -> tuple[MatchLayer, ...]:
    """Layers, strongest first."""
    return tuple(sorted(layers, key=LAYERS.index))
