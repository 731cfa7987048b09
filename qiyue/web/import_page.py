"""Import: drop files, see what became of each, and why."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from qiyue.http import jobs
from qiyue.web.desk import Desk, DeskOf
from qiyue.web.wording import trouble_words
from schema.errors import CATALOGUE, QiyueError

router = APIRouter()
_JOBS = 20
_FILES = 500


@router.get("/import")
def start(desk: DeskOf) -> Response:
    """The form, and the imports there were."""
    known = desk.service.store.catalogue.folders()
    return desk.page(
        "import.html",
        {
            "jobs": jobs.jobs(desk.reach, _JOBS).jobs,
            "folders": [name for name in known if desk.person.may_edit(name)],
            "may_import": desk.person.may_edit_somewhere,
            "free": desk.person.may_edit(None),
        },
    )


@router.get("/import/{number}")
def one(desk: DeskOf, number: int) -> Response:
    """What became of each file of an import."""
    from corpus.catalogue import Wanted

    job = jobs.job(desk.reach, number, _FILES, 0)
    files = [_file(desk, file.model_dump()) for file in job.files]
    contracts = {name for file in files for name in (file["contract"], file["of"]) if name}
    cards = desk.service.store.catalogue.each(Wanted(ids=tuple(contracts), folders=desk.folders))
    titles = {card.id: card.title or card.source["name"] for card in cards}
    done = sum(job.counts.get(name, 0) for name in ("stored", "duplicate", "failed", "skipped"))
    return desk.page("job.html", {"job": job, "files": files, "titles": titles, "done": done})


def _file(desk: Desk, file: dict[str, Any]) -> dict[str, Any]:
    """A file with its trouble in the language of the page."""
    told = None
    if file["code"] in CATALOGUE:
        error = QiyueError(file["code"], file["message"] or "", remedy=file["remedy"])
        told = trouble_words(desk.language, error)
    return file | {"trouble": told, "name": file["path"].rpartition("/")[2] or file["path"]}
