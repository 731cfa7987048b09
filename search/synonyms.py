"""The table of legal synonyms (`data/synonyms.toml`) and of questions (`data/questions.toml`).

All words are folded here, so that `SLA` and `sla` are one row. A word with `…` is a pattern: its parts stand in this
order within one sentence.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from search.fold import fold

SAME, RELATED = 0.9, 0.7
"""How much a synonym counts against the word itself."""

GAP = 12
"""Characters that `…` may stand for."""

Pattern = tuple[str, ...]
"""Folded parts of a word; one unless it is written with `…`."""


@dataclass(frozen=True)
class Question:
    """What a question asks for.

    Attributes:
        wants: kinds of facts that answer.
        words: folded words to look for in place of the cue.
        soft: patterns that an answer often has.
    """

    wants: tuple[str, ...]
    words: tuple[str, ...] = ()
    soft: tuple[Pattern, ...] = ()


@dataclass(frozen=True)
class Synonyms:
    """The tables, folded.

    Attributes:
        same: word to the words that mean the same.
        related: word to the words it also finds.
        never: pairs that are never taken for one another.
        questions: cue to what it asks for.
        hints: word to the kinds of facts it makes likely.
        weak: words that say little.
        stop: words that say nothing.
        longest: characters of the longest word or cue.
    """

    same: dict[str, tuple[Pattern, ...]]
    related: dict[str, tuple[Pattern, ...]]
    never: frozenset[frozenset[str]]
    questions: dict[str, Question]
    hints: dict[str, tuple[str, ...]]
    weak: frozenset[str]
    stop: frozenset[str]
    longest: int

    def known(self, word: str) -> bool:
        """Whether a folded word stands in a table, as a word or a cue."""
        return word in self.same or word in self.related or word in self.questions or word in self.hints

    def of(self, word: str) -> Iterator[tuple[Pattern, float]]:
        """Other words for a folded word, each with how much it counts; no word twice."""
        given: set[Pattern] = {(word,)}
        for patterns, weight in ((self.same.get(word, ()), SAME), (self.related.get(word, ()), RELATED)):
            for pattern in patterns:
                if pattern not in given:
                    given.add(pattern)
                    yield pattern, weight

    def kept_apart(self, word: str) -> tuple[str, ...]:
        """What a folded word must not become: for 订金条款 that is 定金.

        Each side of a pair that stands in the word names the other side, unless that stands there too.
        """
        sides = [side for pair in self.never for side in (tuple(pair), tuple(pair)[::-1])]
        return tuple(other for one, other in sides if one in word and other not in word.replace(one, "\0"))


@cache
def synonyms() -> Synonyms:
    """The tables; read once."""
    table = _load("synonyms.toml")
    same: defaultdict[str, list[Pattern]] = defaultdict(list)
    related: defaultdict[str, list[Pattern]] = defaultdict(list)
    for row in table["same"]:
        patterns = [pattern_of(word) for word in row["words"]]
        for pattern in patterns:
            if len(pattern) == 1:
                # A single character stands for the others when it is typed, and is part of too many words otherwise.
                same[pattern[0]] += [other for other in patterns if other != pattern and len("".join(other)) > 1]
    for row in table["related"]:
        for typed in row["typed"]:
            related[fold(typed)] += [pattern_of(word) for word in row["finds"]]
    questions = _load("questions.toml")
    asked = {
        fold(cue): Question(
            tuple(row["wants"]), tuple(map(fold, row.get("words", ()))), tuple(map(pattern_of, row.get("soft", ())))
        )
        for row in questions["question"]
        for cue in row["cues"]
    }
    return Synonyms(
        same={word: tuple(dict.fromkeys(others)) for word, others in same.items()},
        related={word: tuple(dict.fromkeys(others)) for word, others in related.items()},
        never=frozenset(frozenset(map(fold, row["words"])) for row in table["never"]),
        questions=asked,
        hints={fold(word): tuple(row["wants"]) for row in questions["hint"] for word in row["words"]},
        weak=frozenset(map(fold, questions["weak"]["words"])),
        stop=frozenset(map(fold, questions["stop"]["words"])),
        longest=max(map(len, [*same, *related, *asked])),
    )


def pattern_of(word: str) -> Pattern:
    """The folded parts of a word of the table."""
    return tuple(fold(part) for part in word.split("…"))


@cache
def pattern_regex(pattern: Pattern) -> re.Pattern[str]:
    """Finds a pattern in a folded text, where the signs that end a sentence are gone: hence the short gap."""
    return re.compile(f".{{0,{GAP}}}?".join(map(re.escape, pattern)))


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("search") / "data" / name).read_text("utf-8"))
