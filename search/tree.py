"""The query tree that every engine understands; each backend turns it into its own query objects.

Ranges are of integers and include both ends: money, rates and lengths are scaled before they come here, so that no
engine compares floats.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Everything:
    """AllOf document."""


@dataclass(frozen=True)
class Nothing:
    """No document."""


@dataclass(frozen=True)
class Term:
    """Documents with this token in the field."""

    field: str
    value: str


@dataclass(frozen=True)
class Terms:
    """Documents with one of these tokens in the field; all score alike."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """Documents with these tokens one after the other."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Prefix:
    """Documents with a token that begins so; all score alike."""

    field: str
    value: str


@dataclass(frozen=True)
class Range:
    """Documents with a value between the two, both included; None is open."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class AllOf:
    """All parts hold; a `Not` among them excludes. At least one part is no `Not`."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least `least` parts hold; scores add up."""

    parts: tuple["Tree", ...]
    least: int = 1


@dataclass(frozen=True)
class Not:
    """Inside `AllOf`: excludes."""

    part: "Tree"


@dataclass(frozen=True)
class Boost:
    """The same documents, scores multiplied."""

    part: "Tree"
    factor: float


@dataclass(frozen=True)
class Prefer:
    """The same documents; those that match the extras too score higher."""

    part: "Tree"
    extras: tuple["Tree", ...]


@dataclass(frozen=True)
class Constant:
    """The same documents, all with this score: for filters."""

    part: "Tree"
    score: float = 0.0


Tree = Everything | Nothing | Term | Terms | Phrase | Prefix | Range | AllOf | AnyOf | Not | Boost | Prefer | Constant


_ALSO_ELSEWHERE = frozenset({"contract", "id", "unit", "place"})
"""Fields of clauses that other documents of the index have too."""


def all_of(*parts: Tree) -> Tree:
    """All of them; one alone stays itself, and those of a part that is of the same kind are taken out of it."""
    flat = tuple(p for part in parts for p in (part.parts if isinstance(part, AllOf) else (part,)))
    return flat[0] if len(flat) == 1 else AllOf(flat)


def any_of(*parts: Tree) -> Tree:
    """One of them; none at all is `Nothing`."""
    flat = tuple(p for part in parts for p in (part.parts if isinstance(part, AnyOf) and part.least == 1 else (part,)))
    flat = tuple(part for part in flat if not isinstance(part, Nothing)) or (Nothing(),)
    return flat[0] if len(flat) == 1 else AnyOf(flat)


def only_clauses(tree: Tree) -> bool:
    """Whether a tree can match nothing but clauses, rows and parts, without saying so."""
    match tree:
        case Term(field) | Terms(field) | Phrase(field) | Prefix(field) | Range(field):
            return field not in _ALSO_ELSEWHERE
        case AllOf(parts):
            return any(map(only_clauses, parts))
        case AnyOf(parts):
            return all(map(only_clauses, parts))
        case Boost(part) | Constant(part) | Prefer(part):
            return only_clauses(part)
        case Nothing():
            return True
        case _:
            return False


def unscored(tree: Tree) -> Tree:
    """A tree that matches the same, without what only serves scores: for counting."""
    match tree:
        case Boost(part) | Constant(part) | Prefer(part):
            return unscored(part)
        case AllOf(parts):
            return all_of(*map(unscored, parts))
        case AnyOf(parts, 1):
            return _absorbed(any_of(*map(unscored, parts)))
        case AnyOf(parts, least):
            return AnyOf(tuple(map(unscored, parts)), least)
        case Not(part):
            return Not(unscored(part))
        case _:
            return tree


def _absorbed(tree: Tree) -> Tree:
    """Without the parts that ask for all that another part asks for, and more: 履约保证金 next to 保证金."""
    if not isinstance(tree, AnyOf):
        return tree
    wanted = [frozenset(part.parts if isinstance(part, AllOf) else (part,)) for part in tree.parts]
    kept = [
        part
        for k, (part, mine) in enumerate(zip(tree.parts, wanted, strict=True))
        if not any(other < mine or (other == mine and j < k) for j, other in enumerate(wanted))
    ]
    return any_of(*kept)
