"""A collection of each older version is brought up to date, and a copy is kept."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from corpus import migrate
from corpus.catalogue import Wanted
from corpus.database import Database
from corpus.migrate import MIGRATIONS, STORE_VERSION, version_of
from corpus.packing import pack
from corpus.store import open_store
from corpus.views import drop_views
from schema.errors import StoreError
from tests.support.contracts import contract
from tests.support.postgres import Server

HELD = sorted((Path(__file__).parent / "held").glob("store-*.sql"))


def made(path: Path, script: Path) -> str:
    connection = sqlite3.connect(path)
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.close()
    return f"sqlite:///{path}"


def test_every_version_before_this_one_is_held() -> None:
    assert [path.stem for path in HELD] == [f"store-{n}" for n in range(1, STORE_VERSION)]
    assert sorted(MIGRATIONS) == list(range(2, STORE_VERSION + 1))


@pytest.mark.parametrize("script", HELD, ids=lambda path: path.stem)
def test_an_old_collection_is_brought_up_to_date(tmp_path: Path, script: Path) -> None:
    store = open_store(made(tmp_path / "qiyue.sqlite", script), "memory://x")
    (card,) = store.catalogue.page(Wanted()).contracts
    assert (card.title, card.folder, card.tags) == ("设备采购合同", "采购", ("重要",))
    assert store.corrected(card.id).contract_no == "CG-2025-001"
    with store.database.reading() as connection:
        terms = connection.execute(text("SELECT term_start, term_end FROM contracts")).one()
        assert version_of(connection) == STORE_VERSION
    assert tuple(terms) == ("2025-02-01", "2026-01-31")
    store.close()
    number = script.stem.rpartition("-")[2]
    copy = sqlite3.connect(tmp_path / f"qiyue-version{number}.sqlite")
    assert copy.execute("SELECT value FROM meta").fetchall() == [(number,)]
    assert copy.execute("SELECT title FROM contract").fetchall() == [("设备采购合同",)]
    copy.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = made(tmp_path / "qiyue.sqlite", HELD[0])

    def half(connection: object) -> None:
        real(connection)  # type: ignore[arg-type]
        raise ZeroDivisionError

    real = MIGRATIONS[2]
    monkeypatch.setitem(MIGRATIONS, 2, half)
    with pytest.raises(ZeroDivisionError):
        open_store(url, "memory://x")
    monkeypatch.undo()
    database = Database(url)
    with database.reading() as connection:
        assert version_of(connection) == 1
        assert connection.execute(text("SELECT title FROM contracts")).scalar() == "设备采购合同"
    database.close()
    open_store(url, "memory://x").close()


def test_a_copy_that_cannot_be_made_stops_before_anything_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = made(tmp_path / "qiyue.sqlite", HELD[0])
    database = Database(url)

    def fail(version: int) -> None:
        raise StoreError("store_full", f"no space for version {version}")

    with pytest.raises(StoreError, match="version 1"):
        migrate.prepare(database, keep_copy=fail)
    with database.reading() as connection:
        assert version_of(connection) == 1
    database.close()


@pytest.mark.slow
@pytest.mark.xdist_group("postgresql")
def test_postgresql_is_migrated_too_and_keeps_a_copy(postgres: Server) -> None:
    url = postgres.url("migrated")
    store = open_store(url, "memory://x")
    store.put(pack(contract()))
    with store.database.writing() as connection:
        drop_views(connection)
        connection.execute(text("ALTER TABLE contract DROP COLUMN term_start, DROP COLUMN term_end"))
        connection.execute(text("UPDATE meta SET value = '1'"))
    store.close()
    again = open_store(url, "memory://x")
    assert again.catalogue.count() == 1
    with again.database.reading() as connection:
        assert version_of(connection) == STORE_VERSION
        assert connection.execute(text("SELECT term_end FROM contracts")).all() == [(None,)]
        kept = connection.execute(text("SELECT title FROM qiyue_version1.contract")).all()
    assert [tuple(row) for row in kept] == [("设备采购合同",)]
    again.close()
