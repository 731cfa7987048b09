"""How alike two texts are, and where they differ."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from search.analysis import pairs
from search.fold import fold

Piece = tuple[Literal["equal", "removed", "added"], str]

_TOKEN = re.compile(r"\d[\d,.]*|[A-Za-z]+|.", re.DOTALL)
_SHORTEST_EQUAL = 2


def bag(text: str) -> Counter[str]:
    """Pairs of the folded text with how often each stands there."""
    stream = fold(text)
    return Counter(pairs(stream) or [stream])


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice coefficient of two bags: twice what they share, over all they have; 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def pieces(before: str, after: str) -> list[Piece]:
    """Words from one text to the other; numbers stay whole, and short coincidences between changes count as changed.

    Args:
        before: as printed.
        after: as printed.
    """
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal" and (a1 - a0 >= _SHORTEST_EQUAL or a0 == 0 or a1 == len(left)):
            found.append(("equal", "".join(left[a0:a1])))
        else:
            found += [("removed", "".join(left[a0:a1])), ("added", "".join(right[b0:b1]))]
    return list(_gathered(found))


def _gathered(found: list[Piece]) -> Iterator[Piece]:
    """Neighbouring changes as one removal and one addition."""
    removed = added = ""
    for kind, text in [*found, ("equal", "")]:
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        else:
            if removed:
                yield "removed", removed
            if added:
                yield "added", added
            removed = added = ""
            if text:
                yield "equal", text


def differing(before: str, after: str) -> list[tuple[int, int]]:
    """Ranges of the second text that the first has not, as code point offsets."""
    at, found = 0, []
    for kind, text in pieces(before, after):
        if kind == "added":
            found.append((at, at + len(text)))
        if kind != "removed":
            at += len(text)
    return found
