"""What the collection holds, contract by contract: the list, folders and tags."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, or_, select, update

from corpus.database import Database
from corpus.outbox import announce, now
from corpus.tables import CONTRACT, PARTY, TAG
from schema.errors import StoreError, UsageError

_BATCH = 500


@dataclass(frozen=True)
class Card:
    """A contract as the list shows it.

    Attributes:
        id: of the contract.
        title: as printed, or None.
        kind: sort of contract.
        contract_no: as printed.
        parties: role and name.
        total: price of the whole contract as a decimal string, or None.
        currency: of the total.
        sign_date: ISO, as far as printed.
        folder: where it is kept.
        tags: sorted.
        source: name and sha256 of the file.
        imported_at: ISO, UTC.
        changed_at: of the last change by import, another reading, correction, anchor, folder or tag; ISO, UTC.
        findings: how many by severity.
        producer: version of the parser.
    """

    id: str
    title: str | None
    kind: str | None
    contract_no: str | None
    parties: tuple[dict[str, str | None], ...]
    total: str | None
    currency: str | None
    sign_date: str | None
    folder: str | None
    tags: tuple[str, ...]
    source: dict[str, str]
    imported_at: str
    changed_at: str
    findings: dict[str, int]
    producer: str


@dataclass(frozen=True)
class Wanted:
    """Which contracts.

    Attributes:
        folder: only of this folder and those below it.
        tag: only with this tag.
        party: only with this in the name of a party.
        since: only those imported or changed after this time (ISO, UTC).
        ids: only these; None for all.
        folders: only in exactly these folders, those the asker may see; None for all.
    """

    folder: str | None = None
    tag: str | None = None
    party: str | None = None
    since: str | None = None
    ids: tuple[str, ...] | None = None
    folders: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Listed:
    """A page of the list; `cursor` is None at its end."""

    contracts: tuple[Card, ...]
    total: int
    cursor: str | None


class Catalogue:
    """The contracts of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wanted: Wanted, *, limit: int = 50, cursor: str | None = None) -> Listed:
        """A page of contracts, the newest first.

        Args:
            wanted: which.
            limit: how many.
            cursor: from the page before.

        Raises:
            UsageError: the cursor is none of ours.
        """
        where = conditions(wanted)
        newest_first = (CONTRACT.c.imported_at.desc(), CONTRACT.c.id.desc())
        query = select(CONTRACT).where(*where).order_by(*newest_first).limit(limit + 1)
        if cursor:
            query = query.where(_behind(*_read_cursor(cursor)))
        with self._database.reading() as connection:
            total = connection.execute(select(func.count()).select_from(CONTRACT).where(*where)).scalar_one()
            rows = connection.execute(query).all()
            cards = cards_in(connection, rows[:limit])
        more = len(rows) > limit and limit > 0
        return Listed(cards, total, _write_cursor(rows[limit - 1]) if more else None)

    def each(self, wanted: Wanted) -> Iterator[Card]:
        """All contracts in the order they were imported, read in batches."""
        last: tuple[str, str] | None = None
        while True:
            query = select(CONTRACT).where(*conditions(wanted)).order_by(CONTRACT.c.imported_at, CONTRACT.c.id)
            query = query.where(_after(*last)) if last else query
            with self._database.reading() as connection:
                rows = connection.execute(query.limit(_BATCH)).all()
                cards = cards_in(connection, rows)
            if not rows:
                return
            yield from cards
            last = rows[-1].imported_at, rows[-1].id

    def ids(self) -> list[str]:
        """Ids of all contracts, oldest first."""
        with self._database.reading() as connection:
            query = select(CONTRACT.c.id).order_by(CONTRACT.c.imported_at, CONTRACT.c.id)
            return list(connection.execute(query).scalars())

    def among(self, contracts: Iterable[str], folders: tuple[str, ...] | None) -> set[str]:
        """Of these contracts, those that there are in exactly these folders; None for all folders."""
        names = list(set(contracts))
        found: set[str] = set()
        with self._database.reading() as connection:
            for start in range(0, len(names), _BATCH):
                wanted = Wanted(ids=tuple(names[start : start + _BATCH]), folders=folders)
                found.update(connection.execute(select(CONTRACT.c.id).where(*conditions(wanted))).scalars())
        return found

    def count(self) -> int:
        """How many contracts there are."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(CONTRACT)).scalar_one()

    def card(self, contract: str) -> Card:
        """One contract.

        Raises:
            StoreError: `contract_unknown`.
        """
        with self._database.reading() as connection:
            rows = connection.execute(select(CONTRACT).where(CONTRACT.c.id == contract)).all()
            cards = cards_in(connection, rows)
        if not cards:
            raise StoreError("contract_unknown", f"no contract has the id {contract}")
        return cards[0]

    def move(self, contracts: Iterable[str], folder: str | None) -> None:
        """Keep contracts in a folder; None for no folder."""
        names = list(contracts)
        with self._database.writing() as connection:
            values = {"folder": folder, "changed_at": now()}
            connection.execute(update(CONTRACT).where(CONTRACT.c.id.in_(names)).values(**values))
            announce(connection, names, "put")

    def tag(self, contracts: Iterable[str], *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Give contracts tags and take others away."""
        names, added, removed = list(contracts), sorted(set(add)), sorted(set(remove))
        with self._database.writing() as connection:
            gone = and_(TAG.c.contract.in_(names), TAG.c.tag.in_([*added, *removed]))
            connection.execute(delete(TAG).where(gone))
            if rows := [{"contract": name, "tag": tag} for name in names for tag in added]:
                connection.execute(insert(TAG), rows)
            connection.execute(update(CONTRACT).where(CONTRACT.c.id.in_(names)).values(changed_at=now()))
            announce(connection, names, "put")

    def folders(self) -> dict[str, int]:
        """Folders in use and how many contracts each holds."""
        query = select(CONTRACT.c.folder, func.count().label("number")).where(CONTRACT.c.folder.is_not(None))
        with self._database.reading() as connection:
            rows = connection.execute(query.group_by(CONTRACT.c.folder).order_by(CONTRACT.c.folder)).all()
        return {row.folder: row.number for row in rows}


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What the table `contract` is asked for."""
    where: list[ColumnElement[bool]] = []
    if wanted.folder is not None:
        inside = CONTRACT.c.folder.startswith(f"{wanted.folder}/", autoescape=True)
        where.append(or_(CONTRACT.c.folder == wanted.folder, inside))
    if wanted.tag is not None:
        where.append(CONTRACT.c.id.in_(select(TAG.c.contract).where(TAG.c.tag == wanted.tag)))
    if wanted.party is not None:
        named = PARTY.c.name.contains(wanted.party, autoescape=True)
        where.append(CONTRACT.c.id.in_(select(PARTY.c.contract).where(named)))
    if wanted.since is not None:
        where.append(CONTRACT.c.changed_at > wanted.since)
    if wanted.ids is not None:
        where.append(CONTRACT.c.id.in_(wanted.ids))
    if wanted.folders is not None:
        where.append(CONTRACT.c.folder.in_(wanted.folders))
    return where


def cards_in(connection: Connection, rows: Iterable[Row[Any]]) -> tuple[Card, ...]:
    """Cards of rows of the table `contract`, in their order, within a transaction."""
    rows = list(rows)
    names = [row.id for row in rows]
    parties: dict[str, list[dict[str, str | None]]] = {}
    query = select(PARTY.c.contract, PARTY.c.role, PARTY.c.name).where(PARTY.c.contract.in_(names))
    for contract, role, name in connection.execute(query.order_by(PARTY.c.contract, PARTY.c.place)):
        parties.setdefault(contract, []).append({"role": role, "name": name})
    tags: dict[str, list[str]] = {}
    for contract, tag in connection.execute(select(TAG).where(TAG.c.contract.in_(names)).order_by(TAG.c.tag)):
        tags.setdefault(contract, []).append(tag)
    return tuple(_card(row, tuple(parties.get(row.id, ())), tuple(tags.get(row.id, ()))) for row in rows)


def _card(row: Row[Any], parties: tuple[dict[str, str | None], ...], tags: tuple[str, ...]) -> Card:
    return Card(
        id=row.id,
        title=row.title,
        kind=row.kind,
        contract_no=row.contract_no,
        parties=parties,
        total=row.total_exact,
        currency=row.currency,
        sign_date=row.sign_date,
        folder=row.folder,
        tags=tags,
        source={"name": row.name, "sha256": row.id},
        imported_at=row.imported_at,
        changed_at=row.changed_at,
        findings={"error": row.errors, "warning": row.warnings, "info": row.infos},
        producer=row.producer,
    )


def _behind(imported_at: str, name: str) -> ColumnElement[bool]:
    return or_(CONTRACT.c.imported_at < imported_at, and_(CONTRACT.c.imported_at == imported_at, CONTRACT.c.id < name))


def _after(imported_at: str, name: str) -> ColumnElement[bool]:
    return or_(CONTRACT.c.imported_at > imported_at, and_(CONTRACT.c.imported_at == imported_at, CONTRACT.c.id > name))


def _write_cursor(row: Row[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps([row.imported_at, row.id]).encode()).decode()


def _read_cursor(cursor: str) -> tuple[str, str]:
    try:
        imported_at, name = json.loads(base64.urlsafe_b64decode(cursor))
        return str(imported_at), str(name)
    except (binascii.Error, UnicodeDecodeError, ValueError, TypeError) as error:
        raise UsageError("value_unreadable", "the cursor is not one this list gave") from error
