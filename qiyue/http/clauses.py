"""Clauses: search with facets, the same clause elsewhere, suggestions."""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from qiyue.http.models import Suggestions
from qiyue.http.people import ReachOf, address_of, site_of
from qiyue.http.queries import Cursor, Limit, Where, Words, conditions
from qiyue.http.replies import PROBLEMS, problems, shaped, written
from qiyue.service.searching import search_clauses, similar_clauses
from schema.errors import SearchError, StoreError
from schema.query import ClauseQuery, Results, Sort

router = APIRouter(tags=["clauses"])
_EXAMPLE = {
    "query": "违约金",
    "total": 1,
    "relation": "eq",
    "took_ms": 4,
    "hits": [
        {
            "contract": "3fa2b1c4" * 8,
            "clause": "main/8/1",
            "citation": "《水泵采购合同》第八条 1",
            "score": 2.31,
            "matched_by": ["exact"],
            "text": "乙方逾期交货的，每逾期一日支付合同总价0.05%的违约金。",
            "highlights": [{"start": 24, "end": 27}],
            "span": {"start": 1204, "end": 1231},
            "page": 3,
            "boxes": [{"page": 3, "box": [88.0, 310.5, 506.2, 324.1]}],
        }
    ],
    "facets": {"type": [{"value": "penalty", "count": 1}]},
    "cursor": None,
    "notes": [],
}


@router.get(
    "/v1/clauses", summary="Search in clauses", responses=PROBLEMS | shaped(Results, "A page of hits", example=_EXAMPLE)
)
async def find(
    request: Request,
    reach: ReachOf,
    q: Words = "",
    where: Where = [],  # noqa: B006 - FastAPI copies it
    sort: Sort = "relevance",
    limit: Limit = 20,
    cursor: Cursor = None,
    group: Annotated[bool, Query(description="One hit a contract, its best clause.")] = False,
    facet: Annotated[list[str], Query(max_length=20, description="Count all hits by: type, kind, party …")] = [],  # noqa: B006
) -> Response:
    """Clauses and table rows that answer, each with its place, page, boxes and why it matched.

    Without words, all that fit the filters. Highlights are code points of `text`; `span` of the contract's text.
    """

    def answer() -> Results:
        query = ClauseQuery(
            text=q, where=conditions(where), sort=sort, limit=limit, cursor=cursor, group=group, facets=tuple(facet)
        )
        return search_clauses(reach.service, reach.within(query))

    site = site_of(request)
    results = await run_sync(answer, limiter=site.searching)
    site.door.trail.note(reach.person, "search", address=address_of(request), hits=results.total)
    return written(results)


@router.get(
    "/v1/clauses/{id:path}/similar",
    summary="The same clause elsewhere",
    responses=problems(404) | shaped(Results, "Clauses, the likest first; highlights mark what differs"),
)
def similar(
    request: Request,
    reach: ReachOf,
    id: Annotated[str, Path(max_length=500, description="Contract and clause: `3fa2b1c4…/main/8/1`.")],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Clauses that are the same or nearly the same; `score` is the share of words in common."""
    reference, _, clause = id.partition("/")
    contract = reach.contract(reference)
    if not clause:
        raise StoreError("element_unknown", "a clause is named by its contract and its id")
    try:
        results = similar_clauses(reach.service, contract=contract, clause=clause, limit=limit, folders=reach.folders)
    except SearchError as error:
        if error.code != "contract_unknown":
            raise
        raise StoreError("element_unknown", f"the contract has no clause {clause[:80]}") from error
    site_of(request).door.trail.note(reach.person, "see similar", contract, address=address_of(request))
    return written(results)


@router.get("/v1/suggestions", summary="Ways to finish what is being typed", responses=PROBLEMS)
def suggestions(reach: ReachOf, q: Words, limit: Annotated[int, Query(ge=1, le=20)] = 8) -> Suggestions:
    """Words and parties of clauses the asker may see, by their beginning or by pinyin."""
    return Suggestions(suggestions=reach.service.index.suggest(q, limit, folders=reach.folders))
