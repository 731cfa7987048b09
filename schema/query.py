"""Search: what is asked and what is answered, the same for every engine."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from schema.base import Box, Model
from schema.span import Span

Op = Literal["=", "!=", ">", ">=", "<", "<=", "in"]
MatchLayer = Literal["exact", "words", "synonym", "variant", "pinyin", "typo", "number", "filter", "similar"]
Sort = Literal["relevance", "date", "-date", "amount", "-amount"]


def whole_characters(text: str) -> str:
    """The text with each broken character (half of a surrogate pair, as bad pastes bring) as U+FFFD.

    Such halves cannot be written as UTF-8, neither to an engine nor back to the person who asked.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


Typed = Annotated[str, AfterValidator(whole_characters)]


class Condition(Model):
    """One filter.

    Attributes:
        field: a field of docs/search.md (`party`, `deadline.workday`); conditions on the same kind of fact must hold
            for one and the same fact.
        op: comparison.
        values: as typed; several only for `in`.
    """

    field: str
    op: Op = "="
    values: tuple[Typed, ...] = Field(min_length=1)


class ClauseQuery(Model):
    """A search for clauses.

    Attributes:
        text: what a person typed, in the query language; empty lists all that fit the filters.
        where: filters, all must hold.
        sort: order of the hits; ties are broken by contract and clause.
        limit: hits a page.
        cursor: where the last page ended, as given by it.
        group: one hit a contract (its best clause) instead of one a clause.
        facets: names of the facets to count.
        folders: folders the asker may see; None for all. Applied on every path.
    """

    text: Typed = ""
    where: tuple[Condition, ...] = ()
    sort: Sort = "relevance"
    limit: int = Field(default=20, ge=0, le=1000)
    cursor: str | None = None
    group: bool = False
    facets: tuple[str, ...] = ()
    folders: tuple[str, ...] | None = None


class Highlight(Model):
    """A range of code points of the text of a hit."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class HitBox(Model):
    """A box on a page, in points."""

    page: int
    box: Box


class Hit(Model):
    """One clause or table row that answers.

    Attributes:
        contract: id of the contract.
        clause: id of the clause or table row.
        citation: how a lawyer would cite it, with the title of the contract.
        score: comparable within one answer only.
        matched_by: which layers matched, strongest first.
        text: words of the clause without its children.
        highlights: into `text`.
        span: into the text of the contract.
        page: first page, None for formats without pages.
        boxes: lines of the clause.
    """

    contract: str
    clause: str
    citation: str
    score: float
    matched_by: tuple[MatchLayer, ...] = ()
    text: str
    highlights: tuple[Highlight, ...] = ()
    span: Span
    page: int | None = None
    boxes: tuple[HitBox, ...] = ()


class FacetValue(Model):
    """How many hits have this value."""

    value: str
    count: int


class Results(Model):
    """The answer to a query.

    Attributes:
        query: as typed.
        total: number of hits.
        relation: whether `total` is exact or a lower bound.
        took_ms: time taken.
        hits: this page of hits.
        facets: counts by facet name.
        cursor: to go on from here, None at the end.
        notes: what was read differently from how it was typed.
    """

    query: str
    total: int
    relation: Literal["eq", "gte"] = "eq"
    took_ms: int = 0
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[FacetValue, ...]] = {}
    cursor: str | None = None
    notes: tuple[str, ...] = ()
