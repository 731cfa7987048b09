"""Files read again: what changed is said, corrections hold, what cannot be read keeps its record."""

import json
from pathlib import Path

import pytest

from corpus.comparing import compare
from corpus.packing import pack, unpack
from qiyue.service.base import Service
from qiyue.service.importing import Import, ImportRequest
from qiyue.service.reparsing import choose, reparse
from qiyue.tasks import Failed, Limits, Parsed, Task
from schema.contract import Contract
from schema.errors import QiyueError
from schema.money import Amount
from tests.support.contracts import contract
from tests.support.quick import Inline, MemoryIndex, inline, quick_read, write_files


def record(value: Contract) -> dict[str, object]:
    found: dict[str, object] = json.loads(value.model_dump_json())
    return found


def with_amounts(*amounts: Amount) -> Contract:
    return contract().model_copy(update={"amounts": amounts})


def test_the_same_facts_are_no_difference() -> None:
    assert not compare(record(contract()), record(contract(version="9.9")))


def test_ids_that_move_are_no_difference() -> None:
    one, two = contract().amounts
    moved = with_amounts(two.model_copy(update={"id": "a1"}), one.model_copy(update={"id": "a2"}))
    assert not compare(record(contract()), record(moved))


def test_each_sort_of_difference_is_named() -> None:
    one, two = contract().amounts
    found = compare(record(contract()), record(with_amounts(one.model_copy(update={"is_total": False}))))
    assert [(c.kind, c.words, c.field, c.before, c.after) for c in found.changed] == [
        ("amounts", "360000元", "is_total", True, False)
    ]
    assert [(c.kind, c.words) for c in found.removed] == [("amounts", two.text)]
    back = compare(record(with_amounts(one)), record(contract()))
    assert [(c.kind, c.words, c.before) for c in back.added] == [("amounts", two.text, None)]
    other = compare(record(contract()), record(contract().model_copy(update={"title": "别的", "findings": ()})))
    assert [(c.kind, c.field, c.after) for c in other.changed] == [("contract", "title", "别的")]
    assert [c.kind for c in other.removed] == ["findings"]


@pytest.fixture
def filled(service: Service, tmp_path: Path) -> Service:
    write_files(tmp_path / "in", 3)
    Import(service, ImportRequest(paths=(tmp_path / "in",), folder="采购", tags=("新",))).run(inline())
    return service


def better(task: Task, limits: Limits) -> Parsed | Failed:
    """The next version of the quick reader: it knows titles."""
    result = quick_read(task, limits)
    assert isinstance(result, Parsed)
    assert result.packed is not None
    value = Contract.model_validate_json(unpack(result.packed.record))
    producer = value.producer.model_copy(update={"version": "1.0"})
    return Parsed(packed=pack(value.model_copy(update={"title": value.text.split("\n")[0], "producer": producer})))


def test_what_changed_is_said_and_everything_else_stays(filled: Service, index: MemoryIndex) -> None:
    names = filled.store.catalogue.ids()
    calls = index.calls
    done = reparse(filled, names, inline(Inline(better)))
    assert (done.read, done.failed) == (3, [])
    assert [change["contract"] for change in done.changed] == names
    (change,) = done.changed[0]["changed"]
    title = filled.store.contract(names[0]).text.split("\n")[0]
    assert (change["field"], change["before"], change["after"]) == ("title", None, title)
    card = filled.store.catalogue.card(names[0])
    assert (card.title, card.folder, card.tags) == (title, "采购", ("新",))
    assert index.calls > calls
    assert filled.store.outbox.count() == 0
    again = reparse(filled, names, inline(Inline(better)))
    assert (again.read, again.changed) == (3, [])


def test_a_file_that_cannot_be_read_keeps_its_record(filled: Service) -> None:
    names = filled.store.catalogue.ids()
    Path(filled.store.originals.place(names[0])).unlink()

    def fail(task: Task, limits: Limits) -> Parsed | Failed:
        return Failed("reader_timeout", "too slow", "wait") if task.sha256 == names[1] else quick_read(task, limits)

    done = reparse(filled, names, inline(Inline(fail)))
    assert done.read == 1
    assert [failure["code"] for failure in done.failed] == ["original_missing", "reader_timeout"]
    assert all(filled.store.contract(name).text for name in names)


def test_the_older_ones_are_chosen_by_version(filled: Service) -> None:
    names = filled.store.catalogue.ids()
    reparse(filled, names[:1], inline(Inline(better)))
    assert choose(filled, [], older_than="1.0") == names[1:]
    assert choose(filled, [], older_than="0") == []
    assert choose(filled, [], older_than="0.10") == names[1:]
    assert choose(filled, [], everything=True) == names
    assert choose(filled, [names[2][:10]]) == [names[2]]
    for wrong in ("soon", "1.x"):
        with pytest.raises(QiyueError, match="value_unreadable"):
            choose(filled, [], older_than=wrong)
    with pytest.raises(QiyueError, match="which contracts"):
        choose(filled, [])
