"""The result of segmentation and the questions other components ask of it.

Sample: for `第十二条 违约责任 … 3、如迟延超过30日` the offset of 30 answers `main/12/3`; the cell `2803315.62` of a
price table answers `annex1/9`; the name on the cover answers `cover`.
"""

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

    Clause spans nest; the own spans of all clauses, the rows of all tables and what is left to the parts tile the text.

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
    def _places(self) -> tuple[list[int], list[tuple[int, str]]]:
        """Starts of all own spans, and for each its end and the id it belongs to."""
        tiles = sorted((s.start, s.end, unit.id) for unit in self.units for s in unit.spans if len(s))
        return [t[0] for t in tiles], [(t[1], t[2]) for t in tiles]

    def locate(self, offset: int) -> str | None:
        """Id of the deepest clause, row or part that holds the character at this offset.

        Args:
            offset: code point of the canonical text.
        """
        starts, tiles = self._places
        index = bisect_right(starts, offset) - 1
        if index < 0:
            return None
        end, name = tiles[index]
        return name if offset < end else None

    def ancestors(self, clause_id: str) -> Iterator[Clause]:
        """The clause and those above it, deepest first."""
        clause = self.clause_by_id.get(clause_id)
        while clause is not None:
            yield clause
            clause = self.clause_by_id.get(clause.parent) if clause.parent else None

    def _rows(self) -> Iterator[Unit]:
        for table in self.tables:
            for row in table.rows:
                span = Span(start=row.cells[0].span.start, end=row.cells[-1].span.end)
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
        taken = sorted(
            [(c.span.start, c.span.end) for c in self.clauses if c.level == 1]
            + [(r.cells[0].span.start, r.cells[-1].span.end) for t in self.tables for r in t.rows]
        )
        for part in self.parts:
            inner = [(p.span.start, p.span.end) for p in self.parts if p is not part and part.span.contains(p.span)]
            spans = tuple(subtract(part.span, sorted(taken + inner)))
            if spans:
                yield Unit(part.id, part.id, spans)


def subtract(span: Span, taken: list[tuple[int, int]]) -> Iterator[Span]:
    """What is left of a span after taking ranges out of it.

    Args:
        span: the whole.
        taken: ranges sorted by start; they may overlap each other and stick out.
    """
    position = span.start
    for start, end in taken:
        if end <= position:
            continue
        if start >= span.end:
            break
        if start > position:
            yield Span(start=position, end=start)
        position = max(position, end)
    if position < span.end:
        yield Span(start=position, end=span.end)
