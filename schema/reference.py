"""Defined terms and pointers to clauses, annexes, documents and laws."""

from typing import Literal

from schema.elements import Element
from schema.span import Span

ReferenceKind = Literal["clause", "annex", "document", "law"]


class Definition(Element):
    """A term the contract defines (以下简称, 系指, 是指).

    Attributes:
        term: the defined word.
        meaning_span: the words that say what it means.
        refers: part or clause id or party id the term stands for, where that is what it does.
    """

    term: str
    meaning_span: Span
    refers: str | None = None


class Reference(Element):
    """A pointer to a clause, an annex, a document or a law.

    Attributes:
        kind: what it points at.
        target: clause or part id; for a law its full title; None when it points nowhere known.
        canonical: the name in its full form.
        this: 本合同, 本条 …
        resolved: whether the target exists (for a law: whether the title is complete).
    """

    kind: ReferenceKind
    target: str | None = None
    canonical: str | None = None
    this: bool = False
    resolved: bool = False
