"""The audit log: who saw, changed, exported what. Only added to; each entry carries the hash of the one before.

A changed or removed entry breaks the chain from there on, which `broken_at` finds; removing the last entries is seen by
comparing with a hash noted elsewhere (`head`). The database itself refuses to change or delete entries; that keeps
honest programs honest, the chain shows the others.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Row, desc, insert, select

from corpus.account_tables import AUDIT
from corpus.database import Database
from corpus.outbox import now

_BATCH = 1000
_START = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        who: account.
        via: session, token, link or command.
        action: what was done (`see contract`, `export`).
        object: id of the contract, account or job it was done to; None for none.
        detail: what else matters; no text of contracts.
        address: of the asker.
        at: ISO, UTC.
        number: from 1.
        hash: of this entry and all before it.
    """

    who: str
    via: str
    action: str
    object: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    address: str | None = None
    at: str = ""
    number: int = 0
    hash: str = ""


class Audit:
    """The log of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entries: Iterable[Entry]) -> None:
        """Append entries in one transaction."""
        entries = list(entries)
        if not entries:
            return
        with self._database.writing() as connection:
            last = connection.execute(select(AUDIT).order_by(desc(AUDIT.c.number)).limit(1)).first()
            number, before = (last.number, last.hash) if last else (0, _START)
            rows = []
            for entry in entries:
                number += 1
                row = asdict(entry) | {"at": entry.at or now(), "number": number, "before": before}
                row["detail"] = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True)
                row["hash"] = before = _hash(row)
                rows.append(row)
            connection.execute(insert(AUDIT), rows)

    def newest(
        self, limit: int, *, before: int | None = None, who: str | None = None, thing: str | None = None
    ) -> list[Entry]:
        """Entries, the newest first.

        Args:
            limit: how many.
            before: only those with a smaller number.
            who: only of this account.
            thing: only about this object.
        """
        query = select(AUDIT).order_by(desc(AUDIT.c.number)).limit(limit)
        query = query.where(AUDIT.c.number < before) if before is not None else query
        query = query.where(AUDIT.c.who == who) if who else query
        query = query.where(AUDIT.c.object == thing) if thing else query
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def head(self) -> tuple[int, str]:
        """Number and hash of the newest entry; 0 and zeros when there is none."""
        newest = self.newest(1)
        return (newest[0].number, newest[0].hash) if newest else (0, _START)

    def broken_at(self) -> int | None:
        """Number of the first entry that does not follow from those before it; None when the chain is whole."""
        before = _START
        for number, row in enumerate(self._rows(), 1):
            values = dict(row._mapping)
            if row.number != number or row.before != before or _hash(values) != row.hash:
                return number
            before = row.hash
        return None

    def _rows(self) -> Iterator[Row[Any]]:
        last = 0
        while True:
            query = select(AUDIT).where(AUDIT.c.number > last).order_by(AUDIT.c.number).limit(_BATCH)
            with self._database.reading() as connection:
                rows = connection.execute(query).all()
            if not rows:
                return
            yield from rows
            last = rows[-1].number


def guard(dialect: str) -> tuple[str, ...]:
    """Statements that make the database refuse to change or delete entries."""
    if dialect == "postgresql":
        return (
            (
                "CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger AS "
                "'BEGIN RAISE EXCEPTION ''the audit log is only added to''; END' LANGUAGE plpgsql"
            ),
            "CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept()",
        )
    return tuple(
        f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
        for verb in ("UPDATE", "DELETE")
    )


def _hash(row: dict[str, Any]) -> str:
    names = ("number", "at", "who", "via", "action", "object", "detail", "address", "before")
    told = json.dumps([row[name] for name in names], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _entry(row: Row[Any]) -> Entry:
    values = {name: value for name, value in row._mapping.items() if name != "before"}
    return Entry(**{**values, "detail": json.loads(row.detail)})
