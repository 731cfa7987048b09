"""Export: what other systems and spreadsheets get."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from qiyue.service.base import Service
from schema.errors import UsageError

if TYPE_CHECKING:
    from corpus.exporting.lines import Selection
    from schema.query import ClauseQuery


@dataclass(frozen=True)
class ExportRequest:
    """What to export.

    Attributes:
        what: contracts, clauses, parties, amounts, rates, payments, deadlines, penalties or findings.
        format: json, ndjson, csv, xlsx or ics.
        query: only contracts, clauses and facts of clauses that answer it.
        folder: only of this folder and those below it.
        tag: only with this tag.
        since: only contracts imported or changed after this time (ISO, UTC).
        chinese: Chinese heads in tables.
        folders: only in exactly these folders, those the asker may see; None for all.
        remind_days: alarms so many days before each event of a calendar.
        today: ISO; a calendar begins here instead of today.
    """

    what: str = "contracts"
    format: str = "ndjson"
    query: "ClauseQuery | None" = None
    folder: str | None = None
    tag: str | None = None
    since: str | None = None
    chinese: bool = False
    folders: tuple[str, ...] | None = None
    remind_days: int | None = None
    today: str | None = None


def export_to_file(service: Service, request: ExportRequest, path: Path) -> int:
    """Write an export to a file, which is replaced whole or not at all.

    Returns:
        Number of lines.

    Raises:
        UsageError, StoreError, SearchError: nothing was changed.
    """
    from corpus.exporting.files import replacing

    if not path.absolute().parent.is_dir():
        raise UsageError("file_missing", f"there is no folder {path.absolute().parent}")
    with replacing(path) as stream:
        return export_to(service, request, stream)


def export_to(service: Service, request: ExportRequest, stream: IO[bytes]) -> int:
    """Write an export to a stream, line by line as it is read.

    Returns:
        Number of lines.

    Raises:
        UsageError: there is no such thing or format.
        StoreError, SearchError: what was written is not whole.
    """
    from corpus.exporting.columns import COLUMNS
    from corpus.exporting.lines import WHAT, export_lines
    from corpus.exporting.writers import EXPORTERS

    if request.format == "ics":
        return _export_calendar(service, request, stream)
    if request.what not in WHAT:
        raise UsageError("value_unreadable", f"{request.what} cannot be exported", remedy=f"one of {', '.join(WHAT)}")
    if request.format not in EXPORTERS:
        known = ", ".join(EXPORTERS)
        raise UsageError("value_unreadable", f"there is no format {request.format}", remedy=f"one of {known}")
    flat = request.format in ("csv", "xlsx")
    lines = export_lines(service.store, request.what, selection(service, request), flat=flat)
    return EXPORTERS[request.format](stream, lines, COLUMNS[request.what], request.chinese)


def _export_calendar(service: Service, request: ExportRequest, stream: IO[bytes]) -> int:
    from corpus.catalogue import Wanted
    from qiyue.service.due import write_due_calendar

    if request.what != "deadlines":
        raise UsageError("value_unreadable", f"{request.what} have no calendar", remedy="add --what deadlines")
    chosen = selection(service, request)
    return write_due_calendar(
        service,
        stream,
        wanted=Wanted(folder=request.folder, tag=request.tag, since=request.since, folders=request.folders),
        takes=lambda item: chosen.takes(item.contract, item.clause),
        remind_days=request.remind_days,
        today=request.today,
    )


def selection(service: Service, request: ExportRequest) -> "Selection":
    """Which lines an export takes: those of the contracts wanted, and of these the clauses that answer the query."""
    from corpus.catalogue import Wanted
    from corpus.exporting.lines import Selection
    from qiyue.service.searching import every_hit

    wanted = Wanted(folder=request.folder, tag=request.tag, since=request.since, folders=request.folders)
    if request.query is None:
        return Selection(wanted)
    places: dict[str, set[str]] = {}
    for hit in every_hit(service, request.query):
        places.setdefault(hit.contract, set()).add(hit.clause)
    return Selection(wanted, {contract: frozenset(found) for contract, found in places.items()})
