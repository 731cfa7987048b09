"""Headings without a number: contracts whose clauses are only named, `付款方式` on a line of its own.

They count as clauses only where numbers do not carry the contract: there are none, they begin late, or they begin anew
under each heading. What the page shows (heading styles, bold) outweighs the words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.clauses.front import is_contract_title
from nlp.clauses.headings import is_title
from nlp.clauses.lines import Line
from nlp.clauses.marker import Marker
from nlp.clauses.marks import (
    annex_head,
    is_closing,
    is_date,
    is_field,
    is_page_mark,
    is_party_label,
    is_signing,
    squeeze,
)
from nlp.clauses.sequence import Placed

MAX_LENGTH = 20
WEIGHT = 5.0
LEAST = 3
# numbers that seldom count the clauses of a contract
_INNER = frozenset({"arabic_bracket", "circled", "lower", "roman_lower"})

# 甲方违约解除责任 under 违约责任; 乙方的义务 under 双方义务
_OF_ONE_PARTY = re.compile(r"(?:[甲乙丙丁双各]|任何?一|违约|守约|买|卖|出租|承租|委托|受托|发包|承包)方")
_REST = re.compile(r"其[他它](?:约定|条款|事项|规定)?$|一般(?:约定|条款|规定)$|通用条款$|杂项$")
# what a clause on the rest gathers; anything else ends it
_BOILERPLATE = re.compile(
    r"不可抗力|无效|可分割|完整(?:协议|合同)|贿赂|廉洁|反腐|弃权|放弃|转让|变更|修改|标题|语言|文本|独立性|继续有效|第三人|关联|承继"
)


def heading_markers(lines: Sequence[Line], numbered: frozenset[int]) -> list[Marker]:
    """Lines that look like headings, as markers that count on.

    Args:
        lines: of the zone, in order.
        numbered: indices of lines that begin with a number.
    """
    candidates = _candidates(lines, numbered, colon=False)
    if len(candidates) < LEAST:
        candidates = _candidates(lines, numbered, colon=True)
    shown = [line for line in candidates if line.heading_level or line.bold or line.centered]
    if len(shown) >= LEAST:
        candidates = shown
    deep = _deeper(candidates, {line.index for line in lines})
    made: list[Marker] = []
    count = {"heading": 0, "subheading": 0}
    for line in candidates:
        family = "subheading" if line.index in deep else "heading"
        count[family] += 1
        if family == "heading":
            count["subheading"] = 0
        made.append(Marker(family, family, count[family], line.start, line.start, line.start, WEIGHT, line=line.index))
    return made


def _candidates(lines: Sequence[Line], numbered: frozenset[int], *, colon: bool) -> list[Line]:
    """Lines that look like headings; with a colon (`租金及支付：`) only where no others are printed."""
    return [line for i, line in enumerate(lines) if _is_heading(line, numbered, colon) and _followed(lines, i)]


def _is_heading(line: Line, numbered: frozenset[int], colon: bool) -> bool:
    words = squeeze(line.text)
    if colon and words.endswith((":", "：")):
        words = words[:-1]
        if is_party_label(line.text) or is_field(line.text) or is_party_label(words):
            return False
    if line.row or line.index in numbered or not 2 <= len(words) <= MAX_LENGTH or words.endswith((":", "：", "》")):
        return False
    if (
        is_contract_title(line.text)
        or annex_head(line.text)
        or is_party_label(words)
        or is_field(words)
        or is_date(words)
    ):
        return False
    if is_page_mark(line.text):
        return False
    return is_title(words) and ":" not in words and not is_signing(words) and not is_closing(words)


def _followed(lines: Sequence[Line], place: int) -> bool:
    return place + 1 < len(lines) and not is_closing(lines[place + 1].text)


def _deeper(candidates: Sequence[Line], indices: set[int]) -> set[int]:
    """Headings that stand under another one."""
    levels = {line.heading_level for line in candidates if line.heading_level}
    if len(levels) > 1:
        return {line.index for line in candidates if (line.heading_level or 9) > min(levels)}
    deep: set[int] = set()
    above = ""
    gathering = False
    for place, line in enumerate(candidates):
        words = squeeze(line.text)
        if gathering and _BOILERPLATE.search(words):
            deep.add(line.index)
            continue
        gathering = False
        if _OF_ONE_PARTY.match(words) and not _OF_ONE_PARTY.match(above) and _shares(words, above):
            deep.add(line.index)
            continue
        above = words
        follower = candidates[place + 1].index if place + 1 < len(candidates) else -1
        gathering = bool(_REST.match(words)) and follower == line.index + 1
    return deep


def _shares(words: str, above: str) -> bool:
    return any(above[i : i + 2] in words for i in range(len(above) - 1)) if above else False


def carries(placed: Sequence[Placed], headings: Sequence[Marker]) -> bool:
    """Whether the headings, not the numbers, are the clauses of a zone.

    Args:
        placed: the numbers of the zone as read without headings.
        headings: candidates.
    """
    tops = [marker for marker in headings if marker.family == "heading"]
    if len(tops) < LEAST:
        return False
    roots = [p.marker for p in placed if p.parent == -1]
    if not roots:
        return True
    if any(root.family in ("article", "chapter", "part", "english_article") for root in roots):
        return False
    if roots[0].family in _INNER and tops[0].start < roots[0].start:
        return True
    before = sum(marker.start < roots[0].start for marker in tops)
    lists = [p.marker for p in placed if p.marker.value == 1 and p.marker.family == roots[0].family]
    led = {marker.line + 1 for marker in tops}
    return before >= LEAST or sum(first.line in led for first in lists) >= max(2, len(lists) / 2)


def over_articles(placed: Sequence[Placed], headings: Sequence[Marker]) -> list[Marker]:
    """Headings that divide articles as chapters do: `保险责任 ⏎ 第三条 …`; empty when they do not.

    Args:
        placed: the numbers of the zone as read without headings.
        headings: candidates.
    """
    roots = [p.marker for p in placed if p.parent == -1]
    if not roots or any(root.family != "article" for root in roots):
        return []
    lines = {root.line for root in roots}
    above = [replace(m, family="heading", style="heading") for m in headings if m.line + 1 in lines]
    if len(above) < LEAST or above[0].line + 1 != roots[0].line:
        return []
    return [replace(marker, value=count) for count, marker in enumerate(above, 1)]
