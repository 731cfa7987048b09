"""Parts and clauses: the tree a Chinese lawyer sees."""

from typing import Annotated, Literal

from annotated_types import Ge

from schema.base import Model, Ordinal
from schema.span import Span

PartKind = Literal["cover", "instructions", "preamble", "body", "annex", "signature", "attachment_list", "checklist"]
ClauseType = Literal[
    "subject_matter",
    "price",
    "payment",
    "delivery",
    "acceptance",
    "quality",
    "warranty",
    "ip",
    "confidentiality",
    "data_protection",
    "penalty",
    "liability",
    "termination",
    "force_majeure",
    "dispute",
    "governing_law",
    "term",
    "notice",
    "assignment",
    "deposit",
    "tax",
    "insurance",
    "rights_obligations",
    "service_level",
    "safety",
    "definitions",
    "documents",
    "general",
]


class Part(Model):
    """A part of the file: cover, preamble, body, annex.

    Attributes:
        id: `cover`, `preamble`, `main`, `attachments`, `annex1` …, `signature`; inside an annex that is an agreement of
            its own `annex2/preamble`, `annex2/signature`.
        kind: what it is.
        title: as printed, or None.
        span: whole extent; nested parts lie inside their annex.
    """

    id: str
    kind: PartKind
    title: str | None = None
    span: Span


class Clause(Model):
    """A numbered (or headed) unit of the text.

    Attributes:
        id: part and numbers joined by `/` in Arabic digits: `main/12/3`, `main/1/a`, `annex2/2/2/7`; a number used
            twice under one parent gets `~2`. Numbers of levels that are not printed stand in it too: 3.2.1 under 3
            with no 3.2 is `main/3/2/1`.
        part: id of its part.
        parent: id of the clause above, or None at the top.
        number: as printed (`第十二条`, `（三）`, `5.1`); None for a heading without a number.
        style: name of the numbering style (`article`, `chinese_comma`, `decimal` …).
        ordinal: place among its siblings, from 1.
        heading: words of the heading without number, brackets and colon, or None.
        span: whole subtree, from its number on.
        own_spans: text of the clause without its children; several when text follows a child.
        types: what it is about, most specific first; several allowed.
        level: 1 for a top-level clause; 0 for a 章 or 部分 through which the 条 are counted on.
    """

    id: str
    part: str
    parent: str | None = None
    number: str | None = None
    style: str
    ordinal: Ordinal
    heading: str | None = None
    span: Span
    own_spans: tuple[Span, ...] = ()
    types: tuple[ClauseType, ...] = ()
    level: Annotated[int, Ge(0)]
