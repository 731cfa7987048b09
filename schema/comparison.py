"""Two contracts, or two versions of one, side by side: what changed, values first."""

from typing import Literal

from pydantic import Field

from schema.base import Model
from schema.span import Span

ValueKind = Literal[
    "party", "amount", "rate", "payment", "deadline", "penalty", "date", "term", "dispute", "law", "copies"
]
ClauseState = Literal["same", "changed", "moved", "added", "removed"]
PieceKind = Literal["equal", "removed", "added"]


class ValueChange(Model):
    """A value that one contract has and the other has not, or has otherwise.

    Attributes:
        kind: what sort of value it is.
        before: as a person would say it (`万分之五 每日`); None where the first contract has no such value.
        after: the same of the second contract.
        before_clause: clause, row or part of the first contract.
        after_clause: clause, row or part of the second contract.
        before_span: its words in the text of the first contract.
        after_span: its words in the text of the second contract.
    """

    kind: ValueKind
    before: str | None = None
    after: str | None = None
    before_clause: str | None = None
    after_clause: str | None = None
    before_span: Span | None = None
    after_span: Span | None = None


class Piece(Model):
    """A stretch of words that both have, or only one of them."""

    kind: PieceKind
    text: str


class ClauseChange(Model):
    """A clause, row or part of one contract and its partner in the other.

    Attributes:
        state: what became of it. A moved clause may have changed too, see `pieces`.
        before: id in the first contract.
        after: id in the second contract.
        before_citation: how a lawyer would cite it.
        after_citation: how a lawyer would cite it.
        similarity: of the words, 0 to 1; 1 is the same but for spacing, width and script.
        pieces: words from the first to the second; empty where nothing changed.
    """

    state: ClauseState
    before: str | None = None
    after: str | None = None
    before_citation: str | None = None
    after_citation: str | None = None
    similarity: float = Field(default=0.0, ge=0, le=1)
    pieces: tuple[Piece, ...] = ()


class Comparison(Model):
    """What changed from the first contract to the second.

    Attributes:
        before: id of the first contract.
        after: id of the second contract.
        values: values that changed.
        clauses: all clauses, rows and parts, in the order of the second contract; removed ones where they stood.
        counts: how many clauses are the same, changed, moved, added, removed.
    """

    before: str
    after: str
    values: tuple[ValueChange, ...] = ()
    clauses: tuple[ClauseChange, ...] = ()
    counts: dict[ClauseState, int] = {}
