"""What the index has still to learn, written in the same transaction as the change itself.

Whoever holds the drain lock tells the index and then forgets the entries. A program that dies in between tells it
again, which does no harm: `put` replaces.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, delete, func, insert, select

from corpus.database import Database
from corpus.tables import OUTBOX

Action = Literal["put", "remove"]


@dataclass(frozen=True)
class Pending:
    """Changes to be told.

    Attributes:
        entries: numbers of the entries by contract.
        put: contracts to index anew, oldest change first.
        remove: contracts that are gone.
        last: highest entry read.
    """

    entries: dict[str, list[int]]
    put: tuple[str, ...]
    remove: tuple[str, ...]
    last: int


def now() -> str:
    """The time as the tables keep it: ISO, UTC, microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def announce(connection: Connection, contracts: list[str], action: Action) -> None:
    """Add entries; belongs into the transaction that makes the change."""
    if contracts:
        at = now()
        connection.execute(insert(OUTBOX), [{"contract": c, "action": action, "at": at} for c in contracts])


class Outbox:
    """The entries of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        """How many entries wait."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one()

    def pending(self, limit: int, *, after: int = 0) -> Pending | None:
        """The oldest entries behind one, the last word for each contract; None when nothing waits."""
        query = select(OUTBOX.c.seq, OUTBOX.c.contract, OUTBOX.c.action).where(OUTBOX.c.seq > after)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(OUTBOX.c.seq).limit(limit)).all()
        if not rows:
            return None
        last_word = {row.contract: row.action for row in rows}
        entries: dict[str, list[int]] = {}
        for row in rows:
            entries.setdefault(row.contract, []).append(row.seq)
        put = tuple(contract for contract, action in last_word.items() if action == "put")
        remove = tuple(contract for contract, action in last_word.items() if action == "remove")
        return Pending(entries, put, remove, rows[-1].seq)

    def first(self) -> int:
        """The oldest entry, 0 when nothing waits."""
        with self._database.reading() as connection:
            return connection.execute(select(func.min(OUTBOX.c.seq))).scalar() or 0

    def last(self) -> int:
        """The newest entry, 0 when nothing waits."""
        with self._database.reading() as connection:
            return connection.execute(select(func.max(OUTBOX.c.seq))).scalar() or 0

    def forget(self, entries: Iterable[int]) -> None:
        """Take out entries that were told."""
        with self._database.writing() as connection:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.seq.in_(list(entries))))

    def forget_until(self, last: int) -> None:
        """Take out all entries up to one: the index was made anew."""
        with self._database.writing() as connection:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.seq <= last))
