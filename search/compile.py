"""Meanings as query trees. What is a hit is decided here; rank.py decides the order.

A word of the query is found in a clause when all its folded pairs stand there, literally or only once folded: that
never misses a literal substring, and says too much only where the pairs of a long word stand apart.
"""

from collections.abc import Sequence

from search.analysis import pairs
from search.documents import CLAUSE
from search.fold import END, ONLY_FOLDED, fold, literal
from search.meaning import Alternative, Group, Meaning
from search.synonyms import Pattern
from search.tree import (
    AllOf,
    AnyOf,
    Boost,
    Constant,
    Not,
    Nothing,
    Phrase,
    Prefer,
    Prefix,
    Term,
    Tree,
    all_of,
    any_of,
)

EVERY_CLAUSE = Constant(Term("facts", CLAUSE))

_HEADING = 0.5
_WORD = 0.3
"""Boost of the word field over pairs: measured best between 0.2 and 0.5 on lay questions against statutes."""


def exactly(text: str) -> Tree:
    """Clauses that hold exactly these characters.

    Args:
        text: any characters, white space included; not empty.
    """
    stream = literal(text)
    if not stream:
        return Nothing()
    if len(stream) == 1:
        return AllOf((Prefix("grams", stream), Not(Term("bridges", ONLY_FOLDED + stream))))
    tokens = tuple(pairs(stream))
    # A phrase cannot reach over a break; a single pair may be one that only the folded text has.
    return Phrase("grams", tokens) if len(tokens) > 1 else AllOf((Term("grams", stream), Not(Term("bridges", stream))))


def folded(text: str) -> Tree:
    """Clauses that hold these characters once folded; a superset of `exactly`.

    Args:
        text: as typed; marks and blanks alone are looked for literally.
    """
    stream = fold(text)
    if not stream:
        return exactly(text)
    if len(stream) == 1:
        return Prefix("grams", stream)
    return all_of(*(Term("grams", pair) for pair in dict.fromkeys(pairs(stream))))


def matches(group: Group) -> Tree:
    """Clauses that satisfy a group in their text or headings."""
    found = [any_of(*map(_alternative, group.findable))]
    if heading := [_in_heading(a.pattern) for a in group.findable if len("".join(a.pattern)) > 1]:
        found.append(Boost(any_of(*heading), _HEADING))
    return any_of(*found)


def _alternative(alternative: Alternative) -> Tree:
    if alternative.number is not None:
        return Term("numbers", alternative.number)
    if alternative.whole:
        tree: Tree = Term("words", alternative.pattern[0])
    else:
        tree = all_of(*(folded(part) for part in alternative.pattern if part))
    return tree if alternative.weight == 1.0 else Boost(tree, alternative.weight)


def _in_heading(pattern: Pattern) -> Tree:
    found = dict.fromkeys(pair for part in pattern for pair in (pairs(part) if len(part) > 1 else [part + END]))
    return all_of(*(Term("heads", pair) for pair in found))


def meant(meaning: Meaning, *, least: int | None = None) -> Tree:
    """Clauses that answer free text.

    Args:
        meaning: what to look for.
        least: number of telling groups that must be satisfied; all when None.
    """
    strong = _strong(meaning)
    groups = [Boost(matches(group), max(group.weight, 0.05)) for group in strong]
    count = len(groups) if least is None else max(1, min(least, len(groups)))
    tree: Tree = (
        all_of(*groups) if count == len(groups) and groups else AnyOf(tuple(groups), count) if groups else Nothing()
    )
    runs = [fold(run) for run in meaning.runs if fold(run)]
    if runs and not all(any(group.typed in run for run in runs) for group in strong):
        tree = any_of(tree, all_of(*map(folded, runs)))  # what was taken for a cue may yet be meant literally
    extras = _as_a_whole(meaning, strong)
    extras += [Boost(matches(group), 0.3) for group in meaning.groups if group not in strong]
    extras += [Boost(Term("words", group.typed), _WORD) for group in _telling(meaning.groups)]
    return Prefer(tree, tuple(extras)) if extras else tree


def as_typed(meaning: Meaning) -> Tree:
    """Clauses that hold all telling words as they were typed; a part of those that `meant` finds, found much faster."""
    strong = _strong(meaning)
    extras = _as_a_whole(meaning, strong)
    for group in _telling(strong):
        extras.append(Boost(Term("words", group.typed), _WORD))
        extras.append(Boost(_in_heading((group.typed,)), _HEADING))
    soft = [a for group in meaning.groups if group not in strong for a in group.findable if a.number is None]
    extras += [Boost(_alternative(a), 0.3) for a in soft if all(len(part) > 1 for part in a.pattern)]
    tree = all_of(*(Boost(folded(group.typed), max(group.weight, 0.05)) for group in strong)) if strong else Nothing()
    return Prefer(tree, tuple(extras)) if extras else tree


def _strong(meaning: Meaning) -> list[Group]:
    return [group for group in meaning.groups if not group.weak] or list(meaning.groups)


def _telling(groups: Sequence[Group]) -> list[Group]:
    return [group for group in groups if len(group.typed) > 1 and not group.common]


def _as_a_whole(meaning: Meaning, strong: Sequence[Group]) -> list[Tree]:
    """What was typed, by every other of its pairs: the few clauses that are ranked are looked at letter by letter.

    A run that is one group is found by its pairs already.
    """
    several = [run for run in meaning.runs if len(fold(run)) > 1 and not any(fold(run) == g.typed for g in strong)]
    return [Boost(Constant(_covered(fold(run)), 1.0), 4.0) for run in several]


def _covered(stream: str) -> Tree:
    """Clauses that hold each character of a folded stream next to one of its neighbours."""
    found = pairs(stream)
    return all_of(*(Term("grams", pair) for pair in dict.fromkeys([*found[::2], found[-1]])))
