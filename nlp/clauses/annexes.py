"""Annexes: where they begin, and the bare lists that only name them.

The same heading often stands twice, in a list behind the last clause and over the annex itself. A heading that is
followed by another one, by a signature or by nothing is an entry of the list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.clauses import ordinals
from nlp.clauses.grammar import CN
from nlp.clauses.headings import is_title
from nlp.clauses.lines import Line
from nlp.clauses.marker import Marker
from nlp.clauses.marks import AnnexHead, annex_head, is_closing, is_party_label, is_signing, plain_title, squeeze
from nlp.clauses.numbering import head_markers

# 1. 设备清单  (2)《保密协议》;  一、图纸
_ITEM = re.compile(
    rf"[(]?(\d{{1,2}}|[{CN}]{{1,2}})(?:[)、.]\s*|\s+)(?=[^\d\s])([^\d。;；]{{2,30}}?)(?=[\s,;；。]*(?:$|\d[、.]))[;；。]?"
)
# 附件：1、打印机配置表；2、售后服务承诺
_LIST_HEAD = re.compile(r"附(?:件|录|表)?(?:清单|目录)?\s*[:：]\s*(.+)$")


# 附件清单：  合同附件目录
_LIST_TITLE = re.compile(r"(?:本?(?:合同|协议)的?)?附件(?:清单|目录|列表|一览)[:：]?$")
# 协议书附件：
_GROUP = re.compile(r".{1,12}附[件录][:：]$")

MAX_ANNEXES = 60
MAX_TITLE = 40


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


def find_annexes(
    lines: Sequence[Line], heads: Sequence[Sequence[Marker]], skipped: frozenset[int], span: range
) -> Annexes:
    """Find the annexes of a file.

    Args:
        lines: of the document.
        heads: markers at the beginning of each line.
        skipped: lines that cannot be headings (table of contents).
        span: lines of the contract.
    """
    found = {
        i: head
        for i in span
        if i not in skipped and not lines[i].row and (head := annex_head(lines[i].text)) is not None
    }
    lists, listed = _numbered_lists(lines, found, span)
    for i in (i for r in lists for i in r):
        found.pop(i, None)
    starts: list[tuple[int, AnnexHead]] = []
    runs = _runs(sorted(found), lines)
    last_seen = {plain_title(lines[i].text): i for i in span if len(lines[i].text) <= MAX_TITLE} if found else {}
    for place, run in enumerate(runs):
        if _inside_clause(run, lines, heads, span):
            continue
        again = {_key(found[i]) for other in runs[place + 1 : place + 1 + MAX_ANNEXES] for i in other}
        title = plain_title(found[run[-1]].title)
        repeated = title != "" and last_seen.get(title, -1) > run[-1]
        if repeated or _names_only(run, lines, span.stop, found, again):
            count = len(run)
        else:  # behind a signature each heading is an annex, one without words may be a drawing
            count = 0 if _signed_before(run[0], lines) else len(run) - 1
        if count:
            lists.append(range(run[0], run[count - 1] + 1))
            listed += [found[i] for i in run[:count]]
        starts += [(i, found[i]) for i in run[count:]]
    titles = {plain_title(head.title): head for head in listed if head.title}
    starts += _titled(lines, span.stop, titles, {i for i, _ in starts}, lists)
    return Annexes(_numbered(sorted(starts, key=lambda s: s[0]), lines), tuple(sorted(lists, key=lambda r: r.start)))


def _numbered_lists(
    lines: Sequence[Line], found: dict[int, AnnexHead], span: range
) -> tuple[list[range], list[AnnexHead]]:
    """`附件： ⏎ 1. 设备清单 ⏎ 2. 保密协议`, or the same on one line."""
    lists: list[range] = []
    listed: list[AnnexHead] = []
    for i in span:
        match = _LIST_HEAD.match(lines[i].text)
        if not lines[i].row and match and len(list(_ITEM.finditer(match[1]))) > 1:
            lists.append(range(i, i + 1))
            listed += [AnnexHead(m[1], m[2].strip(" ,;")) for m in _ITEM.finditer(match[1])]
    for i in (i for i in span if not lines[i].row and _LIST_TITLE.match(squeeze(lines[i].text))):
        end = i + 1
        while end < span.stop and not lines[end].row and (item := _ITEM.fullmatch(lines[end].text)):
            listed.append(AnnexHead(item[1], item[2].strip(" ,;；。")))
            end += 1
        if end > i + 1:
            lists.append(range(i, end))
    for i, head in found.items():
        if head.number is not None or any(i in r for r in lists):
            continue
        inline = [AnnexHead(m[1], m[2].strip(" ,;")) for m in _ITEM.finditer(head.title)]
        end = i + 1
        while not head.title and end < span.stop and (item := _named_only(lines[end].text)):
            listed.append(AnnexHead(item[1], item[2].strip(" ,;；。")))
            end += 1
        if inline or end > i + 1:
            lists.append(range(i, end))
            listed += inline
    return lists, listed


def _named_only(text: str) -> "re.Match[str] | None":
    """An entry of a list of annexes; `2. 联系人：每店一名` says something and is the annex itself."""
    item = _ITEM.fullmatch(text)
    return item if item and ":" not in item[2] else None


def _runs(indices: Sequence[int], lines: Sequence[Line]) -> list[list[int]]:
    """Headings one behind the other; `专用合同条款附件：` between two of them opens a group of the list."""
    runs: list[list[int]] = []
    for index in indices:
        if (
            runs
            and all(_GROUP.match(squeeze(line.text)) for line in lines[runs[-1][-1] + 1 : index][:2])
            and index <= runs[-1][-1] + 2
        ):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _key(head: AnnexHead) -> str:
    return _count(head.number) or plain_title(head.title)


def _count(number: str | None) -> str:
    if number is None:
        return ""
    count = ordinals.chinese(number) or ordinals.arabic(number)
    return str(count) if count else number


def _names_only(
    run: Sequence[int], lines: Sequence[Line], stop: int, found: dict[int, AnnexHead], again: set[str]
) -> bool:
    """Whether the last heading of a run has no annex behind it."""
    head = found[run[-1]]
    if _key(head) in again or (head.title and plain_title(head.title) in again):
        return True
    following = lines[run[-1] + 1 : min(run[-1] + 4, stop)]
    if not following:
        return len(run) > 1 or not found[run[-1]].title
    return (
        is_closing(following[0].text)
        or is_signing(following[0].text)
        or (is_party_label(following[0].text) and any(is_signing(line.text) for line in following))
    )


def _signed_before(index: int, lines: Sequence[Line]) -> bool:
    return any(is_signing(line.text) or is_closing(line.text) for line in lines[max(index - 6, 0) : index])


def _inside_clause(run: Sequence[int], lines: Sequence[Line], heads: Sequence[Sequence[Marker]], span: range) -> bool:
    """Whether the clauses go on behind these headings with the next number."""
    before = next((m for i in range(run[0] - 1, span.start - 1, -1) for m in heads[i] if _strong(m)), None)
    if before is None:
        return False
    for i in range(run[-1] + 1, span.stop):
        for marker in heads[i]:
            if marker.family == before.family and _strong(marker):
                return marker.value == before.value + 1
    return False


def _strong(marker: Marker) -> bool:
    return marker.weight >= 4 and marker.family in ("article", "chinese", "chapter", "part")


def _titled(
    lines: Sequence[Line], stop: int, titles: dict[str, AnnexHead], known: set[int], lists: Sequence[range]
) -> list[tuple[int, AnnexHead]]:
    """Annexes that begin with their bare title, which a list has named."""
    begun = {plain_title(head.title) for i in known if (head := annex_head(lines[i].text))}
    last = max((r.stop for r in lists), default=stop)
    found = []
    for line in lines[last:stop]:
        if len(line.text) > MAX_TITLE or not titles:
            continue
        plain = plain_title(line.text)
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


def free_key(parts: set[str]) -> str:
    """The lowest number that no annex has."""
    return next(str(n) for n in range(1, len(parts) + 2) if f"annex{n}" not in parts)


def _next_title(lines: Sequence[Line], index: int) -> str | None:
    """`附件一 ⏎ 保密协议`."""
    if index + 1 < len(lines) and not lines[index + 1].row:
        words = lines[index + 1].text
        if is_title(words) and not is_party_label(words) and not head_markers(words):
            return words
    return None
