"""Originals and pictures of their pages."""

from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse, Response, StreamingResponse

from qiyue.http.contracts import Id
from qiyue.http.models import Layout
from qiyue.http.people import ReachOf, address_of, site_of
from qiyue.http.pictures import Size
from qiyue.http.replies import problems, shaped, written

router = APIRouter(tags=["contracts"])
_CHUNK = 1 << 18


def _file(media_type: str, words: str) -> dict[int | str, dict[str, Any]]:
    schema = {"type": "string", "format": "binary"}
    return {200: {"description": words, "content": {media_type: {"schema": schema}}}}


@router.get(
    "/v1/contracts/{id}/pages/{n}.png",
    summary="A page as a picture",
    response_class=Response,
    responses=problems(404) | _file("image/png", "The upright page, to which the boxes of the record belong"),
)
def page(
    request: Request,
    reach: ReachOf,
    id: Id,
    n: Annotated[int, Path(ge=1, le=100_000, description="Number of the page, from 1.")],
    size: Annotated[Size, Query(description="240, 900 or 1654 pixels across.")] = "medium",
) -> Response:
    """A box `[x0, y0, x1, y1]` in points lies at `x * picture width / page width`."""
    contract = reach.contract(id)
    path = site_of(request).pictures.picture(reach.service, contract, n, size)
    site_of(request).door.trail.note(reach.person, "see page", contract, address=address_of(request), page=n)
    headers = {"Cache-Control": "private, max-age=300"}  # rights may change, the picture does not
    return FileResponse(path, media_type="image/png", headers=headers)


@router.get(
    "/v1/contracts/{id}/layout",
    summary="A Word file laid out in pages",
    responses=problems(404, 429) | shaped(Layout, "The pages, and where the lines of the text stand on them"),
)
def layout(request: Request, reach: ReachOf, id: Id) -> Response:
    """DOCX, DOC, RTF and ODT as LibreOffice lays them out, which may differ from Word; the first time takes seconds.

    Nothing of the record is read from it. `tool_missing` where the server has no LibreOffice.
    """
    contract = reach.contract(id)
    folder = site_of(request).pictures.layout(reach.service, contract)
    return written((folder / "places.json").read_bytes())


@router.get(
    "/v1/contracts/{id}/layout/{n}.png",
    summary="A page of the layout as a picture",
    response_class=Response,
    responses=problems(404, 429) | _file("image/png", "The page, to which the boxes of the layout belong"),
)
def layout_page(
    request: Request,
    reach: ReachOf,
    id: Id,
    n: Annotated[int, Path(ge=1, le=100_000, description="Number of the page, from 1.")],
    size: Annotated[Size, Query(description="240, 900 or 1654 pixels across.")] = "medium",
) -> Response:
    """A box in points lies at `x * picture width / page width`."""
    contract = reach.contract(id)
    path = site_of(request).pictures.layout_page(reach.service, contract, n, size)
    site_of(request).door.trail.note(reach.person, "see page", contract, address=address_of(request), page=n)
    return FileResponse(path, media_type="image/png", headers={"Cache-Control": "private, max-age=300"})


@router.get(
    "/v1/contracts/{id}/original",
    summary="The file as it came",
    response_class=StreamingResponse,
    responses=problems(404) | _file("application/octet-stream", "The original, always to be saved, never shown"),
)
def original(request: Request, reach: ReachOf, id: Id) -> StreamingResponse:
    """The bytes whose sha256 is the id of the contract."""
    card = reach.card(id)
    stream = reach.service.store.originals.open(card.id)
    site_of(request).door.trail.note(reach.person, "take original", card.id, address=address_of(request), wait=True)

    def chunks() -> Iterator[bytes]:
        with stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    name = quote(card.source["name"].rpartition("/")[2].encode("utf-8", "replace"))
    headers = {
        "Content-Disposition": f"attachment; filename=\"{card.id[:12]}\"; filename*=UTF-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "ETag": f'"{card.id}"',
    }
    return StreamingResponse(chunks(), media_type="application/octet-stream", headers=headers)
