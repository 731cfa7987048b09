"""The ledger of imports: a job per command, a row per file, one final state each.

    queued → running → stored | duplicate | failed | skipped

A job is alive while somebody holds its lock; one that is not finished and not alive was interrupted, and the same
command takes it up again. Final states are written in the transaction that makes them true.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from corpus.database import Database
from corpus.locks import Lock, Locks
from corpus.outbox import now
from corpus.tables import CONTRACT, JOB, JOB_FILE
from schema.errors import StoreError

FileState = Literal["queued", "running", "stored", "duplicate", "failed", "skipped"]
JobState = Literal["running", "interrupted", "done"]
FINAL: tuple[FileState, ...] = ("stored", "duplicate", "failed", "skipped")
_BATCH = 500


@dataclass(frozen=True)
class FileRow:
    """One file of a job, as export.md prints it."""

    job: int
    place: int
    path: str
    sha256: str | None = None
    state: FileState = "queued"
    code: str | None = None
    message: str | None = None
    remedy: str | None = None
    contract: str | None = None
    relation: str | None = None
    of: str | None = None
    certainty: float | None = None


@dataclass(frozen=True)
class Job:
    """One import.

    Attributes:
        id: its number.
        state: running, interrupted or done.
        arguments: what the command was given, in canonical JSON.
        started_at: ISO, UTC.
        finished_at: ISO, UTC, or None.
        counts: files by state.
        note: why it stopped before its end.
    """

    id: int
    state: JobState
    arguments: str
    started_at: str
    finished_at: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    note: str | None = None


class Ledger:
    """The jobs of a collection."""

    def __init__(self, database: Database, locks: Locks) -> None:
        self._database, self._locks = database, locks

    def begin(self, arguments: dict[str, Any]) -> "OpenJob":
        """Take up the interrupted job of the same arguments, or begin a new one.

        Older interrupted jobs of the same arguments are closed: their open files are `skipped`, this job has them too.
        """
        key = canonical(arguments)
        with self._database.writing() as connection:
            abandoned: list[str] = []
            dead = [job for job in _unfinished(connection, key) if not self._locks.is_held(lock_name(job))]
            if dead:
                number = dead[-1]
                abandoned = [name for job in dead for name in _claimed(connection, job)]
                for job in dead[:-1]:
                    _hand_over(connection, job, number)
                again = {"state": "running", "note": None, "finished_at": None}
                connection.execute(update(JOB).where(JOB.c.id == number).values(**again))
                connection.execute(
                    update(JOB_FILE)
                    .where(JOB_FILE.c.job == number, JOB_FILE.c.state == "running")
                    .values(state="queued")
                )
            else:
                values = {"state": "running", "arguments": key, "started_at": now()}
                number = int(connection.execute(insert(JOB).values(**values).returning(JOB.c.id)).scalar_one())
            lock = self._locks.take(lock_name(number))
            if lock is None:
                raise StoreError("store_unreachable", f"the lock of import {number} is taken")
        return OpenJob(self._database, number, lock, resumed=bool(dead), abandoned=tuple(abandoned))

    def jobs(self) -> list[Job]:
        """All jobs, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(JOB).order_by(JOB.c.id.desc())).all()
            counts: dict[int, dict[str, int]] = {}
            query = select(JOB_FILE.c.job, JOB_FILE.c.state, func.count()).group_by(JOB_FILE.c.job, JOB_FILE.c.state)
            for job, state, number in connection.execute(query.order_by(JOB_FILE.c.job, JOB_FILE.c.state)):
                counts.setdefault(job, {})[state] = number
        return [self._job(row, counts.get(row.id, {})) for row in rows]

    def job(self, number: int) -> Job:
        """One job.

        Raises:
            StoreError: `job_unknown`.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(JOB).where(JOB.c.id == number)).first()
            counts = count_states(connection, number)
        if row is None:
            raise StoreError("job_unknown", f"no import has the number {number}")
        return self._job(row, counts)

    def files(self, number: int, states: tuple[FileState, ...] = (), *, after: int = -1) -> Iterator[FileRow]:
        """Files of a job in the order they were found, read in batches.

        Args:
            number: of the job.
            states: only these; empty for all.
            after: only those behind this place.
        """
        last = after
        while True:
            query = select(JOB_FILE).where(JOB_FILE.c.job == number, JOB_FILE.c.place > last)
            query = query.where(JOB_FILE.c.state.in_(states)) if states else query
            with self._database.reading() as connection:
                rows = connection.execute(query.order_by(JOB_FILE.c.place).limit(_BATCH)).all()
            if not rows:
                return
            yield from map(_file, rows)
            last = rows[-1].place

    def changed_since(self, number: int, at: str, limit: int) -> list[tuple[str, FileRow]]:
        """Files of a job whose state was written after a time, the oldest change first, each with its time.

        Args:
            number: of the job.
            at: ISO, UTC; empty for the beginning.
            limit: how many.
        """
        query = select(JOB_FILE).where(JOB_FILE.c.job == number, JOB_FILE.c.at > at)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(JOB_FILE.c.at, JOB_FILE.c.place).limit(limit)).all()
        return [(row.at, _file(row)) for row in rows]

    def last_failures(self) -> Iterator[str]:
        """Paths whose latest import failed."""
        latest = select(JOB_FILE.c.path, func.max(JOB_FILE.c.job).label("job")).group_by(JOB_FILE.c.path).subquery()
        query = (
            select(JOB_FILE.c.path)
            .join(latest, (JOB_FILE.c.path == latest.c.path) & (JOB_FILE.c.job == latest.c.job))
            .where(JOB_FILE.c.state == "failed")
            .order_by(JOB_FILE.c.path)
        )
        with self._database.reading() as connection:
            return iter(connection.execute(query).scalars().all())

    def bytes_in_work(self, connection: Connection) -> set[str]:
        """Files (sha256) that a living job is about to store."""
        query = select(JOB_FILE.c.job, JOB_FILE.c.sha256).where(JOB_FILE.c.state == "running")
        found: dict[int, set[str]] = {}
        for job, sha256 in connection.execute(query):
            found.setdefault(job, set()).add(sha256)
        alive = [names for job, names in found.items() if self._locks.is_held(lock_name(job))]
        return set().union(*alive)

    def _job(self, row: Row[Any], counts: dict[str, int]) -> Job:
        state: JobState = row.state
        if state == "running" and not self._locks.is_held(lock_name(row.id)):
            state = "interrupted"
        return Job(row.id, state, row.arguments, row.started_at, row.finished_at, counts, row.note)


class OpenJob:
    """A job this program works on; holds its lock until it is closed.

    Attributes:
        number: of the job.
        resumed: whether it was begun before.
        abandoned: bytes (sha256) that were being stored when it was interrupted.
    """

    def __init__(
        self, database: Database, number: int, lock: Lock, *, resumed: bool, abandoned: tuple[str, ...] = ()
    ) -> None:
        self._database, self._lock = database, lock
        self.number, self.resumed, self.abandoned = number, resumed, abandoned
        self._place = -1

    def add(self, paths: Iterable[FileRow]) -> int:
        """Enter files that were found; those already entered stay as they are.

        Args:
            paths: rows without place; `queued`, or final at once (a folder without rights).

        Returns:
            How many were new.
        """
        rows, added = [], 0
        for row in paths:
            rows.append(row)
            if len(rows) == _BATCH:
                added += self._add(rows)
                rows = []
        return added + (self._add(rows) if rows else 0)

    def queued(self, limit: int) -> list[FileRow]:
        """The next files to work on."""
        query = select(JOB_FILE).where(JOB_FILE.c.job == self.number, JOB_FILE.c.state == "queued")
        with self._database.reading() as connection:
            return [_file(row) for row in connection.execute(query.order_by(JOB_FILE.c.place).limit(limit))]

    def claim(self, files: list[FileRow]) -> dict[str, bool]:
        """Say which bytes are about to be stored, before the first of them is written.

        Args:
            files: with their sha256.

        Returns:
            By sha256, whether such a contract is stored already.
        """
        names = sorted({str(file.sha256) for file in files})
        with self._database.writing() as connection:
            for file in files:
                write_line(connection, replace(file, state="running"))
            known = set(connection.execute(select(CONTRACT.c.id).where(CONTRACT.c.id.in_(names))).scalars())
        return {name: name in known for name in names}

    def finish(self, files: list[FileRow]) -> None:
        """Write final states that need nothing else to be true."""
        with self._database.writing() as connection:
            for file in files:
                write_line(connection, file)

    def counts(self) -> dict[str, int]:
        """Files by state."""
        with self._database.reading() as connection:
            return count_states(connection, self.number)

    def close(self, state: JobState, note: str | None = None) -> None:
        """Write how the job ended and let go of it."""
        try:
            with self._database.writing() as connection:
                values = {"state": state, "finished_at": now() if state == "done" else None, "note": note}
                connection.execute(update(JOB).where(JOB.c.id == self.number).values(**values))
        finally:
            self._lock.release()

    def _add(self, rows: list[FileRow]) -> int:
        with self._database.writing() as connection:
            if self._place < 0:
                top = select(func.max(JOB_FILE.c.place)).where(JOB_FILE.c.job == self.number)
                self._place = connection.execute(top).scalar() or 0
            values = []
            for row in rows:
                self._place += 1
                facts = {name: getattr(row, name) for name in ("path", "state", "code", "message", "remedy", "sha256")}
                values.append({"job": self.number, "place": self._place, "at": now(), **facts})
            kind = postgresql.insert if self._database.dialect == "postgresql" else sqlite.insert
            statement = kind(JOB_FILE).on_conflict_do_nothing(index_elements=["job", "path"])
            before = connection.execute(_size(self.number)).scalar_one()
            connection.execute(statement, values)
            return connection.execute(_size(self.number)).scalar_one() - before


def write_line(connection: Connection, file: FileRow) -> None:
    """Write what a file has come to; belongs into the transaction that makes it true."""
    where = (JOB_FILE.c.job == file.job) & (JOB_FILE.c.place == file.place)
    connection.execute(update(JOB_FILE).where(where).values(vars(file) | {"at": now()}))


def canonical(arguments: dict[str, Any]) -> str:
    """Arguments of a command as comparable text."""
    return json.dumps(arguments, ensure_ascii=False, sort_keys=True)


def lock_name(job: int) -> str:
    """Name of the lock of a job."""
    return f"import-{job}"


def count_states(connection: Connection, job: int) -> dict[str, int]:
    """Files of a job by state."""
    number = func.count().label("number")
    query = select(JOB_FILE.c.state, number).where(JOB_FILE.c.job == job).group_by(JOB_FILE.c.state)
    return {row.state: row.number for row in connection.execute(query.order_by(JOB_FILE.c.state))}


def _size(job: int) -> Select[int]:
    return select(func.count()).select_from(JOB_FILE).where(JOB_FILE.c.job == job)


def _unfinished(connection: Connection, arguments: str) -> list[int]:
    query = select(JOB.c.id).where(JOB.c.arguments == arguments, JOB.c.state != "done").order_by(JOB.c.id)
    return list(connection.execute(query).scalars())


def _claimed(connection: Connection, job: int) -> list[str]:
    query = select(JOB_FILE.c.sha256).where(JOB_FILE.c.job == job, JOB_FILE.c.state == "running")
    return [str(name) for name in connection.execute(query).scalars() if name]


def _hand_over(connection: Connection, job: int, to: int) -> None:
    message = f"taken over by import {to}"
    open_files = (JOB_FILE.c.job == job) & JOB_FILE.c.state.in_(("queued", "running"))
    connection.execute(update(JOB_FILE).where(open_files).values(state="skipped", code=None, message=message, at=now()))
    connection.execute(update(JOB).where(JOB.c.id == job).values(state="done", finished_at=now(), note=message))


def _file(row: Row[Any]) -> FileRow:
    values = row._asdict()
    values.pop("at")
    return FileRow(**values)
