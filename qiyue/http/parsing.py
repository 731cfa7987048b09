"""The parser by itself: a file in, the record out; and the schema of the record."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from qiyue.http.people import CSRF_FIELD, CSRF_HEADER, Asker, Uploader, address_of, prove, site_of
from qiyue.http.replies import problems, shaped, written
from qiyue.http.uploads import receive
from qiyue.tasks import Task
from schema.contract import Contract
from schema.errors import UsageError

router = APIRouter(tags=["parser"])
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "password": {"type": "string", "description": "Opens an encrypted file."},
                        "fast": {"type": "string", "enum": ["true", "false"], "description": "Smaller OCR weights."},
                    },
                }
            }
        },
    }
}


@router.post(
    "/v1/parse",
    summary="Parse a file",
    responses=problems(413, 415, 429) | shaped(Contract, "The record; nothing was stored"),
    openapi_extra=_BODY,
)
async def parse(request: Request, person: Uploader) -> Response:
    """One file in, its record out; nothing is stored."""
    site = site_of(request)
    person.need("read")
    given = request.headers.get(CSRF_HEADER)
    if given is not None:
        prove(request, person, given)
    upload = await receive(request, site.imports.uploads)
    try:
        if given is None:
            prove(request, person, upload.first(CSRF_FIELD))
        if len(upload.files) != 1:
            raise UsageError("request_invalid", "the form must hold one file", remedy="send it as a field named file")
        sent = upload.files[0]
        task = Task(
            source=sent.path,
            name=sent.name,
            password=upload.first("password"),
            fast=upload.first("fast") == "true",
            checks=site.settings.checks,
        )
        record = await run_in_threadpool(site.readers.parse, task)
        site.door.trail.note(person, "parse", sent.sha256, address=address_of(request))
        return written(record)
    finally:
        upload.discard()


@router.get("/v1/schema/contract/{version}", summary="JSON Schema of the record", responses=problems(404))
def schema(person: Asker, version: Annotated[str, Path(max_length=20, description="`1.0`")]) -> dict[str, Any]:
    """JSON Schema (2020-12); within a major version fields are only added."""
    from schema.published import contract_schema

    try:
        return contract_schema(version)
    except UsageError as error:
        raise UsageError("not_found", error.message, remedy=error.remedy) from error
