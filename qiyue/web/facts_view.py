"""The facts of a contract, a table a kind; each row leads back to its words and takes a person's verdict."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qiyue.web.fact_words import KINDS, Cells, Teller
from qiyue.web.wording import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.verdicts import Verdict
    from schema.contract import Contract
    from schema.correction import Correction
    from schema.elements import Element


@dataclass(frozen=True)
class FactRow:
    """A fact.

    Attributes:
        id: unique in the contract.
        kind: list it stands in.
        cells: as `KINDS` words them.
        clause: id of the clause that holds it.
        place: of the clause, as a lawyer cites it.
        page: or None.
        start: code point of its words.
        end: code point.
        text: its words.
        rule: that found it.
        verdict: what a person said of it.
        corrections: of its fields.
    """

    id: str
    kind: str
    cells: Cells
    clause: str | None
    place: str
    page: int | None
    start: int
    end: int
    text: str
    rule: str
    verdict: "Verdict | None" = None
    corrections: tuple["Correction", ...] = ()


@dataclass(frozen=True)
class FactTable:
    """The facts of a kind."""

    kind: str
    heads: tuple[str, ...]
    rows: list[FactRow] = field(default_factory=list)


class FactTables:
    """Makes the tables of one contract."""

    def __init__(self, contract: "Contract", verdicts: "Mapping[str, Verdict]", language: Language) -> None:
        """Remember what people said.

        Args:
            contract: with its corrections applied.
            verdicts: by element id.
            language: of the page.
        """
        self._tell, self._contract, self._verdicts = Teller(contract, language), contract, verdicts
        self._corrections: defaultdict[str, list[Correction]] = defaultdict(list)
        for correction in contract.corrections:
            if correction.element:
                self._corrections[correction.element].append(correction)

    def all(self) -> list[FactTable]:
        """All but the blanks, which have a tab of their own; empty tables fall away."""
        made = [self.table(kind) for kind in KINDS if kind != "blanks"]
        return [table for table in made if table.rows]

    def table(self, kind: str) -> FactTable:
        """The facts of one kind, in the order of the text; of blanks the empty ones first."""
        heads, _ = KINDS[kind]
        elements = list(getattr(self._contract, kind))
        if kind == "blanks":
            elements.sort(key=lambda blank: (blank.state != "empty", blank.span.start))
        return FactTable(kind, heads, [self._row(kind, element) for element in elements])

    def row(self, element: str) -> FactRow | None:
        """One fact by its id."""
        for kind in KINDS:
            for found in getattr(self._contract, kind):
                if found.id == element:
                    return self._row(kind, found)
        return None

    def _row(self, kind: str, element: "Element") -> FactRow:
        _, words = KINDS[kind]
        span = element.span
        return FactRow(
            id=element.id,
            kind=kind,
            cells=words(self._tell, element),
            clause=element.clause,
            place=self._tell.places.of_clause(element.clause),
            page=self._tell.places.page(span.start),
            start=span.start,
            end=span.end,
            text=element.text,
            rule=element.evidence.rule,
            verdict=self._verdicts.get(element.id),
            corrections=tuple(self._corrections[element.id]),
        )
