"""Who is at work: locks that the system itself lets go when their holder dies, however it dies.

With SQLite a lock is `flock` on a file beside the database, with PostgreSQL an advisory lock of a session of its own.
No heartbeat and no time limit: a job is alive exactly while its lock is held.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from zlib import crc32

from sqlalchemy import text

from corpus.database import Database

_SPACE = 0x7169  # first half of the key of PostgreSQL's advisory locks
_PAUSE = 0.05


class Lock(Protocol):
    """A lock that is held."""

    def release(self) -> None:
        """Let it go."""


class Locks:
    """Named locks of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folder = database.path.with_name(f"{database.path.name}-locks") if database.path else None

    def take(self, name: str, *, wait: float = 0.0) -> Lock | None:
        """Take a lock.

        Args:
            name: of the lock.
            wait: seconds to wait for it.

        Returns:
            The lock, or None when somebody else holds it.
        """
        until = time.monotonic() + wait
        with self._database.translated():
            while (lock := self._try(name)) is None and time.monotonic() < until:
                time.sleep(_PAUSE)
        return lock

    @contextmanager
    def held(self, name: str, *, wait: float = 0.0) -> Iterator[bool]:
        """Hold a lock for a while; gives False when somebody else holds it."""
        lock = self.take(name, wait=wait)
        try:
            yield lock is not None
        finally:
            if lock is not None:
                lock.release()

    def is_held(self, name: str) -> bool:
        """Whether anybody holds it, this program included."""
        if self._folder is not None and not (self._folder / name).exists():
            return False
        with self.held(name) as free:
            return not free

    def _try(self, name: str) -> Lock | None:
        return _FileLock.take(self._folder / name) if self._folder else _SessionLock.take(self._database, name)


class _FileLock:
    """`flock`: let go by the system when the process ends."""

    def __init__(self, handle: int, path: Path) -> None:
        self._handle, self._path = handle, path

    @classmethod
    def take(cls, path: Path) -> "_FileLock | None":
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        if not _is_at(handle, path):  # its last holder has just removed the file
            os.close(handle)
            return None
        return cls(handle, path)

    def release(self) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._handle)


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


class _SessionLock:
    """An advisory lock of PostgreSQL: let go when the session ends."""

    def __init__(self, database: Database, key: int) -> None:
        self._connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._key = {"space": _SPACE, "key": key}

    @classmethod
    def take(cls, database: Database, name: str) -> "_SessionLock | None":
        lock = cls(database, crc32(name.encode()) - (1 << 31))
        query = text("SELECT pg_try_advisory_lock(:space, :key)")
        if lock._connection.execute(query, lock._key).scalar():
            return lock
        lock._connection.close()
        return None

    def release(self) -> None:
        self._connection.execute(text("SELECT pg_advisory_unlock(:space, :key)"), self._key)
        self._connection.close()
