"""Cut a document into parts, clauses and addressed table rows.

The flow: lines → numbers at their beginning → annexes, which cut the file into zones → for each zone its front, its
tree of clauses, its signature → parts, clauses with ids, tables, findings.
"""

from collections.abc import Sequence

from nlp.clauses.annexes import Annexes, find_annexes
from nlp.clauses.build import build_clauses, build_parts
from nlp.clauses.front import find_title
from nlp.clauses.inline import inline_markers
from nlp.clauses.lines import Line, split_lines
from nlp.clauses.numbering import Marker, head_markers, shifted
from nlp.clauses.rows import address_tables
from nlp.clauses.structure import Structure
from nlp.clauses.toc import toc_lines
from nlp.clauses.zone import Sheet, Zone, read_zone
from schema.document import Document


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
    heads = [_numbers(line, lines, skipped) for line in lines]
    annexes = find_annexes(lines, heads, skipped)
    sheet = Sheet(lines, heads, skipped, text)
    zones = [
        read_zone(sheet, zone, [r for r in annexes.lists if zone.first <= r.start < zone.last])
        for zone in cut_zones(annexes, len(lines))
    ]
    clauses, findings = build_clauses(zones, document.text)
    parts = build_parts(zones, lines, document.text)
    title = find_title(lines, zones[0].front.preamble.stop, document.text)
    return Structure(
        title=title,
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
    found = head_markers(line.text, before)
    return [shifted(marker, line.start, line.index) for marker in (*found, *inline_markers(line.text, found))]


def cut_zones(annexes: Annexes, count: int) -> Sequence[Zone]:
    """The main contract and each annex as ranges of lines."""
    borders = [*(annex.line for annex in annexes.starts), count]
    zones = [Zone("main", None, 0, borders[0])]
    for annex, last in zip(annexes.starts, borders[1:], strict=True):
        zones.append(Zone(f"annex{annex.key}", annex.title, annex.line, last))
    return zones
