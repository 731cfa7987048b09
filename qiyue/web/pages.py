"""Pages of the workbench."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiyue.http.problems import Problem


def routers() -> list[APIRouter]:
    """Routers of all pages."""
    return []


def error_page(request: Request, problem: Problem) -> Response | None:
    """The page that tells a person of a problem; None leaves the JSON."""
    return None
