"""The days on which events happened, as people said: 签订 on 2025-01-31, 验收 on 2025-06-30."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from corpus.database import Database
from corpus.outbox import now
from corpus.tables import ANCHOR, CONTRACT
from schema.errors import StoreError, UsageError


@dataclass(frozen=True)
class Anchor:
    """One event.

    Attributes:
        contract: id.
        event: as the person named it, or the id of a deadline whose period began that day.
        date: ISO.
        who: name of the person.
        at: when it was said, ISO, UTC.
    """

    contract: str
    event: str
    date: str
    who: str
    at: str


class Anchors:
    """The anchors of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set(self, contract: str, event: str, date: str, *, who: str) -> None:
        """Say on which day something happened; an earlier word about the same event is replaced.

        Raises:
            StoreError: `contract_unknown`.
            UsageError: `value_unreadable` when the day is none.
        """
        try:
            day = datetime.date.fromisoformat(date)
        except ValueError as error:
            raise UsageError("value_unreadable", f"{date} is no day", remedy="write it as 2025-01-31") from error
        with self._database.writing() as connection:
            self._touch(connection, contract)
            connection.execute(delete(ANCHOR).where(ANCHOR.c.contract == contract, ANCHOR.c.event == event))
            values = {"contract": contract, "event": event, "date": day.isoformat(), "who": who, "at": now()}
            connection.execute(insert(ANCHOR).values(**values))

    def remove(self, contract: str, event: str) -> bool:
        """Take it back; whether there was one."""
        with self._database.writing() as connection:
            self._touch(connection, contract)
            gone = connection.execute(delete(ANCHOR).where(ANCHOR.c.contract == contract, ANCHOR.c.event == event))
        return bool(gone.rowcount)

    def of(self, contract: str) -> list[Anchor]:
        """Those of a contract, by day."""
        query = select(ANCHOR).where(ANCHOR.c.contract == contract).order_by(ANCHOR.c.date, ANCHOR.c.event)
        with self._database.reading() as connection:
            return [Anchor(**row._asdict()) for row in connection.execute(query)]

    @staticmethod
    def _touch(connection: Connection, contract: str) -> None:
        found = connection.execute(update(CONTRACT).where(CONTRACT.c.id == contract).values(changed_at=now()))
        if not found.rowcount:
            raise StoreError("contract_unknown", f"no contract has the id {contract}")
