"""What is stored comes back exactly, once, and is found by the words people give."""

import io
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from corpus.packing import pack
from corpus.store import Store, open_store
from corpus.views import VIEWS
from schema.contract import Contract
from schema.errors import StoreError
from tests.support.contracts import contract


def put(store: Store, value: Contract, **options: object) -> str:
    store.put(pack(value), **options)  # type: ignore[arg-type]
    return value.id


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    with store.database.reading() as connection:
        found = connection.execute(text(query)).all()
    return [tuple(float(value) if isinstance(value, Decimal) else value for value in row) for row in found]


def test_a_record_comes_back_exactly(store: Store) -> None:
    value = contract()
    assert store.put(pack(value)).new
    assert store.contract(value.id) == value
    assert store.record(value.id) == value.model_dump_json().encode()


def test_the_same_bytes_are_stored_once(store: Store) -> None:
    value = contract()
    put(store, value)
    again = store.put(pack(value.model_copy(update={"title": "别的"})))
    assert (again.new, again.relation, again.of) == (False, "duplicate", value.id)
    assert store.contract(value.id).title == "设备采购合同"
    assert store.outbox.count() == 1


def test_a_line_of_the_ledger_that_cannot_be_written_leaves_nothing(store: Store) -> None:
    with pytest.raises(TypeError):
        store.put(pack(contract()), line=object())  # type: ignore[arg-type]
    assert rows(store, "SELECT COUNT(*) FROM contracts") == [(0,)]
    assert store.outbox.count() == 0


def test_an_id_may_be_shortened_while_it_is_clear(store: Store) -> None:
    name = put(store, contract())
    assert store.resolve(name[:8]) == name
    assert store.resolve(name) == name
    with pytest.raises(StoreError, match="contract_unknown"):
        store.resolve("0" * 64)
    with pytest.raises(StoreError, match="contract_unknown"):
        store.resolve(name[:2])


def test_delete_takes_everything_and_tells_the_index(store: Store) -> None:
    name = put(store, contract(), tags=("甲",))
    store.originals.put(name, io.BytesIO(contract().text.encode()))
    other = put(store, contract("CG-2025-777", buyer="另一家有限公司"))
    store.delete([name])
    assert not store.has(name)
    assert not store.originals.has(name)
    assert store.has(other)
    pending = store.outbox.pending(10)
    assert pending is not None
    assert (pending.put, pending.remove) == ((other,), (name,))
    for view in VIEWS:
        columns = {column for column, _ in view.columns}
        key = "id" if view.name == "contracts" else "contract"
        assert key in columns
        assert rows(store, f"SELECT COUNT(*) FROM {view.name} WHERE {key} = '{name}'") == [(0,)]


def test_the_outbox_keeps_what_came_after_it_was_read(store: Store) -> None:
    first = put(store, contract())
    pending = store.outbox.pending(10)
    assert pending is not None
    second = put(store, contract("CG-2025-002"))
    store.outbox.forget(pending.entries[first])
    left = store.outbox.pending(10)
    assert left is not None
    assert (pending.put, left.put) == ((first,), (second,))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT title, total, currency, finding_warnings FROM contracts", ("设备采购合同", 360000, "CNY", 1)),
        ("SELECT name, account FROM parties WHERE role = '乙方'", ("青山机电有限公司", "6222020200112233445")),
        ("SELECT value, citation, page FROM amounts WHERE is_total", (360000, "《设备采购合同》第二条", 1)),
        ("SELECT number, workday, who_role, trigger_text FROM deadlines", (10, True, "甲方", "合同签订后")),
        ("SELECT rate, liable_role, clause FROM penalties", (0.0005, "乙方", "main/4/1")),
        ("SELECT percent, amount, payer_role FROM payments", (30, 108000, "甲方")),
        ("SELECT code, text, clause FROM findings", ("penalty_without_cap", "每日按合同总价的0.05%", "main/4/1")),
        ("SELECT own_text FROM clauses WHERE id = 'main/4/2'", ("甲方逾期付款的，承担同等责任。",)),
        ("SELECT path_text FROM clauses WHERE id = 'main/4/2'", ("第四条 违约责任 / 2.",)),
        ("SELECT text FROM clauses WHERE id = 'main/2'", ("第二条 价款\n合同总价为人民币360000元。",)),
        ("SELECT unit, text FROM clauses WHERE id = 'annex1/1'", ("row", "1\t水泵\t3")),
        ("SELECT citation FROM clauses WHERE id = 'annex1/1'", ("《设备采购合同》附件1 价格表 表格第1行",)),
        ("SELECT value, role FROM dates", ("2025-01-31", "sign")),
    ],
)  # fmt: skip
def test_views_answer_in_sql(store: Store, query: str, expected: tuple[object, ...]) -> None:
    put(store, contract())
    assert rows(store, query) == [expected]


def test_clauses_stand_in_document_order(store: Store) -> None:
    put(store, contract())
    found = rows(store, "SELECT id FROM clauses ORDER BY place")
    assert [row[0] for row in found] == [
        "main/1", "main/2", "main/3", "main/4", "main/4/1", "main/4/2", "annex1/1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        (contract(media_type="application/pdf"), "twin"),
        (contract(quantity=4), "version"),
        (contract(buyer="临江水务有限公司", number="CG-2025-002"), None),
        (contract(buyer="临江水务有限公司"), "version"),
    ],
    ids=["same words, other format", "other quantity", "same form, other buyer", "same number"],
)
def test_twins_and_versions_are_told_from_other_contracts(store: Store, other: Contract, relation: str | None) -> None:
    first = put(store, contract())
    stored = store.put(pack(other))
    assert (stored.new, stored.relation) == (True, relation)
    assert stored.of == (first if relation else None)


def test_a_newer_collection_is_refused(store: Store, database_url: str) -> None:
    with store.database.writing() as connection:
        connection.execute(text("UPDATE meta SET value = '99'"))
    with pytest.raises(StoreError, match="store_version"):
        open_store(database_url, "memory://x")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match=r"store_unreachable.*damaged.*restore"):
        open_store(f"sqlite:///{path}", "memory://x")


def test_an_address_nobody_answers_is_named() -> None:
    with pytest.raises(StoreError, match="store_unreachable"):
        open_store("postgresql://qiyue:secret@127.0.0.1:1/none", "memory://x")


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(StoreError) as raised:
        open_store("postgresql://qiyue:secret@127.0.0.1:1/none", "memory://x")
    assert "secret" not in str(raised.value)


def test_writers_wait_for_each_other(store: Store, database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL takes its advisory lock, see test_ledger")
    with store.database.writing():
        other = sqlite3.connect(str(store.database.path), timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
