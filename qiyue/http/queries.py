"""Search parameters that several routes take: words, filters, order."""

from typing import Annotated

from fastapi import Query

from schema.query import ClauseQuery, Condition

Words = Annotated[
    str,
    Query(max_length=1000, description='Words, "exact words", -without, 且, 或, 类型:违约责任 (docs/search.md).'),
]
Where = Annotated[
    list[Annotated[str, Query(max_length=500)]],
    Query(max_length=50, description="Filters: field, comparison, value; all must hold. Fields: docs/search.md."),
]
Limit = Annotated[int, Query(ge=0, le=200, description="Hits a page.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`cursor` of the page before.")]


def conditions(where: list[str]) -> tuple[Condition, ...]:
    """Filters as typed.

    Raises:
        SearchError: `field_unknown`, `value_unreadable`.
    """
    from search.where import parse_condition

    return tuple(map(parse_condition, where))


def asked(q: str, where: list[str]) -> ClauseQuery | None:
    """The search that chooses lines; None when nothing was asked."""
    return ClauseQuery(text=q, where=conditions(where)) if q or where else None
