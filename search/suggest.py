"""What somebody who is typing may mean: words and parties of the collection, by their beginning or by pinyin."""

import re
from collections.abc import Sequence

from pydantic_core import from_json

from search.backend import Engine
from search.compile import folded
from search.fold import fold
from search.tree import Nothing, Term, Terms, all_of, any_of

_LAST = re.compile(r"[^\s\"“”「」:：()（）]+$")
_MOST = 200


def suggest(engine: Engine, typed: str, limit: int = 8, folders: tuple[str, ...] | None = None) -> list[str]:
    """Ways to finish the last word, the most frequent first.

    Args:
        engine: whose words are suggested.
        typed: the query so far.
        limit: suggestions wanted.
        folders: only what stands in clauses of these folders; None for all.

    Returns:
        Whole queries: what was typed with its last word finished.
    """
    match = _LAST.search(typed)
    beginning = fold(match.group()) if match else ""
    if not match or not beginning:
        return []
    names = engine.prefixed("name", beginning, _MOST)
    if beginning.isascii() and beginning.isalpha():
        for field in ("sound", "initials"):
            spoken = engine.prefixed(field, beginning, _MOST)
            rows = engine.find(Terms(field, tuple(spoken)), limit=_MOST).rows if spoken else ()
            names += [from_json(row.kept[0])["name"] for row in rows]
    found = _frequent(engine, _visible(engine, list(dict.fromkeys(names)), folders), beginning)
    return [typed[: match.start()] + name for name in found[:limit]]


def _visible(engine: Engine, names: list[str], folders: tuple[str, ...] | None) -> list[str]:
    """Those that are words or parties of clauses in these folders."""
    if folders is None or not names:
        return names
    inside = Terms("folder", folders) if folders else Nothing()
    trees = [
        all_of(any_of(Term("words", name), folded(name), Term("facts", f"party.party={name}")), inside)
        for name in names
    ]
    return [name for name, count in zip(names, engine.counts(trees), strict=True) if count]


def _frequent(engine: Engine, names: Sequence[str], beginning: str) -> list[str]:
    """Those that stand in clauses, most frequent first; parties, which are no words, by their beginning pairs."""
    others = [name for name in names if name != beginning]
    counts = engine.frequencies("words", others) if others else []
    ranked = sorted(zip(counts, others, strict=True), key=lambda pair: (-pair[0], len(pair[1]), pair[1]))
    return [name for _, name in ranked]
