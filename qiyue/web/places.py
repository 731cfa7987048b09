"""Where things stand in a contract, in words and in pages."""

from bisect import bisect_right
from typing import TYPE_CHECKING

from schema.citation import Citations

if TYPE_CHECKING:
    from schema.contract import Contract


class Places:
    """Clauses and pages of one contract."""

    def __init__(self, contract: "Contract") -> None:
        """Remember the tree and the lines.

        Args:
            contract: whose.
        """
        self._citations = Citations(contract)
        lines = sorted((line.span.start, page.number) for page in contract.pages for line in page.lines)
        self._starts, self._pages = [start for start, _ in lines], [page for _, page in lines]
        self._spans = sorted(
            (clause.span.start, clause.span.end, clause.id) for clause in contract.clauses if clause.span.end
        )

    def of_clause(self, clause: str | None) -> str:
        """A clause, row or part as a lawyer cites it within the contract; empty for none."""
        return self._citations.place(clause) if clause else ""

    def page(self, offset: int) -> int | None:
        """The page of a character; None for formats without pages."""
        return self._pages[max(bisect_right(self._starts, offset) - 1, 0)] if self._pages else None

    def clause_at(self, offset: int) -> str | None:
        """The deepest clause that holds a character."""
        holding = [(end - start, name) for start, end, name in self._spans if start <= offset < end]
        return min(holding)[1] if holding else None
