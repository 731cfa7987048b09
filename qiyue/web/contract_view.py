"""What the page of a contract shows: its head, the tree, the text, facts, findings, tables, and where lines stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qiyue.web.places import Places
from qiyue.web.reading_view import Mark, anchor_of, hit_marks

if TYPE_CHECKING:
    from qiyue.http.shelf import Read
    from qiyue.service.base import Service
    from qiyue.web.asked import Asked
    from schema.contract import Contract
    from schema.finding import Finding

TABS = ("text", "facts", "findings", "blanks", "tables", "versions")
_MOST_HITS = 500
_LEADER = 24


@dataclass
class Branch:
    """A part or clause of the tree.

    Attributes:
        id: of the clause or part.
        anchor: in the page.
        number: as printed.
        words: heading, or the first words.
        children: below it.
    """

    id: str
    anchor: str
    number: str
    words: str
    children: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Spot:
    """Words that a finding is about."""

    start: int
    end: int
    words: str
    place: str
    page: int | None
    clause: str | None


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its working and the words it is about."""

    finding: "Finding"
    working: tuple[tuple[str, str], ...]
    spots: tuple[Spot, ...]


def tree_of(contract: "Contract") -> list[Branch]:
    """Parts with their clauses, in document order."""
    from schema.citation import PART_WORDS

    branches: dict[str, Branch] = {}
    roots: list[Branch] = []
    entries: list[tuple[int, int, Branch, str | None]] = []
    clause_ids = {clause.id for clause in contract.clauses}
    for part in contract.parts:
        words = " ".join((part.title or PART_WORDS.get(part.kind, part.kind)).split())
        above = part.id.rpartition("/")[0] or None
        entries.append((part.span.start, 0, Branch(part.id, anchor_of(part.id), "", words), above))
    for clause in contract.clauses:
        above = clause.parent if clause.parent in clause_ids else clause.part
        opening = " ".join(contract.text[clause.span.start : clause.span.start + _LEADER].split())
        words = clause.heading or opening.removeprefix(clause.number or "").strip() or "…"
        branch = Branch(clause.id, anchor_of(clause.id), clause.number or "", words)
        entries.append((clause.span.start, 1 + clause.level, branch, above))
    for _, _, branch, above in sorted(entries, key=lambda entry: entry[:2]):
        branches[branch.id] = branch
        owner = branches.get(above) if above else None
        (owner.children if owner else roots).append(branch)
    return roots


def findings_of(contract: "Contract") -> list[ShownFinding]:
    """Findings, the gravest first, with what they count and the words they are about."""
    places = Places(contract)
    rank = {"error": 0, "warning": 1, "info": 2}

    def spot(start: int, end: int) -> Spot:
        clause = places.clause_at(start)
        words = contract.text[start:end]
        return Spot(start, end, words, places.of_clause(clause), places.page(start), clause)

    return [
        ShownFinding(
            finding,
            tuple(
                (key, _shown(value)) for key, value in finding.data.items() if key != "rule" and value not in ("", ())
            ),
            tuple(spot(span.start, span.end) for span in finding.spans),
        )
        for finding in sorted(contract.findings, key=lambda f: rank[f.severity])
    ]


def hits_in(service: "Service", read: "Read", asked: "Asked", folders: tuple[str, ...] | None) -> list[Mark]:
    """What a search found in this contract, as marks in its text.

    Raises:
        SearchError: a condition cannot be read, or the engine does not answer.
    """
    if not asked.text:
        return []
    query = asked.at(None).query(folders, limit=_MOST_HITS, extra=(f"contract={read.contract.id}",))
    hits = service.index.search(query).hits
    return hit_marks(read.records, ((hit.clause, [(mark.start, mark.end) for mark in hit.highlights]) for hit in hits))


def place_map(contract: "Contract") -> dict[str, Any]:
    """Where the characters stand on the pages, for the script of the page.

    Returns:
        The text; pages as number, width, height; lines and cells as start, end, page, box.
    """
    lines = [
        [line.span.start, line.span.end, page.number, *(round(edge, 1) for edge in line.box)]
        for page in contract.pages
        for line in page.lines
    ]
    cells = [
        [cell.span.start, cell.span.end, box.page, *(round(edge, 1) for edge in box.box)]
        for table in contract.tables
        for row in (*table.header_rows, *(row.cells for row in table.rows))
        for cell in row
        for box in cell.boxes
    ]
    pages = [[page.number, page.width, page.height] for page in contract.pages if page.width and page.height]
    return {"text": contract.text, "pages": pages, "lines": sorted(lines), "cells": cells}


def _shown(value: str | int | Sequence[str]) -> str:
    return str(value) if isinstance(value, str | int) else "；".join(value)
