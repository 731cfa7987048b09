"""From placed numbers to clauses: which lines belong to whom, spans, own words, ids.

Every line between two numbers belongs to exactly one clause: as a rule to the last one that was opened.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nlp.clauses.classify import heading_types
from nlp.clauses.headings import Heading, find_heading, is_title
from nlp.clauses.lines import Line
from nlp.clauses.marker import Marker
from nlp.clauses.marks import is_page_mark
from nlp.clauses.sequence import Placed
from schema.clause import ClauseType
from schema.span import Span

# the dash or dot of a list in front of the next number belongs to nobody
_DASHES = frozenset("-–—*•·●○■◆◇▪▶►➢※★")
# 双方约定如下： leads a list in, it does not name one
_LEAD_IN = re.compile(r"[如以]下|下列|包括|[应须将]|之一|约定[:：]|规定[:：]")
MAX_NAME = 8
WORD_LEVELS = frozenset({"part", "chapter", "section"})


@dataclass(slots=True, eq=False)
class Node:
    """A clause in the making.

    Attributes:
        marker: its number.
        parent: the node above, or None.
        children: in text order.
        pieces: own text as ranges of offsets, in order, at last without number and heading.
        heading: place of its words, or None.
        own_start: offset where the own words begin.
        doubtful: place of a heading that may be the first line of a sentence, and where the own words would begin.
        last: offset behind its last own character, number and heading included.
        level: depth below the part, from 1; 0 for a 章 through which the 条 run on.
        skipped: numbers between the parent's and its own that are not printed (3.2.1 under 3: 2).
        id: as in the record.
        types: what it is about.
    """

    marker: Marker
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    heading: tuple[int, int] | None = None
    own_start: int = 0
    doubtful: tuple[int, int, int] | None = None
    last: int = 0
    level: int = 1
    skipped: tuple[int, ...] = ()
    id: str = ""
    types: tuple[ClauseType, ...] = ()

    @property
    def end(self) -> int:
        """Offset behind its last character, children included."""
        return max(self.last, self.children[-1].end) if self.children else self.last

    def own_spans(self) -> tuple[Span, ...]:
        """Own words after number and heading."""
        return tuple(Span(start=start, end=end) for start, end in self.pieces if start < end)


def grow(placed: Sequence[Placed], lines: Sequence[Line], text: str) -> list[Node]:
    """Make nodes and give each line of a zone to one of them.

    Args:
        placed: numbers of the zone that are clauses, in order.
        lines: lines of the zone from the first number on.
        text: the folded canonical text.

    Returns:
        The roots.
    """
    nodes: dict[int, Node] = {}
    for item in placed:
        parent = nodes.get(item.parent)
        node = nodes[item.place] = Node(item.marker, parent, own_start=item.marker.end, skipped=item.skipped)
        if parent:
            parent.children.append(node)
    ordered = [nodes[item.place] for item in placed]
    _give_lines(ordered, lines, text)
    for node in ordered:
        _name(node, text)
    for node in ordered:
        _name_alike(node)
        _cut_head(node, text)
    return [node for node in ordered if node.parent is None]


def _give_lines(ordered: Sequence[Node], lines: Sequence[Line], text: str) -> None:
    """Cut lines at the numbers and hand the pieces out."""
    queue = iter(ordered)
    coming = next(queue, None)
    current: Node | None = None
    for place, line in enumerate(lines):
        start = line.start
        while coming is not None and coming.marker.start < line.end:
            if current is not None:
                _add(current, start, coming.marker.start, text)
            start, current = coming.marker.start, coming
            coming = next(queue, None)
        if current is None or line.row or is_page_mark(line.text):
            continue
        if start == line.start and start != current.marker.start:
            following = lines[place + 1].start if place + 1 < len(lines) else None
            current = _owner(current, line, coming, following, text)
        _add(current, start, line.end, text)


def _owner(current: Node, line: Line, coming: Node | None, following: int | None, text: str) -> Node:
    """Who gets a line without a number: the clause opened last, or one above it.

    A label goes with the list it opens (`乙方：` before a second 1. 2. 3.); a sentence behind a list whose items end in
    semicolons goes with the words that led the list in.
    """
    if (
        coming is not None
        and coming.marker.value == 1
        and coming.parent is not None
        and following is not None
        and following <= coming.marker.start < following + 4
        and coming.parent is not current
        and is_label(line.text)
    ):
        return coming.parent
    above = current.parent
    if above is None or len(above.children) < 2 or above.children[-1] is not current or current.children:
        return current
    leads_in = above.pieces and text[above.pieces[0][1] - 1] in ":："
    listed = all(c.pieces and text[c.pieces[-1][1] - 1] in ";；" for c in above.children[:-1])
    ended = current.pieces and text[current.pieces[-1][1] - 1] in "。;；."
    return above if leads_in and listed and ended and not is_label(line.text) else current


def is_label(words: str) -> bool:
    """`甲方：`, `乙方的义务`: a line that only names what follows."""
    if len(words) > 16 or words[-1] in "。;,，、；" or _LEAD_IN.search(words):
        return False
    return words.endswith((":", "：")) or is_title(words)


def _add(node: Node, start: int, end: int, text: str) -> None:
    """Add a range without blanks and dashes at its end, joined to the one before when only a line end lies between."""
    end = _trimmed(text, start, end)
    if start >= end:
        return
    if node.pieces and start - node.pieces[-1][1] <= 2 and not _interrupted(node):
        node.pieces[-1] = (node.pieces[-1][0], end)
    else:
        node.pieces.append((start, end))


def _trimmed(text: str, start: int, end: int) -> int:
    """Where a range ends without the blanks and list dashes at its end."""
    while end > start:
        if text[end - 1].isspace() or (text[end - 1] in _DASHES and (end - 1 == start or text[end - 2] == "\n")):
            end -= 1
        else:
            break
    return end


def _interrupted(node: Node) -> bool:
    """Whether a child stands behind the last piece."""
    return any(child.pieces and child.marker.start > node.pieces[-1][0] for child in node.children[-1:])


def _name(node: Node, text: str) -> None:
    """Find the heading of a node on its line, or on the next when the number stands alone."""
    if not node.pieces:
        return
    start, end = node.marker.end, node.pieces[0][1]
    first, _, rest = text[start:end].partition("\n")
    words = first.strip()
    alone = not rest.strip() and not node.children and len(node.pieces) == 1 and not _is_outer(node)
    if words and (cell := _first_cell(words)):
        node.heading = (start + first.index(words[0]), start + first.index(words[0]) + len(cell))
        node.own_start = node.heading[1] + 1
        return
    if words:
        heading = find_heading(words, alone=alone)
        offset = start + first.index(words[0])
        if heading and _CUT_SENTENCE.match(rest) and _may_go_on(words, heading, outer=_is_outer(node)):
            node.doubtful = (offset + heading.start, offset + heading.end, offset + heading.own)
            heading = None
    else:
        heading, offset = _next_line(rest, bool(node.children)), start + len(first) + 1
    if heading:
        node.heading = (offset + heading.start, offset + heading.end)
        node.own_start = offset + heading.own


def _first_cell(words: str) -> str | None:
    """The name of a clause that is a row of a table: the rest of its first cell."""
    cell, tab, _ = words.partition("\t")
    return cell.rstrip() if tab and is_title(cell.strip()) else None


def _name_alike(node: Node) -> None:
    """Take the doubtful heading when most clauses beside it have one on a line of its own."""
    if node.doubtful is None or node.parent is None:
        return
    beside = [child for child in node.parent.children if child is not node]
    named = [child for child in beside if child.heading and child.own_start > child.heading[1] - 1]
    if len(beside) >= 2 and len(named) * 2 > len(beside):
        start, end, own = node.doubtful
        node.heading, node.own_start = (start, end), own


# the line below goes on with the sentence: 验收合格后支付 ⏎ 65%
_CUT_SENTENCE = re.compile(
    r"\s*(?:\d[\d.,]*\s*(?:[%‰元万亿个日天年月米吨台套人份倍号分次度]|小时|分钟|秒|毫|厘|千|平方|立方|公|k?[VWA]|[kKMGT]|以[上下内外])|[一二三四五六七八九十两百千]{1,4}[台套个名份年月日天]|[,，.。;；、)%‰]|[A-Z]{2}/)"
)


# 期限 Article 5 Term
_TWO_LANGUAGES = re.compile(r"[一-龥]\s+\S*\s?.*[A-Za-z]{3}$")


def _may_go_on(words: str, heading: Heading, *, outer: bool) -> bool:
    """Whether a heading can be the first line of a sentence: it fills its line, and no clause is usually named so."""
    whole = heading.own == len(words) and heading.end == len(words)
    if outer and _TWO_LANGUAGES.search(words):
        return False
    return whole and not (outer and len(words) <= MAX_NAME and heading_types(words))


def _cut_head(node: Node, text: str) -> None:
    """Take number and heading out of the own words."""
    cut = ((max(start, node.own_start), end) for start, end in node.pieces)
    node.last = node.pieces[-1][1] if node.pieces else node.marker.number_end
    node.pieces = [(start + _blank(text, start, end), end) for start, end in cut if start < end]


def _blank(text: str, start: int, end: int) -> int:
    words = text[start:end]
    return len(words) - len(words.lstrip())


def _next_line(rest: str, nested: bool) -> Heading | None:
    """`第七条 ⏎ 服务费用 ⏎ 甲方应…`: a title on the line below its number."""
    first, _, more = rest.partition("\n")
    words = first.strip()
    if (more.strip() or nested) and len(words) <= 24 and is_title(words.rstrip(":：")):
        bare = words.rstrip(":： ")
        return Heading(bare, 0, len(bare), len(first))
    return None


def _is_outer(node: Node) -> bool:
    return node.parent is None or node.parent.marker.style in WORD_LEVELS


def walk(roots: Sequence[Node]) -> Iterator[Node]:
    """All nodes in text order."""
    for node in roots:
        yield node
        yield from walk(node.children)
