"""What routes have in common: the problems they answer with, and JSON that is already written."""

from typing import Any

from fastapi.responses import Response
from pydantic import BaseModel

from qiyue.http.problems import MEDIA_TYPE, Problem

Responses = dict[int | str, dict[str, Any]]

_WORDS = {
    401: "Nobody is signed in, or the token is none.",
    403: "The account or token may not do this.",
    404: "It does not exist, or lies where the asker may not look.",
    405: "The address does not take this method.",
    409: "It contradicts what is there.",
    412: "It has changed meanwhile.",
    413: "More than the server takes at once.",
    415: "The bytes are of no format that can be read.",
    422: "The request cannot be understood or done; `code` and `remedy` say why.",
    428: "A change needs `If-Match`.",
    429: "Too many at once; `Retry-After` says when.",
    503: "Store or search engine do not answer.",
}


def problems(*statuses: int) -> Responses:
    """Entries of `responses` for these statuses and those every signed route may answer with."""
    return {
        status: {"description": _WORDS[status], "content": {MEDIA_TYPE: {"schema": _SCHEMA}}}
        for status in sorted({401, 403, 422, 503, *statuses})
    }


_SCHEMA = {"$ref": "#/components/schemas/Problem"}
PROBLEMS = problems()


def written(value: BaseModel | bytes, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer that is not validated a second time: a model of ours, or JSON from the store."""
    content = value if isinstance(value, bytes) else value.model_dump_json().encode("utf-8", "replace")
    return Response(content, status_code=status, headers=headers, media_type="application/json")


def shaped(model: type[BaseModel], words: str, *, example: object = None, status: int = 200) -> Responses:
    """The entry of `responses` for JSON of this shape."""
    body: dict[str, Any] = {"example": example} if example is not None else {}
    return {status: {"model": model, "description": words, "content": {"application/json": body}}}


__all__ = ["PROBLEMS", "Problem", "problems", "shaped", "written"]
