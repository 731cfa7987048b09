"""Annexes: where they begin, and the bare lists that only name them.

The same heading often stands twice, in a list behind the last clause and over the annex itself. A heading that is
followed by another one, by a signature or by nothing is an entry of the list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.clauses import ordinals
from nlp.clauses.headings import is_title
from nlp.clauses.lines import Line
from nlp.clauses.marks import AnnexHead, annex_head, is_closing, is_party_label, is_signing
from nlp.clauses.numbering import Marker, head_markers

_TRIM = re.compile(r"[\s《》“”\"':：_、.\-—()【】]+")


@dataclass(frozen=True, slots=True)
class Annex:
    """Where an annex begins.

    Attributes:
        line: index of its first line.
        key: `1`, `2`, `A`: what its part id ends in.
        title: as printed, or None.
    """

    line: int
    key: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Annexes:
    """All annexes of a file.

    Attributes:
        starts: in text order.
        lists: ranges of lines that only name annexes.
    """

    starts: tuple[Annex, ...]
    lists: tuple[range, ...]


def find_annexes(lines: Sequence[Line], heads: Sequence[Sequence[Marker]], skipped: frozenset[int]) -> Annexes:
    """Find the annexes of a file.

    Args:
        lines: of the document.
        heads: markers at the beginning of each line.
        skipped: lines that cannot be headings (table of contents).
    """
    found = {
        line.index: head
        for line in lines
        if line.index not in skipped and not line.row and (head := annex_head(line.text)) is not None
    }
    runs = _runs(sorted(found))
    lists: list[range] = []
    starts: list[tuple[int, AnnexHead]] = []
    for place, run in enumerate(runs):
        if _inside_clause(run, lines, heads):
            continue
        later = {_key(found[i]) for other in runs[place + 1 :] for i in other}
        bare = {_plain(line.text) for line in lines[run[-1] + 1 :] if len(line.text) <= 40}
        listed = len(run) if _names_only(run, lines, found, later | bare) else len(run) - 1
        if listed:
            lists.append(range(run[0], run[listed - 1] + 1))
        starts += [(i, found[i]) for i in run[listed:]]
    titles = {_plain(found[i].title): found[i] for run in lists for i in run if i in found and found[i].title}
    starts += _titled(lines, titles, {i for i, _ in starts}, lists)
    return Annexes(_numbered(sorted(starts), lines), tuple(lists))


def _runs(indices: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in indices:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _key(head: AnnexHead) -> str:
    return _count(head.number) or _plain(head.title)


def _count(number: str | None) -> str:
    if number is None:
        return ""
    count = ordinals.chinese(number) or ordinals.arabic(number)
    return str(count) if count else number


def _plain(title: str) -> str:
    return _TRIM.sub("", title)


def _names_only(run: Sequence[int], lines: Sequence[Line], found: dict[int, AnnexHead], again: set[str]) -> bool:
    """Whether the last heading of a run has no annex behind it."""
    head = found[run[-1]]
    if _key(head) in again or (head.title and _plain(head.title) in again):
        return True
    following = lines[run[-1] + 1 : run[-1] + 4]
    if not following:
        return len(run) > 1 or not found[run[-1]].title
    return (
        is_closing(following[0].text)
        or is_signing(following[0].text)
        or (is_party_label(following[0].text) and any(is_signing(line.text) for line in following))
    )


def _inside_clause(run: Sequence[int], lines: Sequence[Line], heads: Sequence[Sequence[Marker]]) -> bool:
    """Whether the clauses go on behind these headings with the next number."""
    before = next((m for i in range(run[0] - 1, -1, -1) for m in heads[i] if _strong(m)), None)
    if before is None:
        return False
    for i in range(run[-1] + 1, len(lines)):
        for marker in heads[i]:
            if marker.family == before.family and _strong(marker):
                return marker.value == before.value + 1
    return False


def _strong(marker: Marker) -> bool:
    return marker.weight >= 4 and marker.family in ("article", "chinese", "chapter", "part")


def _titled(
    lines: Sequence[Line], titles: dict[str, AnnexHead], known: set[int], lists: Sequence[range]
) -> list[tuple[int, AnnexHead]]:
    """Annexes that begin with their bare title, which a list has named."""
    begun = {_plain(head.title) for i in known if (head := annex_head(lines[i].text))}
    last = max((r.stop for r in lists), default=len(lines))
    found = []
    for line in lines[last:]:
        plain = _plain(line.text)
        if plain in titles and plain not in begun and line.index - 1 not in known and not line.row:
            found.append((line.index, AnnexHead(titles[plain].number, line.text)))
            begun.add(plain)
    return found


def _numbered(starts: Sequence[tuple[int, AnnexHead]], lines: Sequence[Line]) -> tuple[Annex, ...]:
    """Keys for the part ids; an annex without a number takes the next free one."""
    taken = {_count(head.number) for _, head in starts}
    made, used = [], set[str]()
    for index, head in starts:
        key = _count(head.number)
        if not key:
            key = next(str(n) for n in range(1, len(starts) + 1) if str(n) not in taken | used)
        if key in used:
            key = next(f"{key}~{n}" for n in range(2, len(starts) + 2) if f"{key}~{n}" not in used)
        used.add(key)
        made.append(Annex(index, key, head.title or _next_title(lines, index)))
    return tuple(made)


def _next_title(lines: Sequence[Line], index: int) -> str | None:
    """`附件一 ⏎ 保密协议`."""
    if index + 1 < len(lines) and not lines[index + 1].row:
        words = lines[index + 1].text
        if is_title(words) and not is_party_label(words) and not head_markers(words):
            return words
    return None
