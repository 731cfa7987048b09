"""A collection in one file and back: tables, original files, settings, each with its checksum.

The file is a plain tar: `tables/<name>.ndjson` (one row a line, bytes in base64), `originals/<sha256>`, perhaps
`settings.toml`, then `manifest.json` with the sha256 of every other member, and last `manifest.sha256`. It says nothing
of the engine, so a backup of SQLite can be restored into PostgreSQL. The index is not in it: it is made anew.
"""

import base64
import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Integer, LargeBinary, Table, func, insert, inspect, select, text

from corpus.account_tables import ACCOUNT, AUDIT, GRANT, SAVED_SEARCH, TOKEN, VERDICT
from corpus.accounts import prepare_accounts
from corpus.amending import apply
from corpus.corrections import corrections_in, parsed_contract, write_facts
from corpus.exporting.files import replacing
from corpus.migrate import STORE_VERSION
from corpus.originals import store_trouble
from corpus.outbox import announce, now
from corpus.store import Store
from corpus.tables import CONTRACT, JOB, META, METADATA, OUTBOX
from schema.errors import StoreError

FORMAT = 1
_BATCH = 500
_BLOCK = 1 << 20
_MANIFEST, _SEAL = "manifest.json", "manifest.sha256"
_SETTINGS = "settings.toml"
_ACCOUNTS = (ACCOUNT, GRANT, TOKEN, SAVED_SEARCH, VERDICT, AUDIT)  # who is signed in is not kept
_TABLES = tuple(table for table in METADATA.sorted_tables if table not in (META, OUTBOX))
Progress = Callable[[int, int], None]


@dataclass
class Backup:
    """What a backup holds.

    Attributes:
        contracts: how many.
        rows: by table.
        missing: contracts whose original is not in the store, or no longer gives its name.
        settings: text of the settings file, if there was one.
    """

    contracts: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    settings: str | None = None


def write_backup(
    store: Store, path: Path, *, settings: Path | None = None, on_progress: Progress | None = None
) -> Backup:
    """Write a collection into a file, which is replaced whole or not at all.

    Args:
        store: the collection; others may write it meanwhile, the backup is of one moment.
        path: of the file.
        settings: settings file to take along.
        on_progress: told after each original: done, in all.

    Raises:
        StoreError: the file cannot be written.
    """
    made = Backup()
    with replacing(path) as stream, tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        writer = _Writer(archive)
        with store.database.reading() as connection, tempfile.TemporaryFile(dir=path.absolute().parent) as space:
            for table in (*_TABLES, *_existing(connection, _ACCOUNTS)):
                made.rows[table.name] = _dump(connection, table, space)
                writer.add(f"tables/{table.name}.ndjson", space)
            names = list(connection.execute(select(CONTRACT.c.id).order_by(CONTRACT.c.id)).scalars())
        made.contracts = len(names)
        for number, name in enumerate(names, 1):
            if not _add_original(store, writer, name):
                made.missing.append(name)
            if on_progress:
                on_progress(number, len(names))
        if settings is not None and settings.exists():
            made.settings = settings.read_text(encoding="utf-8")
            writer.add(_SETTINGS, io.BytesIO(made.settings.encode()))
        about = {"format": FORMAT, "store_version": STORE_VERSION, "made_at": now(), "rows": made.rows}
        about |= {"contracts": made.contracts, "missing": made.missing, "sha256": writer.digests}
        manifest = json.dumps(about, indent=1, sort_keys=True).encode()
        writer.add(_MANIFEST, io.BytesIO(manifest))
        writer.add(_SEAL, io.BytesIO(hashlib.sha256(manifest).hexdigest().encode()))
    return made


def read_backup(store: Store, path: Path, *, on_progress: Progress | None = None) -> Backup:
    """Put a backup into an empty collection.

    Everything is checked before anything is written; rows are one transaction.

    Args:
        store: the collection, empty.
        path: of the backup.
        on_progress: told after each original: done, in all.

    Raises:
        StoreError: `backup_damaged`, `store_not_empty`, `store_version`, or the collection cannot be written.
    """
    with store.database.reading() as connection:
        if connection.execute(select(CONTRACT.c.id).limit(1)).first() or connection.execute(select(JOB.c.id)).first():
            raise StoreError("store_not_empty", f"{store.database.name} holds contracts already")
    manifest = check_backup(path)
    restored = Backup(manifest["contracts"], manifest["rows"], manifest["missing"])
    with _opened(path) as archive:
        done = 0
        for member in archive:
            if member.name.startswith("originals/"):
                store.originals.put(member.name.removeprefix("originals/"), _content(archive, member))
                done += 1
                if on_progress:
                    on_progress(done, restored.contracts)
            elif member.name == _SETTINGS:
                restored.settings = _content(archive, member).read().decode()
    accounts = _accounts_to_restore(store, manifest)
    with _opened(path) as archive, store.database.writing() as connection:
        for table in (*_TABLES, *accounts):
            _load(connection, table, _content(archive, archive.getmember(f"tables/{table.name}.ndjson")))
        names = list(connection.execute(select(CONTRACT.c.id).order_by(CONTRACT.c.id)).scalars())
        if manifest["store_version"] != STORE_VERSION:
            for name in names:  # what is computed from records is computed as this version does
                write_facts(connection, apply(parsed_contract(connection, name), corrections_in(connection, name)))
        announce(connection, names, "put")
        if store.database.dialect == "postgresql":
            _set_sequences(connection, (*_TABLES, *accounts))
    return restored


def check_backup(path: Path) -> dict[str, Any]:
    """The manifest, after every member was held against its checksum.

    Raises:
        StoreError: `backup_damaged`, `store_version`.
    """
    digests: dict[str, str] = {}
    listed = seal = b""
    with _opened(path) as archive, _readable(path):
        for member in archive:
            if seal or not member.isfile() or member.name in digests:
                raise StoreError("backup_damaged", f"{path.name}: {member.name} does not belong there")
            if member.name == _MANIFEST:
                listed = _content(archive, member).read()
            elif member.name == _SEAL:
                seal = _content(archive, member).read()
            else:
                digests[member.name] = _digest(_content(archive, member))
    if not seal or hashlib.sha256(listed).hexdigest() != seal.decode(errors="replace"):
        raise StoreError("backup_damaged", f"{path.name} has no end, or its list of contents was changed")
    manifest: dict[str, Any] = json.loads(listed)
    if manifest["format"] > FORMAT or manifest["store_version"] > STORE_VERSION:
        raise StoreError("store_version", f"{path.name} was written by a newer version")
    wrong = sorted(n for n in {*digests, *manifest["sha256"]} if digests.get(n) != manifest["sha256"].get(n))
    wrong += [n for n in digests if n.startswith("originals/") and digests[n] != n.removeprefix("originals/")]
    if wrong:
        raise StoreError("backup_damaged", f"{path.name}: {wrong[0]} and {len(wrong) - 1} more have other bytes")
    return manifest


class _Writer:
    """Members of the archive and their checksums; times and owners are left out, so equal data give equal members."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.digests: dict[str, str] = {}

    def add(self, name: str, content: IO[bytes]) -> None:
        content.seek(0, io.SEEK_END)
        info = tarfile.TarInfo(name)
        info.size = content.tell()
        content.seek(0)
        hashing = _Hashing(content)
        self._archive.addfile(info, hashing)
        self.digests[name] = hashing.digest.hexdigest()


class _Hashing:
    """Reads through a stream and remembers its checksum."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.digest.update(data)
        return data


def _existing(connection: Connection, tables: Iterable[Table]) -> list[Table]:
    names = set(inspect(connection).get_table_names())
    return [table for table in tables if table.name in names]


def _accounts_to_restore(store: Store, manifest: dict[str, Any]) -> tuple[Table, ...]:
    """Tables of accounts in the backup; none where somebody has made accounts already."""
    kept = tuple(table for table in _ACCOUNTS if table.name in manifest["rows"])
    if not kept:
        return ()
    prepare_accounts(store.database)
    with store.database.reading() as connection:
        return () if connection.execute(select(ACCOUNT.c.name).limit(1)).first() else kept


def _add_original(store: Store, writer: _Writer, name: str) -> bool:
    if not store.originals.is_whole(name):
        return False
    with store.originals.open(name) as stream:
        writer.add(f"originals/{name}", stream)
    return True


def _dump(connection: Connection, table: Table, space: IO[bytes]) -> int:
    """Rows of a table into a file, in the order of their keys."""
    space.seek(0)
    space.truncate()
    number = 0
    rows = connection.execution_options(yield_per=_BATCH).execute(select(table).order_by(*table.primary_key.columns))
    for row in rows.mappings():
        values = {name: _out(value) for name, value in row.items()}
        space.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
        number += 1
    return number


def _load(connection: Connection, table: Table, lines: IO[bytes]) -> None:
    columns = {column.name: column for column in table.columns}
    for batch in _batches(lines):
        rows = [
            {name: _in(columns[name].type, value) for name, value in row.items() if name in columns} for row in batch
        ]
        connection.execute(insert(table), rows)


def _batches(lines: IO[bytes]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append(json.loads(line))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _out(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)  # one engine gives 7, the other 7.0
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _in(kind: object, value: object) -> object:
    return base64.b64decode(value) if isinstance(kind, LargeBinary) and isinstance(value, str) else value


def _set_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """Numbers given next come after those restored."""
    for table in tables:
        for column in table.primary_key.columns:
            if column.autoincrement is True and isinstance(column.type, Integer):
                top = connection.execute(select(func.max(column))).scalar()
                if top:
                    statement = text("SELECT setval(pg_get_serial_sequence(:table, :column), :top)")
                    connection.execute(statement, {"table": table.name, "column": column.name, "top": top})


def _opened(path: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(path, mode="r:")
    except (tarfile.TarError, EOFError) as error:
        raise StoreError("backup_damaged", f"{path.name} is no backup") from error
    except OSError as error:
        raise store_trouble(error, str(path)) from error


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """A header that makes no sense is damage like any other."""
    try:
        yield
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise StoreError("backup_damaged", f"{path.name} cannot be read to its end") from error


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(member)
    if stream is None:
        raise StoreError("backup_damaged", f"{member.name} is no file")
    return stream


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()
