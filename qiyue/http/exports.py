"""Exports, streamed as they are read: however many lines, the server holds a few of them."""

import queue
import threading
from collections.abc import Iterator
from typing import IO, Annotated, Literal, cast

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from qiyue.http.people import Asker, address_of, site_of
from qiyue.http.queries import Where, Words, asked
from qiyue.http.reach import Reach
from qiyue.http.replies import Responses, problems
from qiyue.http.site import Site
from qiyue.service.exporting import ExportRequest, export_to
from schema.errors import QiyueError

router = APIRouter(tags=["export"])
What = Literal["contracts", "clauses", "parties", "amounts", "rates", "payments", "deadlines", "penalties", "findings"]
Format = Literal["ndjson", "json", "csv", "xlsx", "ics"]
_TYPES: dict[str, str] = {
    "ndjson": "application/x-ndjson",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
_CHUNK = 65536
_AHEAD = 8
_PATIENCE = 120.0
_FILES: Responses = {
    200: {
        "description": "The lines, a file to save",
        "content": {kind.partition(";")[0]: {"schema": {"type": "string"}} for kind in _TYPES.values()},
    }
}


class _GoneError(Exception):
    """Nobody reads any more."""


class Channel:
    """What one thread writes, another reads; the writer waits for the reader, and ends when it is gone."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self._chunks: queue.Queue[bytes | QiyueError | None] = queue.Queue(_AHEAD)
        self._gone = threading.Event()
        self._pending = bytearray()

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Write, in chunks of a size that is worth sending."""
        self._pending += data
        if len(self._pending) >= _CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Hand over what is written."""
        if self._pending:
            self._put(bytes(self._pending))
            self._pending.clear()

    def end(self, error: QiyueError | None = None) -> None:
        """There is no more, or it went wrong."""
        if error is None:
            self.flush()
        self._put(error)

    def read(self) -> Iterator[bytes]:
        """Chunks to the end.

        Raises:
            QiyueError: the writer failed.
        """
        try:
            while (chunk := self._chunks.get(timeout=_PATIENCE)) is not None:
                if isinstance(chunk, QiyueError):
                    raise chunk
                yield chunk
        finally:
            self._gone.set()

    def _put(self, chunk: bytes | QiyueError | None) -> None:
        while not self._gone.is_set():
            try:
                self._chunks.put(chunk, timeout=0.5)
            except queue.Full:
                continue
            return
        raise _GoneError


def _write(site: Site, request: ExportRequest, channel: Channel) -> None:
    """The writing thread: a service of its own, for the request's may be given back before the last line is sent."""
    try:
        try:
            with site.pool.lend() as service:
                export_to(service, request, cast("IO[bytes]", channel))
        except QiyueError as error:
            channel.end(error)
        except _GoneError:
            raise
        except Exception as error:  # whoever reads must hear of it, or they would wait for ever
            channel.end(QiyueError("internal", f"the export failed with {type(error).__name__}"))
        else:
            channel.end()
    except _GoneError:
        return


def streamed(site: Site, request: ExportRequest) -> Iterator[bytes]:
    """The bytes of an export; what goes wrong before the first of them is raised here.

    Raises:
        QiyueError: as `export_to`.
    """
    channel = Channel()
    threading.Thread(target=_write, args=(site, request, channel), name="export", daemon=True).start()
    chunks = channel.read()
    first = next(chunks, b"")

    def rest() -> Iterator[bytes]:
        yield first
        yield from chunks

    return rest()


@router.get("/v1/export", summary="Export", response_class=StreamingResponse, responses=problems() | _FILES)
def export(
    request: Request,
    person: Asker,
    what: What = "contracts",
    format: Format = "ndjson",
    q: Words = "",
    where: Where = [],  # noqa: B006 - FastAPI copies it
    folder: Annotated[str | None, Query(max_length=300, description="Of this folder and those below it.")] = None,
    tag: Annotated[str | None, Query(max_length=100)] = None,
    since: Annotated[str | None, Query(max_length=40, description="Imported or changed after (ISO, UTC).")] = None,
    headers: Annotated[Literal["en", "zh"], Query(description="Language of the heads in tables.")] = "en",
    remind: Annotated[int | None, Query(ge=0, le=365, description="Alarm so many days before; for ics.")] = None,
) -> StreamingResponse:
    """Contracts, clauses or facts for other systems and spreadsheets; a calendar (ics) is of deadlines."""
    site = site_of(request)
    if "calendar" not in person.scopes or format != "ics":
        person.need("read")
    query = asked(q, where)
    with site.pool.lease() as lease:
        folders = Reach(person, lease).folders
    wanted = ExportRequest(
        what=what,
        format=format,
        query=query.model_copy(update={"folders": folders}) if query else None,
        folder=folder,
        tag=tag,
        since=since,
        chinese=headers == "zh",
        folders=folders,
        remind_days=remind,
    )
    site.door.trail.note(person, "export", what, address=address_of(request), wait=True, format=format)
    return StreamingResponse(
        streamed(site, wanted),
        media_type=_TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="qiyue-{what}.{format}"'},
    )
