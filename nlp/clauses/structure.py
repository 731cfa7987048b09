"""The result of segmentation and the questions other components ask of it.

Sample: for `第十二条 违约责任 … 3、如迟延超过30日` the offset of 30 answers `main/12/3`; the cell `2803315.62` of a
price table answers `annex1/9`; the name on the cover answers `cover`.
"""

import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from schema.clause import Clause, ClauseType, Part
from schema.finding import Finding
from schema.span import Span
from schema.table import Row, Table


@dataclass(frozen=True)
class Unit:
    """Words that belong to one clause, row or part and to nothing deeper: what fact components read.

    Attributes:
        id: clause id, row id or part id.
        part: part id.
        spans: own text in document order; a row has its whole span.
        headings: from the top-level clause down to this one, without Nones.
        types: of this clause, or of the nearest clause above that has some.
        row: the table row, for a row.
        table: its table, for a row.
    """

    id: str
    part: str
    spans: tuple[Span, ...]
    headings: tuple[str, ...] = ()
    types: tuple[ClauseType, ...] = ()
    row: Row | None = None
    table: Table | None = None


@dataclass(frozen=True)
class Structure:
    """Parts, clauses and tables of one document.

    Clause spans nest; the own spans of all clauses, the rows of all tables and what is left to the parts tile the
    text.

    Attributes:
        title: of the contract, as printed.
        parts: in document order, an annex before the parts inside it.
        clauses: in document order.
        tables: with final part and row ids.
        findings: numbering gaps and doubled numbers seen while building the tree.
    """

    title: str | None = None
    parts: tuple[Part, ...] = ()
    clauses: tuple[Clause, ...] = ()
    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @cached_property
    def clause_by_id(self) -> dict[str, Clause]:
        """Clauses by id."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def part_by_id(self) -> dict[str, Part]:
        """Parts by id."""
        return {part.id: part for part in self.parts}

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """All units, in the order of their first character."""
        found = [*self._rows(), *self._clause_units(), *self._part_units()]
        return tuple(sorted(found, key=lambda unit: unit.spans[0].start))

    @cached_property
    def tiles(self) -> tuple[tuple[int, int, str], ...]:
        """Start, end and id of the deepest row, clause or part, in text order; they do not overlap.

        Number and heading of a clause belong to the clause, line ends between two clauses to the one above them.
        """
        nested = [(p.span.start, -p.span.end, 0, p.id) for p in self.parts]
        nested += [(c.span.start, -c.span.end, 1 + c.level, c.id) for c in self.clauses]
        nested += [(s.start, -s.end, 99, row.id) for table in self.tables for row in table.rows if (s := row_span(row))]
        return tuple(_flatten(sorted(nested)))

    @cached_property
    def _starts(self) -> list[int]:
        return [tile[0] for tile in self.tiles]

    def locate(self, offset: int) -> str | None:
        """Id of the deepest clause, row or part that holds the character at this offset.

        Args:
            offset: code point of the canonical text.
        """
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        _, end, name = self.tiles[index]
        return name if offset < end else None

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [clause.span.start for clause in self.clauses]

    def clause_around(self, offset: int) -> Clause | None:
        """The deepest clause whose span holds a place, in a table as well.

        Args:
            offset: code point of the canonical text.
        """
        last = self.clause_before(offset)
        above = self.ancestors(last.id) if last else iter(())
        return next((clause for clause in above if offset < clause.span.end), None)

    def clause_before(self, offset: int) -> Clause | None:
        """The last clause that begins at a place or before it, whether or not it reaches so far.

        Args:
            offset: code point of the canonical text.
        """
        index = bisect_right(self._clause_starts, offset) - 1
        return self.clauses[index] if index >= 0 else None

    def ancestors(self, clause_id: str) -> Iterator[Clause]:
        """The clause and those above it, deepest first."""
        clause = self.clause_by_id.get(clause_id)
        while clause is not None:
            yield clause
            clause = self.clause_by_id.get(clause.parent) if clause.parent else None

    def _rows(self) -> Iterator[Unit]:
        for table in self.tables:
            for row in table.rows:
                if span := row_span(row):
                    yield Unit(row.id, table.part or "main", (span,), row=row, table=table)

    def _clause_units(self) -> Iterator[Unit]:
        for clause in self.clauses:
            if clause.own_spans:
                chain = list(self.ancestors(clause.id))
                headings = tuple(c.heading for c in reversed(chain) if c.heading)
                types = next((c.types for c in chain if c.types), ())
                yield Unit(clause.id, clause.part, clause.own_spans, headings, types)

    def _part_units(self) -> Iterator[Unit]:
        """What of each part lies in no clause, no row and no part inside it."""
        left: dict[str, list[Span]] = {}
        for start, end, name in self.tiles:
            if name in self.part_by_id:
                left.setdefault(name, []).append(Span(start=start, end=end))
        for name, spans in left.items():
            yield Unit(name, name, tuple(spans))


def row_span(row: Row) -> Span | None:
    """From the first to the last character of a row; None for a row without words."""
    if not row.cells:
        return None
    start, end = row.cells[0].span.start, max(cell.span.end for cell in row.cells)
    return Span(start=start, end=end) if start < end else None


def _flatten(nested: list[tuple[int, int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Nested ranges, outer ones first, to ranges side by side that name the innermost one."""
    open_ranges: list[tuple[int, str]] = []
    position = 0
    for start, negative_end, _, name in [*nested, (sys.maxsize, 0, 0, "")]:
        while open_ranges and open_ranges[-1][0] <= start:
            end, inner = open_ranges.pop()
            if position < end:
                yield position, end, inner
                position = end
        if open_ranges and position < start:
            yield position, start, open_ranges[-1][1]
        position = max(position, start)
        open_ranges.append((min(-negative_end, open_ranges[-1][0]) if open_ranges else -negative_end, name))
