"""What every value reader returns: a place in the text it was given.

Offsets count code points of the string handed to the reader, half-open. Readers get folded text (`nlp.normalize.fold`).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Found:
    """A value and its place.

    Attributes:
        start: first character.
        end: one past the last character.
    """

    start: int
    end: int


F = TypeVar("F", bound=Found)


def without_overlaps(found: Sequence[F]) -> list[F]:
    """Values in text order; of two that share a character the longer stays, of equals the earlier in the list."""
    kept: list[F] = []
    for item in sorted(found, key=lambda f: (f.start, f.start - f.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
        elif item.end - item.start > kept[-1].end - kept[-1].start:
            kept[-1] = item
    return kept


def within(found: Sequence[F], start: int, end: int) -> Sequence[F]:
    """The values that begin inside a range, of a list in text order."""
    first = bisect_left(found, start, key=lambda item: item.start)
    last = bisect_left(found, end, key=lambda item: item.start)
    return found[first:last]
