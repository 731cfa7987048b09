"""A table across contracts: lines of an export, cut to columns, filtered by them, sorted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from qiyue.service.base import Service
from schema.errors import UsageError

if TYPE_CHECKING:
    from corpus.exporting.columns import Column
    from schema.query import ClauseQuery

MOST = 20_000
"""Lines that are looked at; a table of more is for an export."""

Value = str | int | bool | None
Naming = Callable[[str, Value], Value]
Line = dict[str, Any]


@dataclass(frozen=True)
class GridRequest:
    """Which table.

    Attributes:
        what: contracts, clauses, parties, amounts … findings.
        columns: paths of the columns wanted, in their order; empty for the usual ones.
        sort: path of a column, `-` before it for the other way; empty for contracts in their order.
        holds: words the value of a column must contain, by path.
        query: only contracts, clauses and facts of clauses that answer it.
        folders: only in exactly these folders, those the asker may see; None for all.
    """

    what: str
    columns: tuple[str, ...] = ()
    sort: str = ""
    holds: Mapping[str, str] = field(default_factory=dict)
    query: "ClauseQuery | None" = None
    folders: tuple[str, ...] | None = None


@dataclass(frozen=True)
class GridRow:
    """A line: where it leads and what it shows.

    Attributes:
        contract: id.
        clause: id of the clause, None for a contract or what stands outside all.
        fact: id of the fact, None where the line is none.
        values: in the order of the columns.
    """

    contract: str
    clause: str | None
    fact: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Grid:
    """The table.

    Attributes:
        columns: that are shown.
        known: all there are.
        rows: that are left after filtering, sorted.
        cut: whether there were more lines than are looked at.
    """

    columns: "tuple[Column, ...]"
    known: "tuple[Column, ...]"
    rows: list[GridRow]
    cut: bool


def make_grid(service: Service, request: GridRequest, naming: Naming = lambda _path, value: value) -> Grid:
    """Make the table.

    Args:
        service: the collection.
        request: which.
        naming: what to call a value of a column; it is what filters, sorting and export see.

    Raises:
        UsageError: there is no such table.
        SearchError: the query cannot be answered.
    """
    from corpus.exporting.columns import COLUMNS
    from corpus.exporting.lines import export_lines
    from qiyue.service.exporting import ExportRequest, selection

    if request.what not in COLUMNS:
        raise UsageError("value_unreadable", f"there is no table of {request.what[:40]}", remedy=", ".join(COLUMNS))
    known = COLUMNS[request.what]
    by_path = {column.path: column for column in known}
    chosen = selection(service, ExportRequest(what=request.what, query=request.query, folders=request.folders))
    lines = list(islice(export_lines(service.store, request.what, chosen, flat=True), MOST + 1))
    columns = tuple(by_path[path] for path in request.columns if path in by_path) or _usual(known, lines)
    holds = [(by_path[path], words.casefold()) for path, words in request.holds.items() if path in by_path and words]
    kept = [
        line
        for line in lines[:MOST]
        if all(words in str(_value(column, line, naming) or "").casefold() for column, words in holds)
    ]
    sorting = by_path.get(request.sort.lstrip("-"))
    if sorting is not None:
        kept = _sorted(kept, lambda line: _key(sorting, _value(sorting, line, naming)), request.sort.startswith("-"))
    is_contract = request.what == "contracts"
    rows = [
        GridRow(
            contract=line["id"] if is_contract else line["contract"],
            clause=None if is_contract else line.get("clause"),
            fact=None if is_contract else line.get("id"),
            values=tuple(_value(column, line, naming) for column in columns),
        )
        for line in kept
    ]
    return Grid(columns, known, rows, len(lines) > MOST)


def write_grid(stream: IO[bytes], grid: Grid, heads: Iterable[str]) -> int:
    """Write what is seen as a spreadsheet.

    Args:
        stream: to write to.
        grid: the table.
        heads: of its columns.

    Returns:
        Number of lines.
    """
    from corpus.exporting.columns import Column
    from corpus.exporting.writers import EXPORTERS

    columns = tuple(
        Column(str(place), head, column.kind)
        for place, (column, head) in enumerate(zip(grid.columns, heads, strict=True))
    )
    lines = ({str(place): value for place, value in enumerate(row.values)} for row in grid.rows)
    return EXPORTERS["xlsx"](stream, lines, columns, True)


def _usual(known: "tuple[Column, ...]", lines: list[Line]) -> "tuple[Column, ...]":
    """All but what only programs read, and but those that say nothing in any line."""
    hidden = {"id", "contract", "elements", "same_as", "parent", "clause", "own_text", "imported_at"}
    told = tuple(c for c in known if c.path not in hidden and any(c.value(line) not in (None, "") for line in lines))
    return told or tuple(column for column in known if column.path not in hidden)


def _value(column: "Column", line: Line, naming: Naming) -> Value:
    return naming(column.path, column.value(line))


def _sorted(lines: list[Line], key: Callable[[Line], tuple[Decimal, str] | None], backwards: bool) -> list[Line]:
    """Lines by their key; those without one come last either way."""
    keyed = [(found, place) for place, line in enumerate(lines) if (found := key(line)) is not None]
    rest = {place for _, place in keyed}
    ordered = sorted(keyed, key=lambda entry: entry[0], reverse=backwards)
    return [lines[place] for _, place in ordered] + [line for place, line in enumerate(lines) if place not in rest]


def _key(column: "Column", value: Value) -> tuple[Decimal, str] | None:
    """Numbers by their size, all else by its characters; None for nothing."""
    if value is None or value == "":
        return None
    if column.kind == "number":
        try:
            return Decimal(str(value)), ""
        except InvalidOperation:
            return Decimal(0), str(value)
    return Decimal(0), str(value)
