"""Imports that were run, and what became of each file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiyue.service.base import Service

if TYPE_CHECKING:
    from corpus.ledger import FileRow, Job

_SHOWN = ("path", "sha256", "state", "code", "message", "remedy", "contract", "relation", "of", "certainty")


def list_jobs(service: Service) -> dict[str, Any]:
    """All imports, the newest first."""
    return {"jobs": [shown_job(job) for job in service.store.ledger.jobs()]}


def job_json(service: Service, number: int) -> dict[str, Any]:
    """One import with its files.

    Raises:
        StoreError: `job_unknown`.
    """
    job = service.store.ledger.job(number)
    return {**shown_job(job), "files": [shown_file(file) for file in service.store.ledger.files(number)]}


def import_json(service: Service, number: int) -> dict[str, Any]:
    """What `qiyue import --json` prints of an import."""
    job = job_json(service, number)
    return {"job": job["id"], "counts": job["counts"], "files": job["files"]}


def write_report(service: Service, number: int, path: Path) -> int:
    """Write what became of each file of an import as CSV.

    Args:
        service: the collection.
        number: of the import.
        path: of the file, which is replaced whole.

    Returns:
        Number of files.

    Raises:
        StoreError: `job_unknown`, or the file cannot be written.
    """
    from corpus.exporting.columns import Column
    from corpus.exporting.files import replacing
    from corpus.exporting.writers import write_csv

    service.store.ledger.job(number)
    columns = tuple(Column(name, name) for name in _SHOWN)
    with replacing(path) as stream:
        return write_csv(stream, map(shown_file, service.store.ledger.files(number)), columns, False)


def shown_job(job: "Job") -> dict[str, Any]:
    """An import as export.md words it, without its files.

    One whose files all have their final state while search does not know them yet is `indexing`.
    """
    counts = dict.fromkeys(("stored", "duplicate", "failed", "skipped"), 0) | job.counts
    return {
        "id": job.id,
        "state": "indexing" if _only_indexing(job) else job.state,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "counts": counts,
    }


def _only_indexing(job: "Job") -> bool:
    left = sum(job.counts.get(state, 0) for state in ("queued", "running"))
    return job.state == "running" and bool(job.counts) and not left


def shown_file(file: "FileRow") -> dict[str, Any]:
    """What became of a file, as export.md words it."""
    return {name: getattr(file, name) for name in _SHOWN}
