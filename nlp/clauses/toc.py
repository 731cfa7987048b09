"""Tables of contents, which repeat the headings and are no clauses."""

import re
from collections.abc import Sequence

from nlp.clauses.lines import Line
from nlp.clauses.marks import squeeze

_HEAD = re.compile(r"目[录次]$|(?i:(?:table\s*of\s*)?contents)$")
# 第一条 定义........3   第一条 定义 3   第一条 定义 - 3 -
_ENTRY = re.compile(r"^.{2,60}?(?:[.。…·\-_—\s]{3,}|\s+|\t)[-—]?\s*(?:\d{1,3}|[ivxIVX]{1,5})\s*[-—]?$")
# an entry that a line end has cut: 第一条 定义……… ⏎ ………3
_CUT = re.compile(r"[^。;]{2,40}?[.…·]{4,}$|[.…·]{4,}\s*\d{0,3}$")
MAX_ENTRY = 40
MAX_ENTRIES = 200
_LEADERS = re.compile(r"[.…·]{4,}|(?:\.\s){4,}|…{2,}")


def toc_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of the lines of tables of contents."""
    found: set[int] = set()
    for line in lines:
        if line.index in found:
            continue
        if len(line.text) <= 12 and _HEAD.match(squeeze(line.text)):
            found.update(_entries(lines, line.index))
        elif _LEADERS.search(line.text) and (_ENTRY.match(line.text) or _CUT.match(line.text)):
            found.add(line.index)
    return frozenset(found)


def _entries(lines: Sequence[Line], head: int) -> range:
    """The lines under 目录: until the first entry is printed again, or as long as lines end in page numbers."""
    end = head + 1
    while end < len(lines) and _ENTRY.match(lines[end].text):
        end += 1
    if end > head + 1:
        return range(head, end)
    heads = {squeeze(line.text) for line in lines[end : end + 4]}
    again = next((i for i in range(end + 4, len(lines)) if squeeze(lines[i].text) in heads), end)
    printed = {squeeze(line.text) for line in lines[again:]}
    last = head
    for i in range(end, min(again, end + MAX_ENTRIES)):
        if len(lines[i].text) > MAX_ENTRY:
            break
        last = i if squeeze(lines[i].text) in printed else last
    return range(head, last + 1)
