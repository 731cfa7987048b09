"""The text of a contract as the page shows it: blocks in document order, facts and hits marked inside them.

Each character stands in exactly one block, so what is on the page is the canonical text, whole and once. A block says
where it begins, in code points; JavaScript counts UTF-16 units, so the page converts there and nowhere else.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from schema.citation import Citations
from search.record import build_records

if TYPE_CHECKING:
    from schema.contract import Contract
    from schema.span import Span
    from schema.table import Table
    from search.record import IndexRecord

MARKED = (
    "parties",
    "amounts",
    "rates",
    "payments",
    "deadlines",
    "dates",
    "penalties",
    "exclusions",
    "definitions",
    "references",
    "blanks",
    "choices",
)
"""Kinds that are underlined."""

_DEEPEST = 5


@dataclass(frozen=True)
class Mark:
    """A fact or a hit in the text.

    Attributes:
        start: code point.
        end: code point.
        kind: name of the list it stands in, or `hit`.
        id: of the fact; number of the hit.
    """

    start: int
    end: int
    kind: str
    id: str


@dataclass(frozen=True)
class Segment:
    """A stretch of text under the same marks.

    Attributes:
        text: its words.
        start: code point of the contract.
        inner: kind of the shortest fact over it, None where there is none.
        outer: kinds of the longer ones.
        facts: their ids, the shortest first.
        hit: number of the hit, None for none.
        first_of_hit: whether the hit begins here.
        title: whether it is the number and heading of the clause.
    """

    text: str
    start: int
    inner: str | None
    outer: tuple[str, ...]
    facts: tuple[str, ...]
    hit: str | None
    first_of_hit: bool
    title: bool


@dataclass
class Block:
    """A clause's own words, a piece of them, or a run of table rows.

    Attributes:
        clause: id of the clause, row or part.
        anchor: id in the page; None for the later pieces of one clause.
        unit: clause, row or part.
        level: for indenting.
        start: code point of the contract.
        end: code point.
        place: as a lawyer cites it in short.
        cite: as a document cites it.
        segments: of a clause or part.
        rows: of a table: each with its clause id and its cells' segments.
        heads: column names of the table.
    """

    clause: str
    anchor: str | None
    unit: str
    level: int
    start: int
    end: int
    place: str = ""
    cite: str = ""
    segments: list[Segment] = field(default_factory=list)
    rows: list["TableRow"] = field(default_factory=list)
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownCell:
    """A cell of a row."""

    start: int
    end: int
    column_span: int
    row_span: int
    segments: list[Segment]


@dataclass(frozen=True)
class TableRow:
    """A row of a table."""

    clause: str
    anchor: str
    start: int
    end: int
    place: str
    cite: str
    cells: list[ShownCell]


def anchor_of(clause: str) -> str:
    """The id of a clause in the page."""
    return f"c-{clause}"


def blocks_of(
    contract: "Contract", hits: Sequence[Mark] = (), records: "Sequence[IndexRecord] | None" = None
) -> list[Block]:
    """The whole text in blocks.

    Args:
        contract: corrected or not.
        hits: to mark besides the facts.
        records: of the contract, where they are known already.
    """
    records = build_records(contract) if records is None else records
    marks = _Marks([*fact_marks(contract), *hits])
    tables = _Tables(contract)
    citations = Citations(contract)
    levels = {clause.id: clause.level for clause in contract.clauses}
    titles = _title_ends(contract)
    pieces = sorted(
        (piece.start, piece.end, place, number)
        for place, record in enumerate(records)
        for number, piece in enumerate(record.pieces)
    )
    blocks: list[Block] = []
    for start, end, place, number in pieces:
        record = records[place]
        if record.unit == "row":
            row = tables.row(record.clause, start, end, citations, marks)
            _add_row(blocks, row, tables.table(record.clause))
            continue
        anchor = anchor_of(record.clause) if number == 0 else None
        level = min(levels.get(record.clause, 0), _DEEPEST)
        title_end = titles.get(record.clause, 0) if number == 0 else 0
        segments = list(marks.cut(contract.text, start, end, title_end))
        place_words, cite = citations.place(record.clause), citations.formal(record.clause)
        blocks.append(Block(record.clause, anchor, record.unit, level, start, end, place_words, cite, segments))
    return blocks


def hit_marks(records: "Iterable[IndexRecord]", hits: Iterable[tuple[str, Iterable[tuple[int, int]]]]) -> list[Mark]:
    """Highlights of hits, put where they stand in the contract.

    Args:
        records: of the contract that was searched.
        hits: clause id and ranges in the words of its record.

    Returns:
        In document order, numbered from 1.
    """
    pieces = {record.clause: record.pieces for record in records}
    found: list[tuple[int, int]] = []
    for clause, ranges in hits:
        for start, end in ranges:
            found.extend(_spread(pieces.get(clause, ()), start, end))
    return [Mark(start, end, "hit", str(number)) for number, (start, end) in enumerate(sorted(found), 1)]


def fact_marks(contract: "Contract") -> Iterator[Mark]:
    """The facts that are underlined; parties where they are called by a name."""
    for kind in MARKED:
        for element in getattr(contract, kind):
            yield Mark(element.span.start, element.span.end, kind, element.id)
    for party in contract.parties:
        for mention in party.mentions:
            if mention.form != "role" and mention.span != party.span:
                yield Mark(mention.span.start, mention.span.end, "parties", party.id)


def _spread(pieces: "Sequence[Span]", start: int, end: int) -> Iterator[tuple[int, int]]:
    """A range of a record's words, which are its pieces joined by line ends, as ranges of the contract's text."""
    offset = 0
    for piece in pieces:
        left, right = max(start, offset), min(end, offset + len(piece))
        if left < right:
            yield piece.start + left - offset, piece.start + right - offset
        offset += len(piece) + 1


def _title_ends(contract: "Contract") -> dict[str, int]:
    """Where number and heading of each clause end."""
    found = {}
    for clause in contract.clauses:
        start = clause.span.start
        opening = contract.text[start : start + len(clause.number or "") + len(clause.heading or "") + 12]
        place = opening.find(clause.heading) if clause.heading else -1
        length = place + len(clause.heading or "") if place >= 0 else len(clause.number or "")
        found[clause.id] = start + length
    return found


class _Tables:
    """Rows by their id, with the tables they belong to."""

    def __init__(self, contract: "Contract") -> None:
        self._text = contract.text
        self._rows = {row.id: (table, row) for table in contract.tables for row in table.rows}

    def table(self, row: str) -> "Table":
        """The table of a row."""
        return self._rows[row][0]

    def row(self, name: str, start: int, end: int, citations: Citations, marks: "_Marks") -> TableRow:
        """A row with its cells cut at marks."""
        cells = [
            ShownCell(
                cell.span.start,
                cell.span.end,
                cell.col_span,
                cell.row_span,
                list(marks.cut(self._text, cell.span.start, cell.span.end, 0)),
            )
            for cell in self._rows[name][1].cells
        ]
        return TableRow(name, anchor_of(name), start, end, citations.place(name), citations.formal(name), cells)


def _add_row(blocks: list[Block], shown: TableRow, table: "Table") -> None:
    """Add a row to the table before it, or begin one."""
    if blocks and blocks[-1].unit == "row" and blocks[-1].clause == table.id:
        blocks[-1].rows.append(shown)
        blocks[-1].end = shown.end
        return
    blocks.append(Block(table.id, None, "row", 0, shown.start, shown.end, rows=[shown], heads=table.columns))


class _Marks:
    """Cuts text at the borders of marks."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted((m for m in marks if m.start < m.end), key=lambda m: (m.start, m.end))
        self._longest = max((m.end - m.start for m in self._marks), default=0)
        self._starts = [m.start for m in self._marks]

    def cut(self, text: str, start: int, end: int, title_end: int) -> Iterator[Segment]:
        """Segments of a stretch, in order; none when it is empty."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        over = [m for m in self._marks[first:last] if m.end > start]
        borders = {start, end, *(b for m in over for b in (m.start, m.end) if start < b < end)}
        borders |= {title_end} if start < title_end < end else set()
        ordered = sorted(borders)
        for left, right in pairwise(ordered):
            yield _segment(text, left, right, [m for m in over if m.start <= left and right <= m.end], title_end)


def _segment(text: str, start: int, end: int, over: Sequence[Mark], title_end: int) -> Segment:
    facts = sorted((m for m in over if m.kind != "hit"), key=lambda m: m.end - m.start)
    hit = next((m for m in over if m.kind == "hit"), None)
    kinds = list(dict.fromkeys(m.kind for m in facts))
    return Segment(
        text=text[start:end],
        start=start,
        inner=kinds[0] if kinds else None,
        outer=tuple(kinds[1:]),
        facts=tuple(dict.fromkeys(m.id for m in facts)),
        hit=hit.id if hit else None,
        first_of_hit=hit is not None and hit.start == start,
        title=end <= title_end,
    )
