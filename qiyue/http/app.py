"""The application: routes of the API and of the pages behind one guard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.staticfiles import StaticFiles

from qiyue.http import (
    calendars,
    clauses,
    contracts,
    exports,
    health,
    jobs,
    managing,
    metrics,
    models,
    obligations,
    openid,
    originals,
    parsing,
    problems,
    searches,
    sessions,
)
from qiyue.http.guard import Guard
from qiyue.http.pool import THREADS
from qiyue.http.site import Site
from qiyue.web import pages

_STATIC = Path(pages.__file__).parent / "static"
_PARTS = (
    clauses, contracts, originals, obligations, jobs, exports, calendars, searches, parsing, sessions, openid, managing,
    health, metrics,
)  # fmt: skip
_SUMMARY = "Chinese contracts: search in clauses, records, findings, imports, exports."


def build_app(site: Site | None) -> FastAPI:
    """The application of a site.

    Args:
        site: what it serves; None only to describe it (docs/http.md).
    """
    app = FastAPI(
        title="Qiyue",
        version=version("qiyue"),
        summary=_SUMMARY,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        redirect_slashes=False,
        lifespan=_few_threads,
    )
    app.state.site = site
    problems.install(app, pages.error_page)
    for part in _PARTS:
        app.include_router(part.router)
    for router in pages.routers():
        app.include_router(router, include_in_schema=False)
    if _STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_middleware(Guard, site=site)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _few_threads(_app: FastAPI) -> AsyncIterator[None]:
    """As many threads as services are kept; anyio's forty would open services that are closed again at once."""
    current_default_thread_limiter().total_tokens = THREADS
    yield


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The description, with the shape of problems, the ways to sign in, and every answer in words."""
    if app.openapi_schema is None:
        described = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        parts = described.setdefault("components", {})
        schemas = parts.setdefault("schemas", {})
        shape = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= shape.pop("$defs", {}) | {"Problem": shape}
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        _restore_examples(schemas)
        for ways in described["paths"].values():
            for operation in ways.values():
                _say_answers(operation["responses"], schemas)
        parts["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer", "description": "A token of `qiyue token create`."},
            "session": {"type": "apiKey", "in": "cookie", "name": "qiyue", "description": "The cookie of a browser."},
        }
        described["security"] = [{"token": []}, {"session": []}]
        app.openapi_schema = described
    return app.openapi_schema


def _restore_examples(schemas: dict[str, Any]) -> None:
    """Put nulls back into examples: FastAPI leaves them out, and then the example lacks required fields."""
    for name, schema in schemas.items():
        shape = getattr(models, name, None)
        extra = shape.model_config.get("json_schema_extra") if shape is not None else None
        if isinstance(extra, dict):
            schema["examples"] = extra["examples"]


def _say_answers(responses: dict[str, Any], schemas: dict[str, Any]) -> None:
    for answer in responses.values():
        if answer["description"] == "Successful Response":
            ref = answer.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
            shape = schemas.get(ref.rpartition("/")[2], {})
            answer["description"] = shape.get("description", "Done").partition("\n")[0]
