"""The grid: clauses or facts across contracts, sorted, filtered, columns chosen, and what is seen as a spreadsheet."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiyue.http.people import address_of, site_of
from qiyue.service.grid import Grid, GridRequest, Value, make_grid, write_grid
from qiyue.web.asked import Asked, read_asked
from qiyue.web.desk import Desk, DeskOf
from qiyue.web.search_view import chips
from qiyue.web.wording import trouble_words, value_name, words
from schema.errors import QiyueError

if TYPE_CHECKING:
    from corpus.exporting.columns import Column

router = APIRouter()
TABLES = (
    "payments",
    "penalties",
    "deadlines",
    "amounts",
    "clauses",
    "findings",
    "parties",
    "rates",
    "contracts",
)
_SHOWN = 300
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAMED = {"kind": "kind", "types": "type", "code": "finding", "unit": "deadline.unit", "per": "penalty.per"}
_NAMED_IN = {
    ("amounts", "role"): "amount.role",
    ("deadlines", "kind"): "deadline.kind",
    ("parties", "role_kind"): "role_kind",
}
_SAID_IN = {
    ("amounts", "form"): "form",
    ("penalties", "remedies"): "remedy",
    ("penalties", "kind"): "penalty_kind",
    ("dates", "role"): "date",
    ("rates", "role"): "rate",
    ("findings", "severity"): "severity",
}


@dataclass(frozen=True)
class Head:
    """A column: its name, and where sorting by it leads."""

    path: str
    words: str
    address: str
    sorted: str | None
    holds: str
    numeric: bool


@dataclass(frozen=True)
class State:
    """The state of the page, which is its address.

    Attributes:
        what: the table.
        asked: search that chooses its lines.
        columns: chosen; empty for the usual ones.
        sort: column, `-` before it for the other way.
        holds: words by column.
    """

    what: str
    asked: Asked
    columns: tuple[str, ...]
    sort: str
    holds: dict[str, str]

    def address(self, path: str = "/grid", **changed: str) -> str:
        """The address of this state with changes."""
        pairs = [
            ("what", changed.get("what", self.what)),
            ("sort", changed.get("sort", self.sort)),
            ("q", self.asked.text),
        ]
        pairs += [("where", condition) for condition in self.asked.where]
        if "what" not in changed:
            pairs += [("column", column) for column in self.columns]
            pairs += [(f"holds.{column}", words) for column, words in self.holds.items()]
        return f"{path}?{urlencode([(key, value) for key, value in pairs if value])}"


@router.get("/grid")
def grid(request: Request, desk: DeskOf) -> Response:
    """The table."""
    state = _state(request)
    context: dict[str, object] = {
        "state": state,
        "tables": TABLES,
        "chips": chips(state.asked, desk.language),
        "trouble": None,
    }
    try:
        made = _grid(desk, state)
    except QiyueError as error:
        trouble = trouble_words(desk.language, error)
        return desk.page("grid.html", context | {"trouble": trouble, "grid": None}, status=400)
    site_of(request).door.trail.note(
        desk.person, "see grid", state.what, address=address_of(request), lines=len(made.rows)
    )
    heads = [_head(desk, state, column) for column in made.columns]
    known = [(column.path, _head_words(desk, column)) for column in made.known]
    shown = {"grid": made, "rows": made.rows[:_SHOWN], "heads": heads, "known": known, "most": _SHOWN}
    return desk.page("grid.html", context | shown)


@router.get("/grid.xlsx")
def spreadsheet(request: Request, desk: DeskOf) -> Response:
    """What the table shows, all its lines, as a spreadsheet."""
    state = _state(request)
    made = _grid(desk, state)
    stream = io.BytesIO()
    lines = write_grid(stream, made, [_head_words(desk, column) for column in made.columns])
    site_of(request).door.trail.note(
        desk.person, "export", state.what, address=address_of(request), wait=True, format="xlsx", lines=lines
    )
    headers = {"Content-Disposition": f'attachment; filename="qiyue-{state.what}.xlsx"'}
    return Response(stream.getvalue(), media_type=_XLSX, headers=headers)


def _state(request: Request) -> State:
    given = request.query_params
    what = given.get("what", TABLES[0])
    holds = {key.removeprefix("holds."): value for key, value in given.items() if key.startswith("holds.") and value}
    columns = tuple(dict.fromkeys(given.getlist("column")))
    return State(what if what in TABLES else TABLES[0], read_asked(given), columns, given.get("sort", ""), holds)


def _is_sort_of_search(sort: str) -> bool:
    return sort in ("relevance", "")


def _grid(desk: Desk, state: State) -> Grid:
    query = state.asked.query(desk.folders) if state.asked.says_something else None
    sort = "" if _is_sort_of_search(state.sort) else state.sort
    request = GridRequest(state.what, state.columns, sort, state.holds, query, desk.folders)
    return make_grid(desk.service, request, lambda path, value: _named(desk, state.what, path, value))


def _named(desk: Desk, what: str, path: str, value: Value) -> Value:
    """Values as people call them, lists part by part."""
    if value is None or value == "" or isinstance(value, bool | int):
        return value
    parts = str(value).split("；")
    if section := _SAID_IN.get((what, path)):
        return "、".join(desk.say(f"{section}.{part}") if f"{section}.{part}" in words() else part for part in parts)
    table = _NAMED_IN.get((what, path)) or _NAMED.get(path)
    if table is None or (path == "kind" and what not in ("contracts",)):
        return value
    return "、".join(value_name(desk.language, table, part) for part in parts)


def _head(desk: Desk, state: State, column: "Column") -> Head:
    path = column.path
    turned = f"-{path}" if state.sort == path else path
    order = "ascending" if state.sort == path else "descending" if state.sort == f"-{path}" else None
    name = _head_words(desk, column)
    return Head(path, name, state.address(sort=turned), order, state.holds.get(path, ""), column.kind == "number")


def _head_words(desk: Desk, column: "Column") -> str:
    return column.chinese if desk.language == "zh" else column.path.replace("_", " ").replace(".", " ")
