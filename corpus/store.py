"""The store of record: contracts, their facts, what the index must learn, and the original files.

    store = open_store("sqlite:///data/qiyue.sqlite", "data/originals")
    store.put(pack(contract), folder="采购")
    store.record(contract.id)

A contract, its facts, its line in the ledger and its entry in the outbox are one transaction: after a crash there is
all of it or nothing. The id of a contract is the sha256 of its file, so the same bytes cannot be stored twice.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, inspect, select, update

from corpus.amending import apply
from corpus.anchors import Anchors
from corpus.catalogue import Catalogue
from corpus.comparing import Difference, compare
from corpus.corrections import Corrections, carry_over, corrections_in, parsed_contract, write_facts
from corpus.database import Database
from corpus.ledger import FileRow, Ledger, write_line
from corpus.likeness import TWIN_LIKENESS, VERSION_LIKENESS, resemblance
from corpus.locks import Locks
from corpus.migrate import prepare
from corpus.obligations import Obligations
from corpus.originals import Originals
from corpus.outbox import Outbox, announce, now
from corpus.packing import Packed, unpack
from corpus.tables import CONTRACT, CONTRACT_TEXT, FACTS, IDENTITY, LINK, RECORD, TAG
from schema.contract import Contract
from schema.errors import StoreError

_CANDIDATES = 50
_SHORTEST_PREFIX = 4


@dataclass(frozen=True)
class Stored:
    """What became of a contract that was put.

    Attributes:
        new: False when its bytes were there already.
        relation: `twin` or `version` of an older contract, `duplicate` when not new.
        of: the contract it is like.
        certainty: 0 to 1.
        line: of the ledger, as it was written.
    """

    new: bool
    relation: str | None = None
    of: str | None = None
    certainty: float | None = None
    line: FileRow | None = None


class Store:
    """A collection. Safe to use from several processes at once; from one thread at a time."""

    def __init__(self, database: Database, originals: Originals) -> None:
        """Bind the parts; see `open_store`."""
        self.database = database
        self.originals = originals
        self.outbox = Outbox(database)
        self.catalogue = Catalogue(database)
        self.corrections = Corrections(database)
        self.anchors = Anchors(database)
        self.obligations = Obligations(database)
        self.locks = Locks(database)
        self.ledger = Ledger(database, self.locks)

    def has(self, contract: str) -> bool:
        """Whether a contract is stored."""
        with self.database.reading() as connection:
            return connection.execute(select(CONTRACT.c.id).where(CONTRACT.c.id == contract)).first() is not None

    def put(
        self,
        packed: Packed,
        *,
        folder: str | None = None,
        tags: tuple[str, ...] = (),
        line: FileRow | None = None,
    ) -> Stored:
        """Store a contract whose original is already in `originals`.

        Args:
            packed: from `corpus.packing.pack`.
            folder: where to keep it.
            tags: to give it.
            line: of the ledger; its final state is written in the same transaction.

        Raises:
            StoreError: nothing was written.
        """
        with self.database.writing() as connection:
            if connection.execute(select(CONTRACT.c.id).where(CONTRACT.c.id == packed.id)).first():
                stored = Stored(new=False, relation="duplicate", of=packed.id, certainty=1.0)
            else:
                stored = _likest(connection, packed)
                at = now()
                times = {"imported_at": at, "parsed_at": at, "changed_at": at}
                connection.execute(insert(CONTRACT).values(id=packed.id, folder=folder, **times, **packed.contract))
                _write_body(connection, packed)
                if tags:
                    connection.execute(insert(TAG), [{"contract": packed.id, "tag": tag} for tag in sorted(set(tags))])
                if stored.of:
                    link = {"of": stored.of, "relation": stored.relation, "certainty": stored.certainty}
                    connection.execute(insert(LINK).values(contract=packed.id, **link))
                announce(connection, [packed.id], "put")
            if line is not None:
                line = replace(
                    line,
                    state="stored" if stored.new else "duplicate",
                    contract=packed.id,
                    relation=stored.relation,
                    of=stored.of,
                    certainty=stored.certainty,
                )
                write_line(connection, line)
        return replace(stored, line=line)

    def record(self, contract: str) -> bytes:
        """JSON of the record, the parser's word.

        Raises:
            StoreError: `contract_unknown`.
        """
        with self.database.reading() as connection:
            return read_record(connection, contract)

    def contract(self, contract: str) -> Contract:
        """The record as a value, the parser's word.

        Raises:
            StoreError: `contract_unknown`.
        """
        return Contract.model_validate_json(self.record(contract))

    def corrected(self, contract: str) -> Contract:
        """The record with what people corrected.

        Raises:
            StoreError: `contract_unknown`.
        """
        with self.database.reading() as connection:
            return apply(parsed_contract(connection, contract), corrections_in(connection, contract))

    def resolve(self, reference: str, *, folders: tuple[str, ...] | None = None) -> str:
        """The id a person means.

        Args:
            reference: an id, or the beginning of one (4 characters and more).
            folders: only in exactly these folders, those the asker may see; None for all.

        Raises:
            StoreError: `contract_unknown` when none or several begin so.
        """
        prefix = reference.lower()
        query = select(CONTRACT.c.id).where(CONTRACT.c.id >= prefix, CONTRACT.c.id < prefix + "g").limit(2)
        query = query.where(CONTRACT.c.folder.in_(folders)) if folders is not None else query
        with self.database.reading() as connection:
            found = connection.execute(query).scalars().all() if len(prefix) >= _SHORTEST_PREFIX else []
        if len(found) == 1:
            return str(found[0])
        trouble = f"several contracts begin with {reference}" if found else f"no contract has the id {reference}"
        raise StoreError("contract_unknown", trouble)

    def replace(self, packed: Packed) -> tuple[Difference, tuple[int, int]]:
        """Put another reading of a stored file in the place of the old one; corrections are carried over.

        Args:
            packed: of the new reading.

        Returns:
            What changed in the facts; how many corrections hold and how many are orphaned.

        Raises:
            StoreError: `contract_unknown` when it was deleted meanwhile.
        """
        with self.database.writing() as connection:
            before = json.loads(read_record(connection, packed.id))
            values = {**packed.contract, "parsed_at": now(), "changed_at": now()}
            connection.execute(update(CONTRACT).where(CONTRACT.c.id == packed.id).values(**values))
            for table in (RECORD, CONTRACT_TEXT, IDENTITY, *FACTS):
                connection.execute(delete(table).where(table.c.contract == packed.id))
            _write_body(connection, packed)
            outcome = carry_over(connection, parsed := parsed_contract(connection, packed.id))
            if outcome[0]:
                write_facts(connection, apply(parsed, corrections_in(connection, packed.id)))
            announce(connection, [packed.id], "put")
        return compare(before, json.loads(unpack(packed.record))), outcome

    def delete(self, contracts: list[str]) -> None:
        """Remove contracts with facts, corrections and originals; the ledger keeps what happened.

        Args:
            contracts: ids.
        """
        with self.database.writing() as connection:
            connection.execute(delete(CONTRACT).where(CONTRACT.c.id.in_(contracts)))
            announce(connection, contracts, "remove")
        self.sweep(contracts)

    def sweep(self, names: Iterable[str]) -> list[str]:
        """Remove originals that belong to no contract and that no living import is about to store.

        Args:
            names: sha256 of the files to look at.

        Returns:
            Those removed, whole or unfinished.
        """
        names, removed = set(names), []
        with self.database.writing() as connection:  # nobody can claim a file meanwhile
            known = select(CONTRACT.c.id).where(CONTRACT.c.id.in_(names))
            loose = names - set(connection.execute(known).scalars()) - self.ledger.bytes_in_work(connection)
            for name in sorted(loose):
                if self.originals.has(name):
                    self.originals.remove(name)
                    removed.append(name)
            for path, name in self.originals.unfinished():
                if name in loose:
                    self.originals.remove_unfinished(path)
                    removed.append(name)
        return removed

    def close(self) -> None:
        """Close the connections."""
        self.database.close()


def open_store(database_url: str, originals_url: str) -> Store:
    """Open a collection; a new one is made, an older one brought up to date after a copy.

    Args:
        database_url: SQLAlchemy URL.
        originals_url: path or fsspec URL.

    Raises:
        StoreError: `store_unreachable`, `store_read_only`, `store_full`, `store_version`.
    """
    database = Database(database_url)
    prepare(database, keep_copy=lambda version: _keep_copy(database, version))
    return Store(database, Originals(originals_url))


def read_record(connection: Connection, contract: str) -> bytes:
    """JSON of a record within a transaction.

    Raises:
        StoreError: `contract_unknown`.
    """
    data = connection.execute(select(RECORD.c.data).where(RECORD.c.contract == contract)).scalar()
    if data is None:
        raise StoreError("contract_unknown", f"no contract has the id {contract}")
    return unpack(data)


def _write_body(connection: Connection, packed: Packed) -> None:
    connection.execute(insert(RECORD).values(contract=packed.id, data=packed.record))
    connection.execute(insert(CONTRACT_TEXT).values(contract=packed.id, text=packed.text))
    connection.execute(insert(IDENTITY), [{"contract": packed.id, "key": key} for key in packed.keys])
    for table in FACTS:
        if rows := packed.facts[table.name]:
            connection.execute(insert(table), rows)


def _likest(connection: Connection, packed: Packed) -> Stored:
    """The stored contract this one is a twin or version of, if any."""
    row: dict[str, Any] = packed.contract
    same = select(CONTRACT.c.id).where(CONTRACT.c.text_hash == row["text_hash"]).order_by(CONTRACT.c.imported_at)
    if packed.text and (twin := connection.execute(same.limit(1)).scalar()):
        return Stored(new=True, relation="twin", of=twin, certainty=1.0)
    keys = [key for key in packed.keys if not key.startswith("amounts:")]
    query = (
        select(CONTRACT.c.id, CONTRACT.c.sketch, CONTRACT.c.media_type)
        .where(CONTRACT.c.id.in_(select(IDENTITY.c.contract).where(IDENTITY.c.key.in_(keys))))
        .order_by(CONTRACT.c.imported_at.desc(), CONTRACT.c.id)
        .limit(_CANDIDATES)
    )
    likeness, best = max(
        ((resemblance(row["sketch"], other.sketch), other) for other in connection.execute(query)),
        key=lambda pair: pair[0],
        default=(0.0, None),
    )
    if best is None or likeness < VERSION_LIKENESS:
        return Stored(new=True)
    amounts = [key for key in packed.keys if key.startswith("amounts:")]
    same_amounts = select(IDENTITY.c.key).where(IDENTITY.c.contract == best.id, IDENTITY.c.key.in_(amounts))
    is_twin = (
        likeness >= TWIN_LIKENESS
        and best.media_type != row["media_type"]
        and connection.execute(same_amounts).first() is not None
    )
    return Stored(new=True, relation="twin" if is_twin else "version", of=best.id, certainty=round(likeness, 2))


def _keep_copy(database: Database, version: int) -> None:
    """Copy the data before they are migrated: a SQLite file beside itself, PostgreSQL tables into a schema."""
    if database.path is None:
        with database.writing() as connection:
            if inspect(connection).has_schema(f"qiyue_version{version}"):
                return
            connection.exec_driver_sql(f"CREATE SCHEMA qiyue_version{version}")
            for name in inspect(connection).get_table_names():
                connection.exec_driver_sql(f'CREATE TABLE qiyue_version{version}."{name}" AS TABLE "{name}"')
        return
    copy = database.path.with_name(f"{database.path.stem}-version{version}{database.path.suffix}")
    if not copy.exists():
        beside = Path(f"{copy}.tmp")
        beside.unlink(missing_ok=True)
        with database.translated(), database.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")  # VACUUM runs outside transactions
            connection.exec_driver_sql("VACUUM INTO ?", (str(beside),))
        beside.replace(copy)
