"""Errors as RFC 9457 problems: `{"type", "title", "status", "detail", "code", "remedy"}`, codes of docs/errors.md."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from qiyue.accounts.door import TooManyAttemptsError
from schema.errors import CATALOGUE, QiyueError

_LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
ErrorPage = Callable[[Request, "Problem"], Response | None]

STATUS: Mapping[str, int] = {
    "sign_in_needed": 401,
    "sign_in_failed": 401,
    "link_used": 401,
    "not_allowed": 403,
    "form_expired": 403,
    **dict.fromkeys(
        (
            "contract_unknown",
            "element_unknown",
            "correction_unknown",
            "job_unknown",
            "original_missing",
            "account_unknown",
            "token_unknown",
            "search_unknown",
            "page_unknown",
            "not_found",
            "file_missing",
        ),
        404,
    ),
    "method_wrong": 405,
    "account_exists": 409,
    "last_admin": 409,
    "record_changed": 412,
    "file_too_large": 413,
    "file_type_unknown": 415,
    "condition_missing": 428,
    "too_many": 429,
    **dict.fromkeys(
        ("store_unreachable", "store_version", "store_full", "store_read_only", "executor_unreachable"),
        503,
    ),
    **dict.fromkeys(("search_unreachable", "search_busy", "search_failed", "index_outdated", "tool_missing"), 503),
    "internal": 500,
}
"""Status by code; 422 for all others: the request was understood and cannot be done."""


class FieldTrouble(BaseModel):
    """What is wrong with one field of a request."""

    where: str
    message: str


class Problem(BaseModel):
    """An error as RFC 9457 words it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "https://qiyue.invalid/errors#contract_unknown",
                    "title": "No contract has this id.",
                    "status": 404,
                    "detail": "no contract has the id 3fa2b1c4",
                    "code": "contract_unknown",
                    "remedy": "see `qiyue list`",
                }
            ]
        }
    )

    type: str = Field(description="Names the sort of problem; not an address to fetch.")
    title: str
    status: int
    detail: str
    code: str = Field(description="A code of docs/errors.md.")
    remedy: str
    errors: list[FieldTrouble] | None = None


def problem_of(error: QiyueError) -> Problem:
    """The problem an error is."""
    status = STATUS.get(error.code, 422)
    # paths and addresses of the server are nobody's business, but what an administrator should install is
    own_fault = status >= HTTPStatus.INTERNAL_SERVER_ERROR and error.code != "tool_missing"
    return Problem(
        type=f"https://qiyue.invalid/errors#{error.code}",
        title=CATALOGUE[error.code].meaning,
        status=status,
        detail=CATALOGUE[error.code].meaning if own_fault else error.message,
        code=error.code,
        remedy=CATALOGUE[error.code].remedy if own_fault else error.remedy,
    )


def respond(error: QiyueError, *, errors: list[FieldTrouble] | None = None) -> JSONResponse:
    """The answer to a request that failed."""
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.warning("%s", error)
    problem.errors = errors
    headers: dict[str, str] = {"Cache-Control": "no-store"}
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="qiyue"'
    if isinstance(error, TooManyAttemptsError):
        headers["Retry-After"] = str(error.seconds)
    elif problem.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        headers["Retry-After"] = "5"
    return JSONResponse(
        problem.model_dump(exclude_none=True), status_code=problem.status, headers=headers, media_type=MEDIA_TYPE
    )


def install(app: FastAPI, error_page: ErrorPage | None = None) -> None:
    """Answer every error of the app with a problem, or a page where a person asked for one.

    Args:
        app: to install in.
        error_page: makes the page of a problem; None leaves the problem as it is.
    """

    def answer(request: Request, error: QiyueError, errors: list[FieldTrouble] | None = None) -> Response:
        if wants_page(request):
            if error.code == "sign_in_needed":
                return RedirectResponse(f"/sign-in?next={_here(request)}", status_code=303)
            page = error_page(request, problem_of(error)) if error_page else None
            if page is not None:
                return page
        return respond(error, errors=errors)

    def known(request: Request, error: Exception) -> Response:
        assert isinstance(error, QiyueError)
        return answer(request, error)

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        troubles = [_trouble(entry) for entry in error.errors()]
        first = f"{troubles[0].where}: {troubles[0].message}" if troubles else "the request cannot be read"
        return answer(request, QiyueError("request_invalid", first), troubles)

    def plain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = {404: "not_found", 405: "method_wrong", 413: "file_too_large"}.get(error.status_code, "request_invalid")
        response = answer(request, QiyueError(code, str(error.detail)))
        response.headers.update(error.headers or {})
        return response

    def unforeseen(request: Request) -> Response:
        return answer(request, QiyueError("internal", "the server made a mistake; its log says where"))

    app.add_exception_handler(QiyueError, known)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain)
    app.state.unforeseen = unforeseen


def wants_page(request: Request) -> bool:
    """Whether a browser shows the answer to a person."""
    return not request.url.path.startswith("/v1") and "text/html" in request.headers.get("accept", "")


def _here(request: Request) -> str:
    from urllib.parse import quote

    query = f"?{request.url.query}" if request.url.query else ""
    return quote(f"{request.url.path}{query}" if request.method == "GET" else "/", safe="")


def _trouble(entry: Mapping[str, Any]) -> FieldTrouble:
    """Place and reason; never what was sent, which may be a password."""
    return FieldTrouble(where=".".join(map(str, entry["loc"])), message=str(entry["msg"]))
