"""Pages of the workbench: their routers, and the page that tells of trouble."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiyue.http.people import known_person
from qiyue.http.problems import Problem
from qiyue.web import (
    account_page,
    admin_page,
    contract_page,
    contracts_page,
    due_page,
    grid_page,
    import_page,
    overview_page,
    search_page,
    sign_page,
)
from qiyue.web.desk import language_of, render
from qiyue.web.wording import trouble_words
from schema.errors import QiyueError


def routers() -> list[APIRouter]:
    """Routers of all pages."""
    pages = (
        sign_page,
        search_page,
        contracts_page,
        contract_page,
        grid_page,
        import_page,
        due_page,
        overview_page,
        account_page,
        admin_page,
    )
    return [page.router for page in pages]


def error_page(request: Request, problem: Problem) -> Response | None:
    """The page that tells a person of a problem.

    Args:
        request: that failed.
        problem: what is told.
    """
    error = QiyueError(problem.code, problem.detail, remedy=problem.remedy)
    words = trouble_words(language_of(request), error)
    return render(
        request, "trouble.html", known_person(request), {"words": words, "code": problem.code}, status=problem.status
    )
