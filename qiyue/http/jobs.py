"""Imports over HTTP: files in, a job out, and what becomes of each file, also as it happens."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import islice
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool

from qiyue.accounts.person import Person
from qiyue.http.models import Begun, FolderName, ImportPaths, Job, JobDetail, JobFile, JobList, Tag
from qiyue.http.people import CSRF_FIELD, CSRF_HEADER, ReachOf, Uploader, address_of, prove, site_of
from qiyue.http.reach import Reach
from qiyue.http.replies import PROBLEMS, problems
from qiyue.http.site import Site
from qiyue.http.uploads import Upload, receive
from qiyue.service.importing import ImportRequest
from qiyue.service.jobs import shown_file, shown_job
from qiyue.sources import shown_name
from schema.errors import StoreError, UsageError

if TYPE_CHECKING:
    from corpus.ledger import FileRow
    from corpus.ledger import Job as LedgerJob

router = APIRouter(tags=["imports"])
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the import.")]
_FOLDER: TypeAdapter[str] = TypeAdapter(FolderName)
_TAGS: TypeAdapter[list[str]] = TypeAdapter(list[Tag])
_TICK = 0.5
_BEAT = 15.0
_FEW = 20
_AT_ONCE = 200
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "folder": {"type": "string", "maxLength": 300, "description": "Folder to keep them in."},
                        "tag": {"type": "array", "items": {"type": "string"}, "description": "Tags to give them."},
                    },
                },
            },
            "application/json": {"schema": ImportPaths.model_json_schema()},
        },
    }
}


@router.post(
    "/v1/imports",
    summary="Import files",
    status_code=202,
    responses=problems(404, 413, 415, 429),
    openapi_extra=_BODY,
)
async def import_files(request: Request, person: Uploader) -> Begun:
    """Files and zip archives, streamed to disk and read in the background; or, as JSON, paths of the server itself.

    Paths are for administrators and must lie below the folders of QIYUE_IMPORT_ROOTS.
    `GET /v1/jobs/{id}` says how far it is: `running` while files are read, `indexing` when all are stored and search
    learns of them, `done` when they can be searched (or the index does not answer, which `readyz` and `doctor` say).
    The same bytes are stored once: sent again they end as `duplicate`, and the same request sent while its import runs
    is answered with that import.
    """
    site = site_of(request)
    person.need("write")
    if not person.may_edit_somewhere:
        raise UsageError("not_allowed", "you may not import into any folder")
    given = request.headers.get(CSRF_HEADER)
    if given is not None:
        prove(request, person, given)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json":
        prove(request, person, given)
        return await run_in_threadpool(_from_server, request, person, await request.body())
    upload = await receive(request, site.imports.uploads)
    try:
        if given is None:
            prove(request, person, upload.first(CSRF_FIELD))
        return await run_in_threadpool(_start, request, site, person, upload)
    except BaseException:
        upload.discard()
        raise


def _from_server(request: Request, person: Person, body: bytes) -> Begun:
    """Files and folders of the server itself, for administrators, below the folders of QIYUE_IMPORT_ROOTS."""
    site = site_of(request)
    try:
        wanted = ImportPaths.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_input=False)) from error
    roots = site.settings.import_roots
    paths = tuple(FilePath(path).resolve() for path in wanted.paths)
    if not person.admin or not all(any(path.is_relative_to(root) for root in roots) for path in paths):
        raise UsageError("not_allowed", "these paths may not be imported", remedy="see QIYUE_IMPORT_ROOTS")
    wish = ImportRequest(paths=paths, folder=wanted.folder, tags=tuple(wanted.tags), owner=person.name)
    return _begun(request, person, site.imports.start(wish), wanted.folder, len(paths))


def _start(request: Request, site: Site, person: Person, upload: Upload) -> Begun:
    if not upload.files:
        raise UsageError("request_invalid", "the form holds no file", remedy="send them as fields named file")
    try:
        folder = _FOLDER.validate_python(upload.first("folder")) if upload.first("folder") else None
        tags = _TAGS.validate_python([tag for tag in upload.fields.get("tag", []) if tag])
    except ValidationError as error:
        raise UsageError("request_invalid", f"folder or tag: {error.errors()[0]['msg']}") from error
    person.need_to_edit(folder)
    job = site.imports.send(upload, {"owner": person.name, "folder": folder, "tags": sorted(set(tags))})
    return _begun(request, person, job, folder, len(upload.files))


def _begun(request: Request, person: Person, job: int, folder: str | None, files: int) -> Begun:
    site_of(request).door.trail.note(
        person, "import", str(job), address=address_of(request), wait=True, folder=folder, files=files
    )
    return Begun(job=job, url=f"/v1/jobs/{job}", events=f"/v1/jobs/{job}/events")


@router.get("/v1/jobs", summary="List imports", responses=PROBLEMS)
def jobs(reach: ReachOf, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> JobList:
    """Imports of the asker, the newest first; of everybody for administrators."""
    known = (job for job in reach.service.store.ledger.jobs() if _is_theirs(reach, job))
    return JobList(jobs=[Job.model_validate(shown_job(job)) for job in islice(known, limit)])


@router.get("/v1/jobs/{id}", summary="What became of each file", responses=problems(404))
def job(
    reach: ReachOf,
    id: Number,
    limit: Annotated[int, Query(ge=0, le=1000, description="Files a page.")] = 1000,
    cursor: Annotated[int, Query(ge=0, le=2**31 - 1, description="`cursor` of the page before.")] = 0,
) -> JobDetail:
    """An import with its files, each with its state, and why it failed, or what it is a duplicate or version of."""
    found = _job(reach, id)
    rows = list(islice(reach.service.store.ledger.files(id, after=cursor), limit + 1))
    files = shown_files(reach, found, rows[:limit])
    more = rows[limit - 1].place if len(rows) > limit > 0 else None
    return JobDetail.model_validate({**shown_job(found), "files": files, "cursor": more})


@router.get(
    "/v1/jobs/{id}/events",
    summary="What becomes of each file, as it happens",
    response_class=StreamingResponse,
    responses=problems(404)
    | {200: {"description": "Server-sent events", "content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
def events(request: Request, reach: ReachOf, id: Number) -> StreamingResponse:
    """`file` for each file that comes to a state, `progress` with counts, `done` at the end."""
    _job(reach, id)
    person = reach.person
    return StreamingResponse(_events(site_of(request), person, id), media_type="text/event-stream")


async def _events(site: Site, person: Person, number: int) -> AsyncIterator[str]:
    """Looks into the ledger again and again, so imports of the command line can be followed too."""
    site.followers += 1  # only ever changed by the one loop that answers requests
    try:
        async for event in _followed(site, person, number):
            yield event
    finally:
        site.followers -= 1


async def _followed(site: Site, person: Person, number: int) -> AsyncIterator[str]:
    last, counts, silent = "", "", 0.0
    while True:
        files, job, last = await run_in_threadpool(_look, site, person, number, last)
        for file in files:
            yield _event("file", file)
        now = json.dumps(job["counts"])
        if now != counts:
            counts, silent = now, 0.0
            yield _event("progress", job)
        if job["state"] not in ("running", "indexing") and not files:
            yield _event("done", job)
            return
        if silent >= _BEAT:
            silent = 0.0
            yield ": still there\n\n"
        if len(files) < _AT_ONCE:
            pause = _TICK * max(1.0, site.followers / _FEW)
            silent += pause
            await asyncio.sleep(pause)


def _look(site: Site, person: Person, number: int, last: str) -> tuple[list[dict[str, Any]], dict[str, Any], str]:
    with site.pool.lease() as lease:
        reach = Reach(person, lease)
        job = reach.service.store.ledger.job(number)
        changed = reach.service.store.ledger.changed_since(number, last, _AT_ONCE)
        files = shown_files(reach, job, [row for _, row in changed])
        return files, shown_job(job), changed[-1][0] if changed else last


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def shown_files(reach: Reach, job: "LedgerJob", rows: "list[FileRow]") -> list[dict[str, Any]]:
    """Files as the asker may see them: nothing of contracts that lie elsewhere, no path of the server.

    Args:
        reach: of the asker.
        job: their import.
        rows: of its ledger.
    """
    named = {name for row in rows for name in (row.contract, row.of) if name}
    seen = reach.service.store.catalogue.among(named, reach.folders)
    shown = []
    for row in rows:
        file = shown_file(row) | ({} if reach.person.admin else {"path": shown_name(row.path)})
        if row.of and row.of not in seen:
            file |= {"relation": row.relation if row.state == "duplicate" else None, "of": None, "certainty": None}
        if row.contract and row.contract not in seen:
            file["contract"] = None
        shown.append(JobFile.model_validate(file).model_dump())
    return shown


def _job(reach: Reach, number: int) -> "LedgerJob":
    job = reach.service.store.ledger.job(number)
    if not _is_theirs(reach, job):
        raise StoreError("job_unknown", f"no import has the number {number}")
    return job


def _is_theirs(reach: Reach, job: "LedgerJob") -> bool:
    return reach.person.admin or json.loads(job.arguments).get("owner") == reach.person.name
