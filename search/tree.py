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
class Constant:
    """The same documents, all with this score: for filters."""

    part: "Tree"
    score: float = 0.0


Tree = Everything | Nothing | Term | Terms | Phrase | Prefix | Range | AllOf | AnyOf | Not | Boost | Constant


def all_of(*parts: Tree) -> Tree:
    """All of them; one alone stays itself."""
    return parts[0] if len(parts) == 1 else AllOf(parts)


def any_of(*parts: Tree) -> Tree:
    """One of them; none at all is `Nothing`."""
    if not parts:
        return Nothing()
    return parts[0] if len(parts) == 1 else AnyOf(parts)
