"""The connection to SQLite or PostgreSQL: one writer at a time, and errors a person can act on.

Both engines get the same manners. A reading transaction sees one state from its first statement to its last. A writing
transaction takes the one write lock at its beginning (SQLite: `BEGIN IMMEDIATE`; PostgreSQL: an advisory lock), so what
it reads stays true until it commits and two writers never meet in the middle.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from schema.errors import StoreError

WRITE_LOCK = 0x71697975  # "qiyu", the same for every program that writes a collection
_BUSY_SECONDS = 60


class Database:
    """An engine and its two sorts of transaction."""

    def __init__(self, url: str) -> None:
        """Make the engine; the database itself is not touched yet.

        Args:
            url: SQLAlchemy URL: `sqlite:///path` or `postgresql://user@host/name`.

        Raises:
            StoreError: `store_unreachable` when the URL cannot be used.
        """
        self.name = url
        with self.translated():
            parsed = make_url(url)
            if parsed.drivername == "postgresql":
                parsed = parsed.set(drivername="postgresql+psycopg")
            self.name = parsed.render_as_string(hide_password=True)
            self.dialect: str = parsed.get_backend_name()
            self.path = Path(parsed.database or "") if self.dialect == "sqlite" else None
            if self.path is not None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self.engine: Engine = create_engine(parsed)
        if self.path is not None:
            event.listen(self.engine, "connect", _sqlite_connect)
            event.listen(self.engine, "begin", _sqlite_begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database."""
        options: dict[str, Any] = {"isolation_level": "REPEATABLE READ"} if self.dialect == "postgresql" else {}
        with (
            self.translated(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that nobody else writes beside; committed at the end, undone when an exception passes."""
        with (
            self.translated(),
            self.engine.connect().execution_options(qiyue_write=True) as connection,
            connection.begin(),
        ):
            if self.dialect == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn trouble of the database and its disk into errors with a remedy.

        Raises:
            StoreError: `store_full`, `store_read_only` or `store_unreachable`; mistakes of the program pass unchanged.
        """
        try:
            yield
        except DBAPIError as error:
            words = str(error.orig)
            if isinstance(error, OperationalError | InterfaceError) or _damaged(words):
                raise _explained(words, self.name) from error
            raise
        except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
            raise _explained(str(error), self.name) from error
        except (ArgumentError, NoSuchModuleError) as error:
            raise StoreError("store_unreachable", "QIYUE_DATABASE_URL is no database address") from error
        except ModuleNotFoundError as error:
            raise StoreError(
                "store_unreachable",
                f"the driver for {self.name} is not installed",
                remedy=f"pip install 'qiyue[postgresql]', which brings {error.name}",
            ) from error


def _sqlite_connect(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun in _sqlite_begin, not by the driver
    connection.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("qiyue_write") else "BEGIN")


def _explained(words: str, name: str) -> StoreError:
    """The error that helps.

    "disk I/O error" is what SQLite says when the shared memory file of its log cannot grow: a full disk as well.
    """
    low = words.lower()
    if any(sign in low for sign in ("disk is full", "no space left", "disk quota", "could not extend", "disk i/o")):
        return StoreError("store_full", f"no space is left for {name}")
    if any(sign in low for sign in ("readonly", "read-only", "permission denied", "unable to open database file")):
        return StoreError("store_read_only", f"{name} may not be written")
    if _damaged(low):
        return StoreError("store_unreachable", f"{name} is damaged", remedy="restore the last `qiyue backup`")
    return StoreError("store_unreachable", f"{name}: {low.splitlines()[0] if low else 'no answer'}")


def _damaged(words: str) -> bool:
    return "malformed" in words or "not a database" in words
