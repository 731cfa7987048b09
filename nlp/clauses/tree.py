"""From placed numbers to clauses: which lines belong to whom, spans, own words, ids.

Every line between two numbers belongs to exactly one clause: as a rule to the last one that was opened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nlp.clauses.headings import Heading, find_heading, is_title
from nlp.clauses.lines import Line
from nlp.clauses.numbering import Marker
from nlp.clauses.sequence import Placed
from schema.span import Span

WORD_LEVELS = frozenset({"part", "chapter", "section"})


@dataclass(slots=True, eq=False)
class Node:
    """A clause in the making.

    Attributes:
        marker: its number.
        parent: the node above, or None.
        children: in text order.
        pieces: own text as ranges of offsets, in order, number included in the first.
        heading: its words, or None.
        own_start: offset where the own words begin.
        level: depth below the part, from 1; 0 for a 章 through which the 条 run on.
        key: last component of its id.
    """

    marker: Marker
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    heading: str | None = None
    own_start: int = 0
    level: int = 1
    id: str = ""

    @property
    def end(self) -> int:
        """Offset behind its last character, children included."""
        last = self.pieces[-1][1] if self.pieces else self.marker.number_end
        return max(last, self.children[-1].end) if self.children else last

    def own_spans(self) -> tuple[Span, ...]:
        """Own words after number and heading."""
        cut = ((max(start, self.own_start), end) for start, end in self.pieces)
        return tuple(Span(start=start, end=end) for start, end in cut if start < end)


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
        node = nodes[item.index] = Node(item.marker, parent, own_start=item.marker.end)
        if parent:
            parent.children.append(node)
    ordered = [nodes[item.index] for item in placed]
    _give_lines(ordered, lines)
    for node in ordered:
        _name(node, text)
    return [node for node in ordered if node.parent is None]


def _give_lines(ordered: Sequence[Node], lines: Sequence[Line]) -> None:
    """Cut lines at the numbers and hand the pieces out."""
    queue = iter(ordered)
    coming = next(queue, None)
    current: Node | None = None
    for line in lines:
        start = line.start
        while coming is not None and coming.marker.start < line.end:
            if current is not None and start < coming.marker.start:
                _add(current, start, coming.marker.start)
            start, current = coming.marker.start, coming
            coming = next(queue, None)
            if coming is not None and coming.marker.start < line.end:
                _add(current, start, coming.marker.start)
                start = coming.marker.start
        if current is not None and not line.row:
            _add(current, start, line.end)


def _add(node: Node, start: int, end: int) -> None:
    """Add a range, joined to the one before when only line ends lie between."""
    if start >= end:
        return
    if node.pieces and start - node.pieces[-1][1] <= 2 and not _interrupted(node, node.pieces[-1][1]):
        node.pieces[-1] = (node.pieces[-1][0], end)
    else:
        node.pieces.append((start, end))


def _interrupted(node: Node, offset: int) -> bool:
    return bool(node.children) and node.children[-1].marker.start >= offset and bool(node.children[-1].pieces)


def _name(node: Node, text: str) -> None:
    """Find the heading of a node on its line, or on the next when the number stands alone."""
    if not node.pieces:
        return
    start, end = node.marker.end, node.pieces[0][1]
    first, _, rest = text[start:end].partition("\n")
    words = first.strip()
    alone = not rest.strip() and not node.children and len(node.pieces) == 1 and not _is_outer(node)
    if words:
        heading = find_heading(words, alone=alone)
        offset = start + first.index(words[0])
    else:
        heading, offset = _next_line(rest), start + len(first) + 1
    if heading:
        node.heading = heading.words
        node.own_start = offset + heading.own


def _next_line(rest: str) -> Heading | None:
    """`第七条 ⏎ 服务费用 ⏎ 甲方应…`: a title on the line below its number."""
    first, _, more = rest.partition("\n")
    words = first.strip()
    if more.strip() and len(words) <= 24 and is_title(words.rstrip(":：")):
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
