"""Contracts: the list, the record, findings, differences, corrections of facts, where they are kept."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import Response

from qiyue.accounts.trail import Json
from qiyue.http.models import Change, ContractList, Corrected, Findings, Folders, Keeping
from qiyue.http.people import ReachOf, address_of, site_of
from qiyue.http.preconditions import etag, unchanged_since
from qiyue.http.queries import Cursor
from qiyue.http.reach import Reach
from qiyue.http.replies import PROBLEMS, problems, shaped, written
from qiyue.service.contracts import list_contracts
from schema.comparison import Comparison
from schema.contract import Contract
from schema.errors import StoreError

router = APIRouter(tags=["contracts"])
Id = Annotated[str, Path(max_length=64, description="Id of the contract, or the beginning of one.")]
Filter = Annotated[str | None, Query(max_length=300)]


def _note(request: Request, reach: Reach, action: str, contract: str, *, wait: bool = False, **detail: Json) -> None:
    site_of(request).door.trail.note(reach.person, action, contract, address=address_of(request), wait=wait, **detail)


@router.get("/v1/contracts", summary="List contracts", responses=PROBLEMS)
def contracts(
    reach: ReachOf,
    folder: Filter = None,
    tag: Filter = None,
    party: Filter = None,
    since: Annotated[str | None, Query(max_length=40, description="Imported or changed after (ISO, UTC).")] = None,
    limit: Annotated[int, Query(ge=0, le=500)] = 50,
    cursor: Cursor = None,
) -> ContractList:
    """Contracts the asker may see, the newest first."""
    found = list_contracts(
        reach.service,
        folder=folder,
        tag=tag,
        party=party,
        since=since,
        folders=reach.folders,
        limit=limit,
        cursor=cursor,
    )
    return ContractList.model_validate(found)


@router.get("/v1/folders", summary="List folders", responses=PROBLEMS)
def folders(reach: ReachOf) -> Folders:
    """Folders the asker may see."""
    known = reach.service.store.catalogue.folders()
    return Folders(folders={name: number for name, number in known.items() if reach.person.may_read(name)})


@router.get(
    "/v1/contracts/{id}",
    summary="The record",
    responses=problems(404) | shaped(Contract, "The record, people's corrections beside the parser's word"),
)
def record(request: Request, reach: ReachOf, id: Id) -> Response:
    """The record as `GET /v1/schema/contract/1.0` describes it; `ETag` is what a change must send as `If-Match`."""
    from qiyue.service.contracts import record_bytes

    card = reach.card(id)
    data = record_bytes(reach.service, card.id)
    _note(request, reach, "see contract", card.id)
    return written(data, headers={"ETag": etag(card.changed_at)})


@router.get("/v1/contracts/{id}/findings", summary="What the checks find", responses=problems(404))
def findings(request: Request, reach: ReachOf, id: Id) -> Findings:
    """Findings of the record with people's corrections, each with the words and the working."""
    from qiyue.service.checking import check

    contract, found = check(reach.service, reach.contract(id))
    _note(request, reach, "see findings", contract.id)
    return Findings(contract=contract.id, findings=list(found))


@router.get(
    "/v1/contracts/{id}/diff/{other}",
    summary="What changed from one contract to another",
    responses=problems(404) | shaped(Comparison, "Values first, then clause by clause"),
)
def diff(request: Request, reach: ReachOf, id: Id, other: Id) -> Response:
    """Two contracts or versions, clause by clause; clauses that only got another number count as the same."""
    from search.compare import compare

    before, after = reach.contract(id), reach.contract(other)
    comparison = compare(reach.service.store.corrected(before), reach.service.store.corrected(after))
    _note(request, reach, "compare", before, other=after)
    return written(comparison)


@router.patch(
    "/v1/contracts/{id}/facts/{element}",
    summary="Correct a fact",
    responses=problems(404, 412, 428),
)
def correct_fact(
    request: Request,
    response: Response,
    reach: ReachOf,
    id: Id,
    element: Annotated[str, Path(max_length=200, description="Id of the element, or `contract`.")],
    change: Change,
    if_match: Annotated[str | None, Header(description="`ETag` of the record the person looked at.")] = None,
) -> Corrected:
    """Put a person's value beside the parser's, which stays in the record."""
    from qiyue.service.correcting import correct

    card = reach.editable(id)
    since = unchanged_since(if_match)
    made = correct(
        reach.service,
        card.id,
        element,
        change.field,
        _typed(change.value),
        why=change.why,
        who=reach.person.name,
        unchanged_since=since,
    )
    _note(request, reach, "correct", card.id, wait=True, element=element, field=change.field)
    response.headers["ETag"] = etag(reach.service.store.catalogue.card(card.id).changed_at)
    return Corrected.model_validate(made)


@router.delete(
    "/v1/contracts/{id}/corrections/{number}",
    summary="Take a correction back",
    status_code=204,
    responses=problems(404),
)
def withdraw_correction(
    request: Request, reach: ReachOf, id: Id, number: Annotated[int, Path(ge=1, le=2**31 - 1)]
) -> None:
    """The parser's word holds again."""
    from qiyue.service.correcting import withdraw

    card = reach.editable(id)
    if number not in {correction.number for correction in reach.service.store.corrections.of(card.id)}:
        raise StoreError("correction_unknown", f"the contract has no correction {number}")
    withdraw(reach.service, number)
    _note(request, reach, "withdraw correction", card.id, wait=True, number=number)


@router.patch(
    "/v1/contracts/{id}", summary="Keep a contract elsewhere, tag it", status_code=204, responses=problems(404)
)
def keep(request: Request, reach: ReachOf, id: Id, keeping: Keeping) -> None:
    """Move it to a folder, give it tags and take others away; both folders must be the asker's to change."""
    from qiyue.service.organising import move_contracts, tag_contracts

    card = reach.editable(id)
    if keeping.folder is not None:
        reach.person.need_to_edit(keeping.folder)
        move_contracts(reach.service, [card.id], keeping.folder)
    if keeping.add_tags or keeping.remove_tags:
        tag_contracts(reach.service, [card.id], list(keeping.add_tags), list(keeping.remove_tags))
    _note(request, reach, "keep", card.id, wait=True, folder=keeping.folder)


@router.delete("/v1/contracts/{id}", summary="Remove a contract", status_code=204, responses=problems(404))
def remove(request: Request, reach: ReachOf, id: Id) -> None:
    """Remove it with its corrections and its original."""
    from qiyue.service.organising import delete_contracts

    card = reach.editable(id)
    _note(request, reach, "delete", card.id, wait=True)
    delete_contracts(reach.service, [card.id])


def _typed(value: object) -> str:
    """A JSON value as a person would type it."""
    import json

    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
