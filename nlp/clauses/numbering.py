"""Numbers at the beginning of a line: which of them may be clauses.

A marker is only a candidate: `3.5 万元` and a line that begins with `第八条约定的` look like numbers too. Its `weight`
says how sure the print is, here also by what stands before and behind it; the sequence decides (see `sequence`).
"""

import re
from dataclasses import replace

from nlp.clauses.classify import heading_types
from nlp.clauses.grammar import CN, WORD_STYLES, match_marker
from nlp.clauses.headings import is_title
from nlp.clauses.marker import Marker

MAX_NAME = 16
_WORDS = frozenset((*WORD_STYLES.values(), "english_article"))
_BULLET = re.compile(r"(?:[-–—](?!\s*[、.])|[*•·●○■◆◇▪▶►➢※★]|[□☑☒√✓](?=\s*[(\d①-⑳]))\s*(?=\S)")
# what a scan leaves before a number: __    14、  ·  （3）
_SPECKS = re.compile(r"[_.·'`’‘~,|]{1,6}\s+(?=第|[(（【]|\d{1,2}\s*[、.．)）])")
# before a number at the beginning of a line these show that the sentence goes on: 违反 ⏎ 第八条约定
_LEADS_WORD = re.compile(
    r"(?:违反(?:了)?|按照?|依照|根据|依据|参照|适用|符合|前述|上述|及|和|与|或|见|至|[、，,(]"
    r"|(?:违反|按照?|依照|根据|依据|适用|符合)(?:了)?(?:《[^》]*》|[本主原该](?:合同|协议)))$"
)
# 按照 ⏎ 3. (a value, or a list of numbers cut by the line end)
_LEADS_VALUE = re.compile(r"(?:[第(，,]|违反|[按依]照|根据)$")


def head_markers(text: str, previous: str = "", following: str = "") -> list[Marker]:
    """Numbers at the beginning of a line: none, one, or several (`一、1、`).

    Args:
        text: folded line without blanks around it.
        previous: the line before, to see sentences that go on.
        following: the line behind, to tell a number alone on its line (`3 ⏎ 违约责任`) from a page mark.

    Returns:
        Markers with offsets into the line.
    """
    found: list[Marker] = []
    bullet = _BULLET.match(text) or _SPECKS.match(text)
    position = bullet.end() if bullet else 0
    while len(found) < 3 and (marker := match_marker(text, position)):
        if found and not _may_follow(found[-1], marker):
            break
        found.append(marker)
        position = marker.end
    if len(found) == 1 and found[0].end == len(text) and text.isdecimal():
        return [_over_title(found[0], following)]
    if len(found) == 1:
        found[0] = _titled(found[0], text)
    if found and previous and (_LEADS_WORD if found[0].style in _WORDS else _LEADS_VALUE).search(previous):
        found[0] = replace(found[0], weight=min(found[0].weight, 0.3))
    return found


def _over_title(marker: Marker, following: str) -> Marker:
    words = following.rstrip(":： ")
    if not 2 <= len(words) <= MAX_NAME or not is_title(words) or match_marker(words, 0):
        return marker
    return replace(marker, weight=2.0 if heading_types(words) else 1.2)


def _titled(marker: Marker, text: str) -> Marker:
    """A number is surer when the usual name of a clause ends the line: `4 期限`, `12. 法律变更`."""
    words = text[marker.end :].rstrip(":： ")
    if not 2 <= len(words) <= MAX_NAME or marker.style in _WORDS or not is_title(words):
        return marker
    if heading_types(words):
        return replace(marker, weight=max(marker.weight, 1.2) + 1.5, titled=True)
    return replace(marker, weight=marker.weight + 1, titled=True) if marker.weight >= 2 else marker


_BROKEN = re.compile(rf"第\s*[{CN}]{{0,4}}$")
_REMAINS = re.compile(rf"[{CN}\s]{{0,4}}[条章节]")


def broken_marker(text: str, following: str) -> Marker | None:
    """A number that a line end has cut: `第十 ⏎ 二条 验收`.

    Args:
        text: folded line.
        following: the line behind it.

    Returns:
        A marker with offsets into the line; it ends in the following one.
    """
    if len(text) > 6 or not _BROKEN.match(text) or not _REMAINS.match(following):
        return None
    return match_marker(f"{text}\n{following}", 0)


def shifted(marker: Marker, base: int, line: int) -> Marker:
    """The marker with offsets into the whole text."""
    other = shifted(marker.other, base, line) if marker.other else None
    start, number_end, end = marker.start + base, marker.number_end + base, marker.end + base
    return replace(marker, start=start, number_end=number_end, end=end, line=line, other=other)


def _may_follow(outer: Marker, inner: Marker) -> bool:
    """Whether two numbers in a row open two levels: `第一条 1.1`, `一、1、`; not `1、2、3 层`."""
    if inner.family == outer.family or inner.weight < 1:
        return False
    return inner.prefix[-1:] == (outer.value,) if inner.prefix else inner.value == 1
