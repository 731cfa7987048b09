"""Rules as data: rows of `nlp/data/*.toml`, each with the examples that prove it.

A row looks like this; `patterns` are regular expressions over folded text, other keys are the row's own:

    [[role]]
    id = "role.lessor"
    label = "出租人"
    patterns = ["出租(?:人|方)", "房东"]
    role_kind = "lessor"
    examples = ["出租人：王某"]
    counterexamples = ["承租人：李某"]

tests/nlp/test_lexicon.py walks all rows both ways; docs/rules.md is generated from them.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

_PLAIN = ("terms.toml", "laws.toml", "lookalikes.toml")
_OWN_KEYS = frozenset({"id", "label", "patterns", "examples", "counterexamples", "note"})


@dataclass(frozen=True)
class Rule:
    """One row.

    Attributes:
        id: unique over all tables; stands in `Evidence.rule`.
        label: what a lawyer calls it.
        patterns: regular expressions over folded text.
        examples: texts in which one of the patterns must be found.
        counterexamples: texts in which none may be found.
        note: why, or the source.
        data: the other keys of the row.
    """

    id: str
    label: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    note: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The patterns as alternatives."""
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.patterns))


@cache
def read_rules(table: str) -> tuple[Rule, ...]:
    """The rows of one table, in file order.

    Args:
        table: file name without folder and suffix (`roles`).

    Raises:
        ValueError: a row lacks an id, patterns or examples.
    """
    content = tomllib.loads((resources.files("nlp.data") / f"{table}.toml").read_text(encoding="utf-8"))
    return tuple(_rule(row, table) for rows in content.values() for row in rows)


def rule_tables() -> tuple[str, ...]:
    """Names of all tables whose rows are rules (terms, laws and lookalikes are plain lists)."""
    names = sorted(f.name for f in resources.files("nlp.data").iterdir() if f.name.endswith(".toml"))
    return tuple(name.removesuffix(".toml") for name in names if name not in _PLAIN)


def _rule(row: dict[str, Any], table: str) -> Rule:
    missing = {"id", "label", "patterns", "examples"} - row.keys()
    if missing:
        raise ValueError(f"nlp/data/{table}.toml: a row lacks {', '.join(sorted(missing))}: {row.get('id')}")
    return Rule(
        row["id"],
        row["label"],
        tuple(row["patterns"]),
        tuple(row["examples"]),
        tuple(row.get("counterexamples", ())),
        row.get("note", ""),
        {key: value for key, value in row.items() if key not in _OWN_KEYS},
    )


@dataclass(frozen=True)
class Cue:
    """A rule found at a place.

    Attributes:
        rule: the row.
        start: first character in the text searched.
        end: one past the last.
    """

    rule: Rule
    start: int
    end: int


class CueFinder:
    """Finds the rows of some tables in text, all at once."""

    def __init__(self, *rules: Rule) -> None:
        """Compile rules to one expression.

        Args:
            rules: of equal matches at one place the earlier rule wins.
        """
        self._rules = {f"r{n}": rule for n, rule in enumerate(rules)}
        parts = (f"(?P<{name}>{'|'.join(rule.patterns)})" for name, rule in self._rules.items())
        self._regex = re.compile("|".join(parts))

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Cue]:
        """Cues in `text[start:end]`, in order, without overlaps."""
        matches = self._regex.finditer(text, start, len(text) if end is None else end)
        return [Cue(self._rules[m.lastgroup], m.start(), m.end()) for m in matches if m.lastgroup]
