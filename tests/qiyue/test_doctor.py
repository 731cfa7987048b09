"""The doctor notices each way in which store, originals and index can disagree, and names what mends it."""

from dataclasses import replace
from pathlib import Path

import pytest

from qiyue.service.base import Service
from qiyue.service.canaries import canaries
from qiyue.service.doctor import Check, examine, repair
from qiyue.service.importing import Import, ImportRequest
from qiyue.service.indexing import bring_up_to_date, drain, records_of
from qiyue.settings import read_settings
from schema.errors import SearchError
from schema.query import ClauseQuery, Results
from tests.support.contracts import contract
from tests.support.quick import inline, write_files


@pytest.fixture
def filled(tmp_path: Path) -> Service:
    """Ten contracts in a real store and a real embedded index."""
    opened = Service(read_settings({"QIYUE_DATA": str(tmp_path / "data")}))
    write_files(tmp_path / "in", 10)
    report = Import(opened, ImportRequest(paths=(tmp_path / "in",), folder="采购", tags=("新",))).run(inline())
    assert report.index.error is None
    return opened


def bad(service: Service, *, deep: bool = True) -> list[Check]:
    return [check for check in examine(service, deep=deep) if not check.ok]


def test_a_sound_collection_has_no_trouble(filled: Service) -> None:
    assert bad(filled) == []
    assert bad(filled, deep=False) == []
    assert repair(filled) == []


def test_an_empty_collection_has_no_trouble(tmp_path: Path) -> None:
    with Service(read_settings({"QIYUE_DATA": str(tmp_path / "data")})) as service:
        assert bad(service) == []


def first(service: Service) -> str:
    return service.store.catalogue.ids()[0]


def place(service: Service, name: str) -> Path:
    return Path(service.store.originals.place(name))


def test_a_missing_original(filled: Service) -> None:
    place(filled, first(filled)).unlink()
    assert any("missing" in check.message and "backup" in str(check.remedy) for check in bad(filled))


def test_a_damaged_original(filled: Service) -> None:
    place(filled, first(filled)).write_bytes(b"other")
    assert any("damaged" in check.message for check in bad(filled))


def test_a_file_that_belongs_to_nothing_is_removed_by_repair(filled: Service) -> None:
    stray = place(filled, "a" * 64)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    half = Path(filled.settings.originals_url) / "unfinished" / f"{'b' * 64}.1"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"x")
    assert len([check for check in bad(filled) if "--repair" in str(check.remedy)]) == 2
    assert repair(filled)
    assert bad(filled) == []
    assert not stray.exists()
    assert not half.exists()


def test_an_index_that_lacks_a_contract(filled: Service) -> None:
    filled.index.remove([first(filled)])
    assert any("1 missing" in check.message and "reindex" in str(check.remedy) for check in bad(filled))
    assert "indexed anew" in " ".join(repair(filled))
    assert bad(filled) == []


def test_an_index_that_knows_too_much(filled: Service) -> None:
    name = first(filled)
    records = records_of(filled, name)
    filled.store.delete([name])
    drain(filled)
    filled.index.add(records)
    assert any("1 too many" in check.message for check in bad(filled))
    repair(filled)
    assert bad(filled) == []


def test_an_index_of_another_state(filled: Service) -> None:
    filled.store.catalogue.move([first(filled)], "别处")
    filled.store.outbox.forget_until(filled.store.outbox.last())  # as if the index had been told
    assert any("another state" in check.message for check in bad(filled))
    repair(filled)
    assert bad(filled) == []


def test_an_index_is_mended_where_it_differs_only(filled: Service) -> None:
    names = filled.store.catalogue.ids()
    filled.index.remove([names[0]])
    filled.store.catalogue.move([names[1]], "别处")
    filled.store.outbox.forget_until(filled.store.outbox.last())
    records = records_of(filled, names[0])
    stranger = replace(records[0].contract, id="f" * 64)
    filled.index.add([replace(record, contract=stranger) for record in records])
    assert bring_up_to_date(filled) == 3
    assert bad(filled) == []
    assert bring_up_to_date(filled) == 0


def test_a_missing_index_is_made_anew(filled: Service) -> None:
    filled.index.remove(filled.store.catalogue.ids())
    assert bring_up_to_date(filled) == filled.store.catalogue.count()
    assert bad(filled) == []


def test_changes_that_wait(filled: Service) -> None:
    filled.store.catalogue.move([first(filled)], "别处")
    assert any("wait for the index" in check.message for check in bad(filled))
    assert repair(filled) == ["1 changes told to the index"]
    assert bad(filled) == []


def test_a_field_that_is_never_found(filled: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    real = filled.index.search

    def deaf(query: ClauseQuery) -> Results:
        if any(condition.field == "tag" for condition in query.where):
            return real(query).model_copy(update={"total": 0})
        return real(query)

    monkeypatch.setattr(filled.index, "search", deaf)
    (check,) = bad(filled)
    assert (check.name, "field tag" in check.message) == ("canaries", True)


def test_an_engine_that_does_not_answer(tmp_path: Path) -> None:
    settings = read_settings({"QIYUE_DATA": str(tmp_path / "data"), "QIYUE_SEARCH_URL": "http://127.0.0.1:9"})
    with Service(settings) as service:
        assert {check.name for check in bad(service)} == {"index"}


def test_an_interrupted_import(filled: Service) -> None:
    filled.store.ledger.begin({"paths": ["/x"]}).close("interrupted")
    assert any("interrupted" in check.message and "same command" in str(check.remedy) for check in bad(filled))


def test_a_store_that_does_not_answer(tmp_path: Path) -> None:
    settings = read_settings(
        {"QIYUE_DATA": str(tmp_path / "data"), "QIYUE_DATABASE_URL": "postgresql://qiyue@127.0.0.1:1/none"}
    )
    with Service(settings) as service:
        assert "store" in {check.name for check in bad(service)}


def test_an_index_of_an_older_version_is_made_anew(filled: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    real = filled.index.add

    def outdated(records: object) -> None:
        monkeypatch.setattr(filled.index, "add", real)
        raise SearchError("index_outdated", "the index is of version 0")

    filled.store.catalogue.move([first(filled)], "别处")
    monkeypatch.setattr(filled.index, "add", outdated)
    done = drain(filled)
    assert (done.error, done.left) == (None, 0)
    assert bad(filled) == []


def test_every_kind_of_fact_has_its_canary() -> None:
    from corpus.catalogue import Card

    card = Card(contract().id, None, None, None, (), None, None, None, "采购", ("新",), {}, "", "", {}, "0")
    asked = {field for field, _ in canaries(contract(), card)}
    assert asked == {
        "text", "folder", "kind", "tag", "party", "type", "amount.value", "rate.value", "deadline.length", "finding",
    }  # fmt: skip


def test_every_answer_is_said_in_chinese_too(filled: Service) -> None:
    place(filled, first(filled)).unlink()
    for check in examine(filled):
        assert check.chinese
        assert bool(check.chinese_remedy) == bool(check.remedy)
    missing = next(check for check in examine(filled) if not check.ok and check.name == "originals")
    assert (missing.chinese or "").startswith("缺少1份原件")
    assert set(missing.json()) == {"name", "ok", "message", "remedy"}
