"""From a query to what is asked of the engine: parsed, looked up, weighed, compiled."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial

from pydantic_core import from_json

from schema.query import ClauseQuery, Condition, MatchLayer
from search.ahead import Ahead
from search.analysis import keyword, pairs
from search.backend import Engine
from search.compile import EVERY_CLAUSE, as_typed, exactly, folded, meant
from search.documents import CLAUSE, Words
from search.fold import fold
from search.meaning import Alternative, Group, Meaning, cut_out, merged, read_meaning
from search.parse_query import Both, Either, Filter, Node, Parsed, Quote, Text, Together, Without, parse_query
from search.pinyin import sounds
from search.rank import Reading
from search.scale import SLOTS, slot_term
from search.spoken import heard, letters_of, occurring
from search.synonyms import synonyms
from search.tree import Boost, Not, Nothing, Term, Terms, Tree, all_of, any_of, only_clauses
from search.variants import LONGEST, looking_alike, with_one_wrong
from search.where import compile_where

ENOUGH = 10
"""With fewer hits that have all the words, those that have half of them are given too."""

_TYPO, _SPOKEN, _MISPRINT = 0.8, 0.85, 0.6
_WEAK = 0.35
_COMMON = 0.1
_MOST_READINGS = 5
_MOST_NAMES = 1000


class Lookup:
    """What the index knows of words and names; remembers what it was asked while one query is answered."""

    def __init__(self, engine: Engine, folders: tuple[str, ...] | None = None) -> None:
        """Ask this engine.

        Args:
            engine: that knows.
            folders: where words must stand to be known; None for anywhere.
        """
        self._engine = engine
        self._inside = [] if folders is None else [Terms("folder", folders) if folders else Nothing()]
        self._known: dict[str, int] = {}

    def frequencies(self, wanted: Sequence[str]) -> Mapping[str, int]:
        """In how many clauses each pair of characters stands."""
        unknown = [pair for pair in dict.fromkeys(wanted) if pair not in self._known]
        if unknown:
            self._known |= dict(zip(unknown, self._engine.frequencies("grams", unknown), strict=True))
        return self._known

    @cached_property
    def clauses(self) -> int:
        """About how many clauses there are."""
        return self._engine.frequencies("facts", [CLAUSE])[0]

    def occurs(self, texts: Sequence[str]) -> list[str]:
        """Those of the folded texts that stand somewhere."""
        counts = self._engine.counts([all_of(folded(text), *self._inside) for text in texts]) if texts else []
        return [text for text, count in zip(texts, counts, strict=True) if count]

    def words(self, field_name: str, values: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Words of the index by sound or initials."""
        found: dict[str, list[str]] = {}
        rows = self._engine.find(Terms(field_name, tuple(values)), limit=2000).rows if values else ()
        for row in rows:
            name = from_json(row.kept[0])["name"]
            if spoken := sounds(name):
                found.setdefault(spoken[0] if field_name == "sound" else spoken[1], []).append(name)
        return found

    def slots(self, kind: str) -> int:
        """The most facts of a kind that any clause has."""
        counts = self._engine.frequencies("facts", [slot_term(slot, kind) for slot in range(SLOTS)])
        return max((slot + 1 for slot, count in enumerate(counts) if count), default=1)

    def resolve(self, kind: str, words: str) -> list[str]:
        """Names of parties that contain the words, or ids of the contracts meant by an id, a number or a title."""
        stream = fold(words)
        contains = all_of(*(Term("name_pairs", pair) for pair in pairs(stream))) if len(stream) > 1 else Nothing()
        ways = [contains, Term("name", keyword(words))]
        rows = self._engine.find(all_of(any_of(*ways), Term("unit", kind)), limit=_MOST_NAMES).rows
        cores = [from_json(row.kept[0]) for row in rows]
        if kind == "party":
            return [core["name"] for core in cores if stream in core["name"]]
        found = [core["contract"] for core in cores if stream in core["names"]]
        return found + [
            name for name in self._engine.prefixed("contract", words.strip(), _MOST_NAMES) if len(words.strip()) >= 6
        ]


@dataclass
class Plan:
    """What to ask the engine.

    Attributes:
        hard: filters; all must hold.
        soft: the query text as a tree, see `tree`; None when nothing was typed.
        readings: of the words, as typed first.
        quotes: characters that must stand exactly.
        filtered: whether there are conditions.
        notes: for the person who asked.
        rewrite: adds readings of what does not occur in these folded texts of hits; whether it found any.
    """

    hard: list[Tree]
    soft: Callable[[float | None], Tree] | None
    readings: list[Reading] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    filtered: bool = False
    notes: list[str] = field(default_factory=list)
    rewrite: Callable[[Sequence[str]], bool] = lambda seen: False

    @property
    def ranked(self) -> bool:
        """Whether there is something to rank by."""
        return bool(self.quotes or any(r.meaning.groups for r in self.readings))

    @property
    def words(self) -> int:
        """Number of telling words of the query as typed."""
        return sum(not group.weak for group in self.readings[0].meaning.groups) if self.readings else 0

    def tree(self, share: float | None = 1.0) -> Tree:
        """All conditions together.

        Args:
            share: of the telling words that must be there; at least one of them always must. None: all of them, as
                they were typed and nothing in their place.
        """
        parts = [*([self.soft(share)] if self.soft else []), *self.hard]
        tree = all_of(*parts) if parts else EVERY_CLAUSE
        return tree if only_clauses(tree) else all_of(EVERY_CLAUSE, tree)


class Planner:
    """Makes plans for one engine."""

    def __init__(self, engine: Engine, words: Words) -> None:
        """Use this engine and this word segmenter."""
        self._engine = engine
        self.words = words
        self._meaning = lru_cache(maxsize=1024)(partial(read_meaning, words=words))  # pages and filters ask again

    def plan(self, query: ClauseQuery) -> Plan:
        """Make a plan.

        Raises:
            SearchError: a filter names an unknown field or an unreadable value.
        """
        lookup = Lookup(self._engine, query.folders)
        parsed = parse_query(query.text)
        hard = compile_where(query.where, lookup)
        if query.folders is not None:
            hard.append(Terms("folder", query.folders) if query.folders else Nothing())
        plan = Plan(hard, None, filtered=bool(query.where), notes=list(parsed.notes))
        if parsed.root is not None:
            compiler = _Compiler(plan, lookup, self.words, self._meaning)
            compiler.read(parsed)
            plan.rewrite = compiler.rewrite
        return plan


class _Compiler:
    """Turns a parsed query into the soft part of a plan."""

    def __init__(self, plan: Plan, lookup: Lookup, words: Words, meaning: Callable[[str], Meaning]) -> None:
        self._plan = plan
        self._lookup = lookup
        self._words = words
        self._meaning = meaning
        self._meanings: dict[str, list[Reading]] = {}

    def read(self, parsed: Parsed) -> None:
        if parsed.root is None:
            return
        root = _marks_as_quotes(parsed.root)
        positive = list(_positive(root))
        self._plan.quotes = [node.text for node in positive if isinstance(node, Quote)]
        self._plan.filtered |= any(isinstance(node, Filter) for node in positive)
        texts = [node.text for node in positive if isinstance(node, Text)]
        for text in texts:
            self._meanings[text] = self._read_text(text)
        self._plan.readings = _together([self._meanings[text] for text in texts])
        literal = exactly(parsed.typed.strip()) if not isinstance(root, Text | Quote) else None
        self._plan.soft = lambda share: any_of(self._tree(root, share), *([Boost(literal, 4.0)] if literal else []))

    def _tree(self, node: Node, share: float | None = 1.0) -> Tree:
        match node:
            case Text(text):
                return self._text_tree(text, share)
            case Quote(text):
                return exactly(text)
            case Filter():
                return self._conditions([node.condition])
            case Without(part):
                return Not(self._excluded(part))
            case Either(parts):
                return any_of(*(self._tree(part, share and 1.0) for part in parts))
            case Both(parts) | Together(parts):
                filters = [part.condition for part in parts if isinstance(part, Filter)]
                trees = [self._conditions(filters)] if filters else []
                loose = share if isinstance(node, Together) else share and 1.0
                trees += [self._tree(part, loose) for part in parts if not isinstance(part, Filter)]
                return _guarded(trees)

    def _conditions(self, conditions: list[Condition]) -> Tree:
        return _guarded(compile_where(conditions, self._lookup))

    def _excluded(self, node: Node) -> Tree:
        """What an exclusion excludes: words exactly as typed, no synonyms."""
        match node:
            case Text(text):
                return all_of(*(folded(run) for run in text.split())) if text.split() else Nothing()
            case Without(part):
                return Not(self._excluded(part))
            case Either(parts):
                return any_of(*map(self._excluded, parts))
            case Both(parts) | Together(parts):
                return _guarded(list(map(self._excluded, parts)))
            case _:
                return self._tree(node)

    def _text_tree(self, text: str, share: float | None) -> Tree:
        trees = []
        readings = self._meanings.get(text) or self._read_text(text)
        if share is None:
            return as_typed(readings[0].meaning)
        for reading in readings:
            telling = sum(not group.weak for group in reading.meaning.groups)
            least = math.ceil(telling * share) if share < 1 and reading.layer is None else None
            trees.append(Boost(meant(reading.meaning, least=least), reading.factor))
        return any_of(*trees)

    def _read_text(self, text: str) -> list[Reading]:
        """The text as typed; all that is asked of the index about it is asked at once, and what is known is kept."""
        meaning = self._meaning(text)
        clauses = Ahead(lambda: self._lookup.clauses)
        alternatives = [a for group in meaning.groups for a in (*group.alternatives, *_look_alikes(group))]
        parts = [part for a in alternatives for part in a.pattern] + list(map(fold, meaning.runs))
        self._lookup.frequencies([pair for part in parts for pair in pairs(part)])
        clauses.result()
        return [Reading(self._weighed(self._misprinted(meaning)))]

    def rewrite(self, seen: Sequence[str]) -> bool:
        """Add readings of what does not occur as it was typed.

        Args:
            seen: folded texts of hits; what stands in one of them occurs.

        Returns:
            Whether there are any.
        """
        added = False
        for text, readings in self._meanings.items():
            meaning = readings[0].meaning
            if all(any(fold(run) in one for one in seen) for run in meaning.runs):
                continue
            for other, layer, factor in self._rewritten(meaning, text):
                readings.append(Reading(self._weighed(self._meaning(other)), layer, factor))
                self._plan.readings.append(readings[-1])
                added = True
        return added

    def _misprinted(self, meaning: Meaning) -> Meaning:
        """Longer words also match where the document has one character that looks alike instead."""
        groups = []
        for group in meaning.groups:
            others = _look_alikes(group)
            known = self._lookup.frequencies([p for other in others for p in pairs(other.pattern[0])])
            found = [other for other in others if all(known[p] for p in pairs(other.pattern[0]))]
            groups.append(replace(group, alternatives=(*group.alternatives, *found)))
        return replace(meaning, groups=tuple(groups))

    def _weighed(self, meaning: Meaning) -> Meaning:
        """Groups with weights between 0 and 1: rare ones tell more."""
        clauses = max(self._lookup.clauses, 1)
        wanted = [p for g in meaning.groups for a in g.alternatives for part in a.pattern for p in pairs(part)]
        known = self._lookup.frequencies(wanted)
        groups = []
        for group in meaning.groups:
            counts = [min((known[p] for part in a.pattern for p in pairs(part)), default=1) for a in group.alternatives]
            often = min(max(counts, default=0), clauses)
            if len(group.typed) == 1 and len(group.alternatives) == 1:
                often = max(often, clauses // 8)  # a lone character tells little; how often it stands is not looked up
            weight = math.log(1 + (clauses - often + 0.5) / (often + 0.5)) / math.log(1 + (clauses + 0.5) / 0.5)
            weight = max(weight, 0.08) * (_WEAK if group.weak else 1.0)
            present = tuple(
                a for k, (a, count) in enumerate(zip(group.alternatives, counts, strict=True)) if count or not k
            )
            groups.append(replace(group, weight=weight, common=often > clauses * _COMMON, present=present))
        return replace(meaning, groups=tuple(groups))

    def _rewritten(self, meaning: Meaning, text: str) -> Iterator[tuple[str, MatchLayer, float]]:
        """Other texts for what does not occur anywhere."""
        letters = letters_of(text)
        frequencies = self._lookup.frequencies
        if letters and not self._lookup.occurs([fold(run) for run in meaning.runs]):
            candidates = occurring(heard(letters, self._lookup.words, frequencies), frequencies)
            for reading in self._lookup.occurs(candidates[:20])[:_MOST_READINGS]:
                self._plan.notes.append(f"“{text.strip()}” read as pinyin: “{reading}”")
                yield reading, "pinyin", _SPOKEN
            return
        for run in meaning.runs:
            stream = fold(run)
            if not 2 <= len(stream) <= LONGEST or not (self._odd(stream) and self._absent(stream)):
                continue
            for variant in self._lookup.occurs(with_one_wrong(stream, frequencies)[:20])[:2]:
                self._plan.notes.append(f"no “{run}”, did you mean “{variant}”? also searched")
                yield text.replace(run, variant), "typo", _TYPO

    def _odd(self, stream: str) -> bool:
        """Whether the segmenter leaves a character alone that is no word by itself: 合同|专用|张."""
        return any(len(word) == 1 and word not in synonyms().stop for word in cut_out(stream, self._words))

    def _absent(self, stream: str) -> bool:
        """Whether a run occurs nowhere; long runs of known pairs are sentences, which need not occur."""
        known = self._lookup.frequencies(pairs(stream))
        if any(not known[p] for p in pairs(stream)):
            return True
        return len(stream) <= 5 and not self._lookup.occurs([stream])


def _look_alikes(group: Group) -> list[Alternative]:
    """Longer words with one character that looks alike instead."""
    others = looking_alike(group.typed) if 3 <= len(group.typed) <= 12 else []
    return [Alternative((other,), "typo", _MISPRINT) for other in others]


def _marks_as_quotes(node: Node) -> Node:
    """Text of nothing but marks (、 or ——) has no words to look for: it means these characters."""
    match node:
        case Text(text) if text.strip() and not fold(text):
            return Quote(text.strip())
        case Both(parts) | Either(parts) | Together(parts):
            return type(node)(tuple(map(_marks_as_quotes, parts)))
        case Without(part):
            return Without(_marks_as_quotes(part))
        case _:
            return node


def _guarded(trees: Sequence[Tree]) -> Tree:
    """All of them, and something to exclude from where they only exclude."""
    tree = all_of(*trees)
    return tree if only_clauses(tree) else all_of(EVERY_CLAUSE, tree)


def _positive(node: Node) -> Iterator[Node]:
    """Texts, quotes and filters that are not excluded."""
    match node:
        case Both(parts) | Either(parts) | Together(parts):
            for part in parts:
                yield from _positive(part)
        case Without():
            return
        case _:
            yield node


def _together(readings: Iterable[list[Reading]]) -> list[Reading]:
    """Readings of several texts as one of all of them."""
    found = list(readings)
    if not found:
        return []
    plain = found[0][0].meaning
    for others in found[1:]:
        plain = merged(plain, others[0].meaning)
    return [Reading(plain)]
