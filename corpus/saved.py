"""Saved searches: what somebody asks again and again, and which hits they have been shown."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from corpus.account_tables import SAVED_SEARCH
from corpus.database import Database
from corpus.outbox import now
from schema.errors import StoreError, UsageError

_MARK = 8
MOST = 100
"""Saved searches an account may have."""


@dataclass(frozen=True)
class SavedSearch:
    """A saved search.

    Attributes:
        number: of the search.
        account: whose.
        name: as its owner calls it.
        query: what is asked, as JSON of `ClauseQuery`.
        created_at: ISO, UTC.
        seen_at: when its owner last looked, ISO, UTC.
    """

    number: int
    account: str
    name: str
    query: dict[str, Any]
    created_at: str
    seen_at: str


class SavedSearches:
    """The saved searches of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: str, name: str, query: dict[str, Any], hits: Iterable[str]) -> SavedSearch:
        """Save a search.

        Args:
            account: whose.
            name: for its owner.
            query: what is asked.
            hits: names of the hits there are now; they are not new.

        Raises:
            UsageError: `too_many` when the account has `MOST`.
        """
        at = now()
        values = {"account": account, "name": name, "query": json.dumps(query, ensure_ascii=False), "seen": _pack(hits)}
        with self._database.writing() as connection:
            mine = select(func.count()).select_from(SAVED_SEARCH).where(SAVED_SEARCH.c.account == account)
            if connection.execute(mine).scalar_one() >= MOST:
                raise UsageError("too_many", f"there are {MOST} saved searches already", remedy="delete one first")
            new = insert(SAVED_SEARCH).values(**values, created_at=at, seen_at=at).returning(SAVED_SEARCH.c.number)
            number = int(connection.execute(new).scalar_one())
        return SavedSearch(number, account, name, query, at, at)

    def of(self, account: str) -> list[SavedSearch]:
        """Those of an account, oldest first."""
        query = select(SAVED_SEARCH).where(SAVED_SEARCH.c.account == account).order_by(SAVED_SEARCH.c.number)
        with self._database.reading() as connection:
            return [_search(row) for row in connection.execute(query)]

    def get(self, account: str, number: int) -> SavedSearch:
        """One of an account.

        Raises:
            StoreError: `search_unknown`.
        """
        return _search(self._row(account, number))

    def new_among(self, account: str, number: int, hits: Iterable[str]) -> list[str]:
        """Those of the hits that their owner has not been shown.

        Raises:
            StoreError: `search_unknown`.
        """
        packed = zlib.decompress(self._row(account, number).seen)
        seen = {packed[i : i + _MARK] for i in range(0, len(packed), _MARK)}
        return [hit for hit in hits if _mark(hit) not in seen]

    def mark_seen(self, account: str, number: int, hits: Iterable[str]) -> None:
        """All these hits have been shown.

        Raises:
            StoreError: `search_unknown`.
        """
        mine = (SAVED_SEARCH.c.number == number) & (SAVED_SEARCH.c.account == account)
        with self._database.writing() as connection:
            values = {"seen": _pack(hits), "seen_at": now()}
            if not connection.execute(update(SAVED_SEARCH).where(mine).values(**values)).rowcount:
                raise _unknown(number)

    def remove(self, account: str, number: int) -> None:
        """Forget a search.

        Raises:
            StoreError: `search_unknown`.
        """
        mine = (SAVED_SEARCH.c.number == number) & (SAVED_SEARCH.c.account == account)
        with self._database.writing() as connection:
            if not connection.execute(delete(SAVED_SEARCH).where(mine)).rowcount:
                raise _unknown(number)

    def _row(self, account: str, number: int) -> Row[Any]:
        mine = (SAVED_SEARCH.c.number == number) & (SAVED_SEARCH.c.account == account)
        with self._database.reading() as connection:
            row = connection.execute(select(SAVED_SEARCH).where(mine)).first()
        if row is None:
            raise _unknown(number)
        return row


def _search(row: Row[Any]) -> SavedSearch:
    return SavedSearch(row.number, row.account, row.name, json.loads(row.query), row.created_at, row.seen_at)


def _unknown(number: int) -> StoreError:
    return StoreError("search_unknown", f"there is no saved search {number}")


def _pack(hits: Iterable[str]) -> bytes:
    return zlib.compress(b"".join(sorted({_mark(hit) for hit in hits})))


def _mark(hit: str) -> bytes:
    return sha256(hit.encode()).digest()[:_MARK]
