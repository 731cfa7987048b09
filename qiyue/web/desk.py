"""What every page is made with: who looks, in which language and light, and the templates.

@router.get("/due")
def due(desk: DeskOf) -> Response:
    return desk.page("due.html", {"items": …})
"""

from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qiyue.accounts.keys import masked
from qiyue.accounts.person import Person
from qiyue.http.people import Managing, ReachOf
from qiyue.http.reach import Reach
from qiyue.service.overview import money
from qiyue.web.wording import LANGUAGES, Language, value_name, wording, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from qiyue.service.base import Service

Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)
LANGUAGE_COOKIE = "lang"
THEME_COOKIE = "theme"


class Desk:
    """One request of a person who works in the pages.

    Attributes:
        request: as it came.
        reach: the person, a service and what may be seen.
        language: of the page.
    """

    def __init__(self, request: Request, reach: Reach) -> None:
        """Read the person's choices."""
        self.request, self.reach = request, reach
        self.person = reach.person
        self.language: Language = language_of(request)
        self.say = wording(self.language)

    @property
    def service(self) -> "Service":
        """Lent for this request, from its first use on."""
        return self.reach.service

    @property
    def folders(self) -> tuple[str, ...] | None:
        """The folders the person may see; None when nothing is hidden."""
        return self.reach.folders

    def page(self, template: str, context: "Mapping[str, object]", *, status: int = 200) -> HTMLResponse:
        """A page.

        Args:
            template: name of its file.
            context: what it shows.
            status: of the answer.
        """
        return render(self.request, template, self.person, context, status=status)


def desk(request: Request, reach: ReachOf) -> Desk:
    """The desk of whoever is signed in."""
    return Desk(request, reach)


def managing_desk(request: Request, reach: Managing) -> Desk:
    """The desk of an administrator."""
    return Desk(request, reach)


DeskOf = Annotated[Desk, Depends(desk)]
ManagingDesk = Annotated[Desk, Depends(managing_desk)]


def render(
    request: Request, template: str, person: Person | None, context: "Mapping[str, object]", *, status: int = 200
) -> HTMLResponse:
    """A page for a person, or for nobody yet (signing in, an error)."""
    language = language_of(request)
    text = (
        environment()
        .get_template(template)
        .render(
            t=wording(language),
            name=lambda table, value: value_name(language, table, value),
            language=language,
            theme=theme_of(request),
            person=person,
            csrf=masked(person.csrf) if person and person.csrf else "",
            here=_here(request),
            path=request.url.path,
            **context,
        )
    )
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status, headers={"Vary": "Cookie"})


def see_other(address: str) -> Response:
    """Go on to a page after a form was sent."""
    return RedirectResponse(address, status_code=303)


def language_of(request: Request) -> Language:
    """The language chosen; Chinese by default."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return next((known for known in LANGUAGES if known == chosen), LANGUAGES[0])


def theme_of(request: Request) -> Theme:
    """Light, dark, or as the system has it."""
    chosen = request.cookies.get(THEME_COOKIE)
    return next((known for known in THEMES if known == chosen), "auto")


@cache
def environment() -> "Environment":
    """The templates; everything that is put into them is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("qiyue.web"),
        autoescape=True,
        auto_reload=False,  # else every page asks the disk whether its ten templates changed
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals |= {
        "static": static_address,
        "money": _money,
        "figure": _figure,
        "has_words": lambda key: key in words(),
    }
    return made


def _money(value: str) -> str:
    """A decimal string as people read it."""
    return money(Decimal(value))


def _figure(value: str | int) -> str:
    """A number of a table: sums with their thousands, small fractions and whole numbers as they are."""
    number = Decimal(str(value))
    return money(number) if isinstance(value, str) and number >= 1000 else str(value)


@cache
def static_address(name: str) -> str:
    """Address of a file that browsers may keep: it changes with the file."""
    version = sha256((files("qiyue.web") / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={version}"


def _here(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
