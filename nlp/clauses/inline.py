"""Numbers inside a line: `…如下：（1）合同书；（2）图纸。`.

`一、租期一年。二、租金每月交付。`: where a file has no paragraph ends, clauses stand side by side. A list inside a line
is cut when it counts on without a gap behind colons, semicolons and full stops; a single number there is a reference or
a value.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.clauses.grammar import CN, match_marker
from nlp.clauses.marker import Marker

# the end of a clause and the beginning of a number
_PLACE = re.compile(
    rf"(?:[:。;!]|[”)](?=\s{{2}})|\s{{3,}}|\s(?=1[、.)]|[(](?:1|一)[)]|①))\s*(?=第[{CN}\d\s]{{1,6}}[条章]|[(①-⑳㈠-㈩⑴-⒇]|\d{{1,2}}[、.)]|[{CN}]{{1,3}}[、)])"
)
# （1）水费（2）电费（3）燃气费: a list with nothing between
_GLUED = re.compile(r"(?<=[一-龥])(?<![第和与及或至到、按见])(?=[(]\d{1,2}[)][一-龥])")
_LEAST_GLUED = 2
_OUTER = frozenset({"article", "chapter", "chinese"})
_WEIGHT_OUTER = 2.0
_WEIGHT_LIST = 3.0


def inline_markers(text: str, heads: Sequence[Marker]) -> list[Marker]:
    """Numbers of clauses behind the first of a line.

    Args:
        text: folded line without blanks around it.
        heads: markers at its beginning, offsets into the line.

    Returns:
        Markers with offsets into the line, in order.
    """
    begin = heads[-1].end if heads else 0
    found = [m for place in _PLACE.finditer(text, begin) if (m := match_marker(text, place.end())) and m.weight >= 2]
    if not found:
        return _glued(text, heads)
    kept = [replace(m, weight=_WEIGHT_OUTER, inline=True) for m in found if m.family in _OUTER]
    for family in {m.family for m in found} - _OUTER:
        kept += _counting([m for m in found if m.family == family], heads)
    return sorted(kept, key=lambda m: m.start)


def _glued(text: str, heads: Sequence[Marker]) -> list[Marker]:
    """The rest of a list whose first number begins the line, when it counts on without a gap."""
    if not heads or heads[-1].family != "arabic_bracket" or heads[-1].value != 1:
        return []
    found = [m for place in _GLUED.finditer(text, heads[-1].end) if (m := match_marker(text, place.end()))]
    counts = [marker.value for marker in found] == list(range(2, len(found) + 2))
    return (
        [replace(m, weight=_WEIGHT_LIST, inline=True) for m in found] if counts and len(found) >= _LEAST_GLUED else []
    )


def _counting(group: list[Marker], heads: Sequence[Marker]) -> list[Marker]:
    """Runs that count on from 1, or from the number at the beginning of the line."""
    started = {m.family: m for m in heads}
    before = started.get(group[0].family)
    kept: list[Marker] = []
    run: list[Marker] = []
    expected = before.value + 1 if before and before.prefix == group[0].prefix else 1
    for marker in group:
        if marker.value == expected and (not run or marker.prefix == run[-1].prefix):
            run.append(marker)
            expected += 1
            continue
        kept += _whole(run)
        run, expected = ([marker], 2) if marker.value == 1 else ([], 1)
    kept += _whole(run)
    return kept


def _whole(run: list[Marker]) -> list[Marker]:
    """A run of at least two, or one that goes on with the number at the beginning."""
    if len(run) > 1 or (run and run[0].value > 1):
        return [replace(marker, weight=_WEIGHT_LIST, inline=True) for marker in run]
    return []
