"""Versions of the tables: forward only, a copy of the data taken first.

A collection of an older version is brought up step by step when it is opened; one of a newer version is refused.
"""

import json
import zlib
from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, text, update

from corpus.database import Database
from corpus.tables import META, METADATA
from corpus.views import drop_views, make_views
from schema.errors import StoreError

STORE_VERSION = 2


def _to_2(connection: Connection) -> None:
    """The term of a contract stands in the table `contract`, so that due dates need no records."""
    collation = ' COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    for name in ("term_start", "term_end"):
        connection.execute(text(f"ALTER TABLE contract ADD COLUMN {name} VARCHAR{collation}"))
    for contract, data in connection.execute(text("SELECT contract, data FROM record")).all():
        term = json.loads(zlib.decompress(data))["term"]
        if term is not None:
            values = {"id": contract, "start": term["start"], "end": term["end"]}
            connection.execute(text("UPDATE contract SET term_start = :start, term_end = :end WHERE id = :id"), values)


MIGRATIONS: dict[int, Callable[[Connection], None]] = {2: _to_2}
"""What brings a collection from the version before to this one; kept for as long as the versions may exist."""


def prepare(database: Database, *, keep_copy: Callable[[int], None]) -> None:
    """Make the tables, or bring them up to date.

    Args:
        database: a new, current or older collection.
        keep_copy: keeps a copy before anything is changed; given the version found.

    Raises:
        StoreError: `store_version` when the collection is newer than this program.
    """
    with database.reading() as connection:
        found = version_of(connection)
    if found is not None and found > STORE_VERSION:
        raise StoreError("store_version", f"{database.name} has version {found}, this program knows {STORE_VERSION}")
    if found == STORE_VERSION:
        return
    if found is not None:
        keep_copy(found)
    with database.writing() as connection:
        found = version_of(connection)  # another program may have been quicker
        if found is None:
            METADATA.create_all(connection)
            make_views(connection)
            connection.execute(insert(META).values(key="version", value=str(STORE_VERSION)))
        elif found < STORE_VERSION:
            drop_views(connection)
            for version in range(found + 1, STORE_VERSION + 1):
                MIGRATIONS[version](connection)
            make_views(connection)
            connection.execute(update(META).where(META.c.key == "version").values(value=str(STORE_VERSION)))


def version_of(connection: Connection) -> int | None:
    """Version of the tables, None when there are none yet."""
    if not inspect(connection).has_table("meta"):
        return None
    value = connection.execute(select(META.c.value).where(META.c.key == "version")).scalar()
    return int(value) if value else None
