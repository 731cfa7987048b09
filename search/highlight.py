"""Where a clause matches, as offsets into its own text, and the sentences around it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from schema.query import Highlight
from search.fold import spaced
from search.numbers import find_numbers
from search.rank import Reading
from search.synonyms import pattern_regex

_MOST = 100
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")


def highlights(text: str, readings: Sequence[Reading], quotes: Sequence[str]) -> tuple[Highlight, ...]:
    """Places that match, in order, not overlapping.

    Args:
        text: own words of a clause as printed.
        readings: of the query.
        quotes: characters that stand exactly.

    Returns:
        Half-open ranges of code points of `text`.
    """
    ranges = [place for quote in quotes for place in _literally(text, quote)]
    if readings:
        view = spaced(text)
        found = set(_in_folded(view.replace(" ", ""), readings))
        places = [place for place, character in enumerate(view) if character != " "] if found else []
        ranges += [(places[start], places[end - 1] + 1) for start, end in found]
        wanted = {a.number for r in readings for g in r.meaning.groups for a in g.alternatives if a.number is not None}
        if wanted:
            ranges += [(n.start, n.end) for n in find_numbers(text) if n.token in wanted]
    return tuple(Highlight(start=start, end=end) for start, end in _joined(ranges)[:_MOST])


def _in_folded(folded: str, readings: Iterable[Reading]) -> Iterator[tuple[int, int]]:
    """Ranges of the folded text: of each group the strongest alternative that stands there, and close synonyms."""
    for reading in readings:
        for group in reading.meaning.groups:
            for alternative in group.alternatives:
                first = alternative.pattern[0] if alternative.pattern else ""
                if first in folded and (len(first) > 1 or (first and len(group.typed) == 1)):
                    if len(alternative.pattern) == 1:
                        yield from _literally(folded, first)
                        continue
                    found = [m.span() for m in pattern_regex(alternative.pattern).finditer(folded)]
                    yield from (span for span in found if span[0] < span[1])
        for run in reading.runs:
            yield from _literally(folded, run)


def _literally(text: str, words: str) -> Iterator[tuple[int, int]]:
    start = text.find(words) if words else -1
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted, overlapping and touching ones made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def snippet(text: str, marks: Sequence[Highlight], *, room: int = 200) -> tuple[int, int]:
    """Whole sentences around the first match, as many as fit.

    Args:
        text: own words of a clause.
        marks: highlights.
        room: characters to fill; the sentence of the first match is given whole even when it is longer.

    Returns:
        Half-open range of code points.
    """
    sentences = [m.span() for m in _SENTENCE.finditer(text) if m.group().strip()]
    if not sentences:
        return 0, len(text)
    at = marks[0].start if marks else 0
    first = max((k for k, (start, _) in enumerate(sentences) if start <= at), default=0)
    last = first
    while True:
        after = last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= room
        before = first > 0 and sentences[last][1] - sentences[first - 1][0] <= room
        if after:
            last += 1
        elif before:
            first -= 1
        else:
            return sentences[first][0], sentences[last][1]
