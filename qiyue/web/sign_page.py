"""Signing in, and choices of language and light that need no account."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiyue.http.people import Maybe, site_of
from qiyue.http.sessions import inside
from qiyue.web.desk import LANGUAGE_COOKIE, THEME_COOKIE, THEMES, language_of, render, see_other
from qiyue.web.wording import LANGUAGES, trouble_words
from schema.errors import CATALOGUE, QiyueError

router = APIRouter()
_YEAR = 365 * 86400


@router.get("/sign-in")
def sign_in(request: Request, person: Maybe, next: str = "/", error: str = "") -> Response:
    """The form; who is signed in already goes on."""
    if person is not None and not error:
        return see_other(inside(next))
    trouble = None
    if error in CATALOGUE:
        trouble = trouble_words(language_of(request), QiyueError(error, CATALOGUE[error].meaning))
    return render(
        request,
        "sign_in.html",
        None,
        {"next": inside(next), "trouble": trouble, "openid": bool(site_of(request).settings.openid_client_id)},
    )


@router.get("/preferences")
def preferences(request: Request, next: str = "/", lang: str = "", theme: str = "") -> Response:
    """Keep a choice of language or light."""
    response = see_other(inside(next))
    for cookie, chosen, known in ((LANGUAGE_COOKIE, lang, LANGUAGES), (THEME_COOKIE, theme, THEMES)):
        if chosen in known:
            response.set_cookie(cookie, chosen, max_age=_YEAR, samesite="lax", httponly=True)
    return response
