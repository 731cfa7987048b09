"""The base of all facts."""

from schema.base import Model
from schema.span import Evidence, Span


class Element(Model):
    """What all facts share.

    Attributes:
        id: unique in the contract.
        clause: id of the deepest clause or table row that holds it; the part id outside any clause; None if unknown.
        span: its words in the canonical text.
        text: exactly those words.
        evidence: which rule found it, on which words.
    """

    id: str
    clause: str | None
    span: Span
    text: str
    evidence: Evidence
