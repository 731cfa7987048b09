"""A backup holds everything, is held against its checksums, and may move to another engine: same exports and bytes."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import text

from corpus.accounts import Account, Accounts, prepare_accounts
from corpus.audit import Audit, Entry
from corpus.backup import check_backup, read_backup, write_backup
from corpus.catalogue import Wanted
from corpus.exporting.columns import COLUMNS
from corpus.exporting.lines import WHAT, Selection, export_lines
from corpus.exporting.writers import EXPORTERS
from corpus.packing import pack
from corpus.store import Store, open_store
from schema.errors import StoreError
from tests.support.contracts import contract
from tests.support.postgres import Server

OTHER = contract("CG-2025-002", buyer="临江水务有限公司")


@pytest.fixture
def filled(store: Store) -> Store:
    """Two contracts with originals whose bytes give their ids, a correction, an anchor and a finished import."""
    for value in (contract(), OTHER):
        store.originals.put(value.id, io.BytesIO(value.text.encode()))
        store.put(pack(value), folder="采购", tags=("重要",))
    store.corrections.correct(contract().id, "a1", "value", "350000.00", who="王", why="看过原件")
    store.anchors.set(OTHER.id, "签订", "2025-03-03", who="李")
    store.ledger.begin({"paths": ["/a"]}).close("done")
    return store


def exports(store: Store) -> dict[tuple[str, str], bytes]:
    found = {}
    for what in WHAT:
        for kind, write in EXPORTERS.items():
            stream = io.BytesIO()
            lines = export_lines(store, what, Selection(Wanted()), flat=kind in ("csv", "xlsx"))
            write(stream, lines, COLUMNS[what], True)
            found[what, kind] = stream.getvalue()
    return found


def emptied(tmp_path: Path, url: str | None = None) -> Store:
    return open_store(url or f"sqlite:///{tmp_path}/other/qiyue.sqlite", str(tmp_path / "other" / "originals"))


def test_everything_comes_back(filled: Store, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("timeout = 5\n", encoding="utf-8")
    made = write_backup(filled, tmp_path / "b.tar", settings=settings)
    assert (made.contracts, made.missing) == (2, [])
    other = emptied(tmp_path)
    restored = read_backup(other, tmp_path / "b.tar")
    assert restored.settings == "timeout = 5\n"
    assert exports(other) == exports(filled)
    assert sorted(other.originals.names()) == sorted(filled.originals.names())
    assert other.corrected(contract().id) == filled.corrected(contract().id)
    assert other.anchors.of(OTHER.id) == filled.anchors.of(OTHER.id)
    assert [job.state for job in other.ledger.jobs()] == ["done"]
    pending = other.outbox.pending(10)
    assert pending is not None
    assert set(pending.put) == {contract().id, OTHER.id}
    assert other.ledger.begin({"paths": ["/b"]}).number == 2
    other.corrections.correct(OTHER.id, "a1", "value", "1", who="王", why="x")
    other.close()


def test_accounts_rights_and_the_audit_log_come_along(filled: Store, tmp_path: Path) -> None:
    prepare_accounts(filled.database)
    Accounts(filled.database).add(Account("wang", admin=True, grants={"采购": "editor"}), password="hash")
    Audit(filled.database).add([Entry("wang", "session", "export")])
    write_backup(filled, tmp_path / "b.tar")
    other = emptied(tmp_path)
    read_backup(other, tmp_path / "b.tar")
    assert Accounts(other.database).get("wang") == Accounts(filled.database).get("wang")
    assert Audit(other.database).head() == Audit(filled.database).head()
    Audit(other.database).add([Entry("wang", "session", "import")])
    assert Audit(other.database).broken_at() is None
    other.close()


@pytest.mark.slow
@pytest.mark.xdist_group("postgresql")
def test_sqlite_and_postgresql_give_the_same_exports_byte_by_byte(tmp_path: Path, postgres: Server) -> None:
    first = open_store(f"sqlite:///{tmp_path}/a/qiyue.sqlite", str(tmp_path / "a" / "originals"))
    for n, value in enumerate((contract(), OTHER, contract("Ⅷ-中-é-a", quantity=7))):
        first.originals.put(value.id, io.BytesIO(value.text.encode()))
        first.put(pack(value), folder=("采购", "a", "Z")[n], tags=("重要", "b", "B"))
    first.corrections.correct(contract().id, "n1", "rate", "0.0006", who="王", why="看过原件")
    write_backup(first, tmp_path / "b.tar")
    second = emptied(tmp_path, postgres.url("copied"))
    read_backup(second, tmp_path / "b.tar")
    assert exports(second) == exports(first)
    write_backup(second, tmp_path / "c.tar")
    assert members(tmp_path / "c.tar") == members(tmp_path / "b.tar")
    first.close()
    second.close()


def members(path: Path) -> dict[str, str]:
    """Checksums by name."""
    with tarfile.open(path) as archive:
        manifest = archive.extractfile("manifest.json")
        assert manifest is not None
        digests: dict[str, str] = json.load(manifest)["sha256"]
    return digests


def test_a_collection_that_is_not_empty_is_left_alone(filled: Store, tmp_path: Path) -> None:
    write_backup(filled, tmp_path / "b.tar")
    before = exports(filled)
    with pytest.raises(StoreError, match="store_not_empty"):
        read_backup(filled, tmp_path / "b.tar")
    assert exports(filled) == before


@pytest.mark.parametrize("where", [0.02, 0.3, 0.6, 0.95])
def test_a_changed_byte_is_noticed_before_anything_is_written(filled: Store, tmp_path: Path, where: float) -> None:
    path = tmp_path / "b.tar"
    write_backup(filled, path)
    data = bytearray(path.read_bytes())
    at = int(len(data.rstrip(b"\0")) * where)
    while data[at] == 0:  # padding between members means nothing
        at += 1
    data[at] ^= 1
    path.write_bytes(bytes(data))
    other = emptied(tmp_path)
    with pytest.raises(StoreError, match="backup_damaged"):
        read_backup(other, path)
    assert other.catalogue.count() == 0
    assert list(other.originals.names()) == []
    other.close()


@pytest.mark.parametrize("cut", [0, 100, 5000, -12000])
def test_a_cut_off_file_is_noticed(filled: Store, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "b.tar"
    write_backup(filled, path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(StoreError, match="backup_damaged"):
        check_backup(path)


def test_a_missing_original_is_reported_and_the_rest_is_kept(filled: Store, tmp_path: Path) -> None:
    Path(filled.originals.place(OTHER.id)).unlink()
    made = write_backup(filled, tmp_path / "b.tar")
    assert made.missing == [OTHER.id]
    other = emptied(tmp_path)
    assert read_backup(other, tmp_path / "b.tar").missing == [OTHER.id]
    assert other.catalogue.count() == 2
    other.close()


def test_a_backup_of_an_older_version_is_computed_anew(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.backup.STORE_VERSION", 1)
    write_backup(filled, tmp_path / "b.tar")
    monkeypatch.undo()
    other = emptied(tmp_path)
    read_backup(other, tmp_path / "b.tar")
    assert other.catalogue.card(contract().id).total == "350000.00"
    with other.database.reading() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM clauses")).scalar() == 14
    other.close()


def test_a_backup_of_a_newer_version_is_refused(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.backup.STORE_VERSION", 99)
    write_backup(filled, tmp_path / "b.tar")
    monkeypatch.undo()
    with pytest.raises(StoreError, match="store_version"):
        check_backup(tmp_path / "b.tar")


def test_a_backup_that_cannot_be_written_leaves_the_old_one(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    path.write_bytes(b"old")
    filled.database.close()
    with filled.database.writing() as connection:
        connection.execute(text("DROP VIEW IF EXISTS anchors"))
        connection.execute(text("ALTER TABLE anchor RENAME TO lost"))
    with pytest.raises(Exception, match="anchor"):
        write_backup(filled, path)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.glob("*.tar*")] == ["b.tar"]
