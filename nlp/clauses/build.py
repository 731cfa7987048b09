"""Zones to the record: clauses with ids, parts with spans, findings about the numbering."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.clauses import ordinals
from nlp.clauses.classify import Types, clause_types, gathered, type_rules
from nlp.clauses.grammar import CN
from nlp.clauses.lines import Line
from nlp.clauses.marks import is_page_mark
from nlp.clauses.tree import WORD_LEVELS, Node, walk
from nlp.clauses.zone import ZoneTree
from schema.clause import Clause, Part, PartKind
from schema.finding import Finding
from schema.span import Span

_WORD_KEYS = {"part": "pt", "chapter": "ch", "section": "s"}
MAX_FURNITURE = 6
_SPECIAL = re.compile(r"专用.{0,4}(?:条款|条件)")
# 一、劳动合同期限 above 第三条 is a chapter too
_ABOVE_ARTICLES = WORD_LEVELS | {"chinese", "capital", "heading"}
_LETTERS = frozenset({"lower", "upper"})


def build_clauses(zones: Sequence[ZoneTree], text: str, folded: str) -> tuple[tuple[Clause, ...], tuple[Finding, ...]]:
    """Clauses of all zones in text order, and what is odd about their numbers."""
    clauses: list[Clause] = []
    findings: list[Finding] = []
    for zone in zones:
        part = zone.zone.part
        through = _runs_through(zone.roots)
        _name_level(zone.roots, part, part, through, 1, {}, set())
        _give_types(zone.roots, folded, ())
        clauses += [_clause(node, part, place, text) for node, place in _placed(zone.roots)]
        findings += _oddities(zone.roots, text)
    clauses.sort(key=lambda clause: (clause.span.start, -clause.span.end))
    return tuple(clauses), tuple(findings)


def _placed(nodes: Sequence[Node]) -> Iterator[tuple[Node, int]]:
    for place, node in enumerate(nodes, 1):
        yield node, place
        yield from _placed(node.children)


def _give_types(nodes: Sequence[Node], folded: str, above: Types) -> None:
    for node in nodes:
        words = "\n".join(folded[start:end] for start, end in node.pieces)
        node.types, down = clause_types(_words(node, folded), words, above)
        _give_types(node.children, folded, down)
        if not node.types or set(node.types) == type_rules().fallback:
            node.types = gathered([child.types for child in node.children]) or node.types


def _words(node: Node, text: str) -> str | None:
    """The heading of a node."""
    return text[node.heading[0] : node.heading[1]] if node.heading else None


def _runs_through(roots: Sequence[Node]) -> bool:
    """Whether 条 are counted through the 章 above them, so that they are the top level."""
    articles = [[c for c in walk([root]) if c.marker.family == "article"] for root in roots]
    groups = [group for group in articles if group]
    if not groups or any(root.marker.family not in _ABOVE_ARTICLES for root in roots):
        return False
    if any(root.marker.family not in WORD_LEVELS for root in roots) and len(groups) < len(roots) - 1:
        return False
    steps = pairwise(groups)
    return all(later[0].marker.value >= earlier[-1].marker.value for earlier, later in steps)


def _name_level(
    nodes: Sequence[Node],
    above: str,
    part: str,
    through: bool,
    level: int,
    articles: dict[str, int],
    taken: set[str],
) -> None:
    """Ids and levels of a list of siblings and all below them; `articles` counts those counted through chapters."""
    siblings: dict[str, int] = {}
    for node in nodes:
        wordy = through and node.marker.family in _ABOVE_ARTICLES and (level == 1 or node.marker.family in WORD_LEVELS)
        first = through and node.marker.family == "article"
        key = _key(node, wordy)
        prefix, used = (part, articles) if first else (above, siblings)
        used[key] = used.get(key, 0) + 1
        # 3.2.1 printed before 3.2 has the address that the first item of 3.2 would have
        while (name := f"{prefix}/{key}" + (f"~{used[key]}" if used[key] > 1 else "")) in taken:
            used[key] += 1
        taken.add(name)
        node.id = name
        node.level = 0 if wordy else 1 if first else level
        _name_level(node.children, node.id, part, through, node.level + 1, articles, taken)


def _key(node: Node, wordy: bool) -> str:
    marker = node.marker
    if wordy:
        return f"{_WORD_KEYS.get(marker.family, 'ch')}{marker.value}"
    if marker.family in _LETTERS:
        base = "a" if marker.family == "lower" else "A"
        return chr(ord(base) + marker.value - 1)
    if node.skipped:
        return "/".join(str(n) for n in (*node.skipped, marker.value))
    if marker.prefix and node.parent is None:
        return "/".join(str(n) for n in (*marker.prefix, marker.value))
    return str(marker.value)


def _clause(node: Node, part: str, place: int, text: str) -> Clause:
    marker = node.marker
    return Clause(
        id=node.id,
        part=part,
        parent=node.parent.id if node.parent else None,
        number=text[marker.start : marker.number_end] or None,
        style=marker.style,
        ordinal=place,
        heading=_one_number(_words(node, text), node),
        span=Span(start=marker.start, end=node.end),
        own_spans=node.own_spans(),
        types=node.types,
        level=node.level,
    )


# Definitions 1. 定义  定义 Article 1 Definitions: the words, and the number between them in the other language
_LATIN, _HAN = r"[A-Za-z][A-Za-z ,&/'’-]*?", r"[一-龥、]+"
_BETWEEN = (
    rf"(?:第\s*(?P<word>[{CN}\d]{{1,4}})\s*[条章节]|(?:Article|Section)\s+(?P<english>\d{{1,2}})"
    rf"|(?P<plain>\d{{1,2}}(?:\.\d{{1,2}})*)[.、:]?|(?P<chinese>[{CN}]{{1,3}})[、.])"
)
_TWICE = re.compile(rf"(?P<first>{_LATIN}|{_HAN})\s+{_BETWEEN}\s*[:：]?\s*(?P<second>[一-龥A-Za-z][^\d]*)$")


def _one_number(words: str | None, node: Node) -> str | None:
    """The heading in two languages without the number that stands between them."""
    match = _TWICE.match(words or "")
    if match is None or match["first"].isascii() == match["second"].isascii():
        return words
    number = match["word"] or match["english"] or match["chinese"] or (match["plain"] or "").rsplit(".", 1)[-1]
    same = (ordinals.chinese(number) or ordinals.arabic(number)) == node.marker.value
    return f"{match['first'].strip()} {match['second'].strip()}" if same else words


def _oddities(nodes: Sequence[Node], text: str, amending: bool = False) -> Iterator[Finding]:
    """Numbers printed twice and numbers left out among siblings; 专用条款 print only those they change."""
    for before, node in pairwise(nodes):
        if before.marker.family != node.marker.family or before.marker.prefix != node.marker.prefix:
            continue
        step = node.marker.value - before.marker.value
        if step == 0 or (step > 1 and not amending):
            yield _oddity(before, node, text)
    for node in nodes:
        special = amending or (node.heading is not None and bool(_SPECIAL.search(_words(node, text) or "")))
        yield from _oddities(node.children, text, special)


def _oddity(before: Node, node: Node, text: str) -> Finding:
    first, second = (text[n.marker.start : n.marker.number_end] for n in (before, node))
    double = before.marker.value == node.marker.value
    message = f"{second} stands twice" if double else f"{first} is followed by {second}"
    return Finding(
        code="duplicate_number" if double else "numbering_gap",
        severity="warning",
        message=message,
        spans=tuple(Span(start=n.marker.start, end=n.marker.number_end) for n in (node, before)),
        elements=(node.id, before.id),
        data={"before": first, "number": second},
    )


def build_parts(zones: Sequence[ZoneTree], lines: Sequence[Line], within: range | None) -> tuple[Part, ...]:
    """Parts of all zones, an annex before the parts inside it.

    Args:
        zones: as read.
        lines: of the document.
        within: lines of the contract when the file holds more; what is around it becomes instructions and check list.
    """
    found: list[Part] = []
    for zone in zones:
        found += _main_parts(zone, lines) if zone.zone.part == "main" else _annex_parts(zone, lines)
    if within is not None:
        found += _made("instructions", "instructions", range(0, within.start), lines)
        found += _made("checklist", "checklist", range(within.stop, len(lines)), lines)
    return _unique(sorted(found, key=lambda part: (part.span.start, -part.span.end)))


def _main_parts(zone: ZoneTree, lines: Sequence[Line]) -> Iterator[Part]:
    front = zone.front
    if not zone.roots:
        yield from _made("main", "body", front.preamble, lines)
    else:
        yield from _made("cover", "cover", front.cover, lines)
        yield from _made("instructions", "instructions", front.instructions, lines)
        yield from _made("preamble", "preamble", front.preamble, lines)
        yield Part(id="main", kind="body", span=_around(zone.roots))
    for block in zone.lists:
        yield from _made("attachments", "attachment_list", block, lines)
    for block in zone.signatures:
        yield from _made("signature", "signature", block, lines)
    if len(zone.rest) > MAX_FURNITURE or not all(_is_furniture(lines[i], lines) for i in zone.rest):
        yield from _made("checklist", "checklist", zone.rest, lines)


def _is_furniture(line: Line, lines: Sequence[Line]) -> bool:
    """A page mark, or a header printed on several pages."""
    return is_page_mark(line.text) or sum(other.text == line.text for other in lines) > 2


def _annex_parts(zone: ZoneTree, lines: Sequence[Line]) -> Iterator[Part]:
    part, first, last = zone.zone.part, zone.zone.first, zone.zone.last
    yield from _made("checklist", "checklist", zone.back, lines)
    span = Span(start=lines[first].start, end=lines[last - 1].end)
    yield Part(id=part, kind="annex", title=zone.zone.title, span=span)
    if zone.roots and zone.signatures:
        yield from _made(f"{part}/preamble", "preamble", range(first, zone.front.preamble.stop), lines)
    for block in zone.signatures:
        yield from _made(f"{part}/signature", "signature", block, lines)


def _made(name: str, kind: PartKind, block: range, lines: Sequence[Line]) -> Iterator[Part]:
    if len(block):
        span = Span(start=lines[block.start].start, end=lines[block.stop - 1].end)
        yield Part(id=name, kind=kind, span=span)


def _around(roots: Sequence[Node]) -> Span:
    return Span(start=roots[0].marker.start, end=max(root.end for root in roots))


def _unique(parts: Sequence[Part]) -> tuple[Part, ...]:
    used: dict[str, int] = {}
    made = []
    for part in parts:
        used[part.id] = used.get(part.id, 0) + 1
        name = part.id if used[part.id] == 1 else f"{part.id}~{used[part.id]}"
        made.append(part.model_copy(update={"id": name}))
    return tuple(made)
