"""Cut a document into parts, clauses and addressed table rows.

The flow: lines → numbers at their beginning → annexes, which cut the file into zones → for each zone its front, its
tree of clauses, its signature → parts, clauses with ids, tables, findings.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.clauses.annexes import Annexes, find_annexes, free_key
from nlp.clauses.build import build_clauses, build_parts
from nlp.clauses.front import find_title, is_instructions, is_paper_title
from nlp.clauses.inline import inline_markers
from nlp.clauses.lines import Line, split_lines
from nlp.clauses.marker import Marker
from nlp.clauses.marks import is_party_label, is_signing
from nlp.clauses.numbering import broken_marker, head_markers, shifted
from nlp.clauses.quotes import quoted_lines
from nlp.clauses.rows import address_tables
from nlp.clauses.structure import Structure
from nlp.clauses.tender import contract_range
from nlp.clauses.toc import toc_lines
from nlp.clauses.zone import Sheet, Zone, ZoneTree, read_zone
from schema.document import Document

_OF_THE_FORM = re.compile(r"(?:合同|协议)(?:书|文本)?的?(?:填写|使用|签订)")
_OWN_AGREEMENT = re.compile(r"(?:补充|保密|廉[洁政]|安全|框架|三方|担保|保证|质保|维保|服务|反商业贿赂|廉洁自律)")


def build_structure(document: Document, text: str) -> Structure:
    """Find parts, clauses and tables.

    Args:
        document: from ingest.
        text: its canonical text, folded; same length.
    """
    lines = split_lines(document, text)
    if not lines:
        return Structure()
    skipped = toc_lines(lines)
    quoted = quoted_lines(lines)
    heads = [_numbers(line, lines, skipped | quoted) for line in lines]
    within = contract_range(lines, heads)
    span = within or range(len(lines))
    annexes = find_annexes(lines, heads, skipped, span)
    zones = read_zones(Sheet(lines, heads, skipped, text), annexes, span)
    clauses, findings = build_clauses(zones, document.text, text)
    parts = build_parts(zones, lines, within)
    return Structure(
        title=find_title(lines[span.start :], zones[0].front.preamble.stop - span.start, document.text),
        parts=parts,
        clauses=clauses,
        tables=address_tables(document.tables, parts, clauses),
        findings=findings,
    )


def _numbers(line: Line, lines: Sequence[Line], skipped: frozenset[int]) -> list[Marker]:
    """Markers of a line: at its beginning and inside it."""
    if line.row or line.index in skipped:
        return []
    before = lines[line.index - 1].text if line.index else ""
    after = lines[line.index + 1].text if line.index + 1 < len(lines) else ""
    found = head_markers(line.text, before, after)
    if not found and (whole := broken_marker(line.text, after)):
        return [shifted(whole, line.start, line.index)]
    return [shifted(marker, line.start, line.index) for marker in (*found, *inline_markers(line.text, found))]


def read_zones(sheet: Sheet, annexes: Annexes, span: range) -> list[ZoneTree]:
    """The main contract and each annex; an agreement behind a signature is an annex too.

    Args:
        sheet: the document.
        annexes: as headings and lists name them.
        span: lines of the contract.
    """
    borders = [*(annex.line for annex in annexes.starts), span.stop]
    queue = [Zone("main", None, span.start, borders[0])]
    for annex, last in zip(annexes.starts, borders[1:], strict=True):
        queue.append(Zone(f"annex{annex.key}", annex.title, annex.line, last))
    trees: list[ZoneTree] = []
    while queue:
        zone = queue.pop(0)
        back = _back_matter(sheet.lines, zone) if zone.part != "main" else range(0)
        if back:
            zone = replace(zone, last=back.start)
        lists = [r for r in annexes.lists if zone.first <= r.start < zone.last]
        tree = read_zone(sheet, zone, lists)
        tree.back = back
        start = _agreement(sheet.lines, tree.rest)
        if start is not None:
            key = free_key({z.part for z in queue} | {t.zone.part for t in trees})
            queue.insert(0, Zone(f"annex{key}", sheet.lines[start].text, start, zone.last))
            tree.rest = range(tree.rest.start, start)
        trees.append(tree)
    return trees


def _back_matter(lines: Sequence[Line], zone: Zone) -> range:
    """`使用说明` behind the signature of an annex, to its end; empty when there is none."""
    for i in range(zone.first + 2, zone.last):
        signed = any(is_signing(line.text) for line in lines[max(i - 5, zone.first) : i])
        if is_instructions(lines[i].text) and (signed or _OF_THE_FORM.search(lines[i].text)):
            return range(i, zone.last)
    return range(0)


def _agreement(lines: Sequence[Line], rest: range) -> int | None:
    """Where another agreement begins behind a signature: its title, with its parties below."""
    for i in rest:
        if is_paper_title(lines[i].text) and not lines[i].row:
            below = lines[i + 1 : min(i + 8, rest.stop)]
            if _OWN_AGREEMENT.search(lines[i].text) or any(
                is_party_label(line.text) or is_signing(line.text) for line in below
            ):
                return i
        elif is_instructions(lines[i].text):
            return None
    return None
