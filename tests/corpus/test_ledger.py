"""One row a file, one final state each; who died is known at once; the same command goes on."""

import io
from dataclasses import replace

import pytest

from corpus.ledger import FileRow, OpenJob
from corpus.packing import pack
from corpus.store import Store, open_store
from schema.errors import StoreError
from tests.support.contracts import contract

ARGUMENTS = {"paths": ["/a"], "folder": None}


def rows(*names: str) -> list[FileRow]:
    return [FileRow(job=0, place=0, path=name) for name in names]


def die(job: OpenJob) -> None:
    """What the system does when a process is gone."""
    job._lock.release()


def test_a_job_is_alive_while_its_lock_is_held(store: Store) -> None:
    job = store.ledger.begin(ARGUMENTS)
    assert store.ledger.job(job.number).state == "running"
    die(job)
    assert store.ledger.job(job.number).state == "interrupted"


def test_the_same_command_takes_up_the_dead_job_only(store: Store) -> None:
    first = store.ledger.begin(ARGUMENTS)
    second = store.ledger.begin(ARGUMENTS)
    assert second.number != first.number
    die(first)
    third = store.ledger.begin(ARGUMENTS)
    assert (third.number, third.resumed) == (first.number, True)
    other = store.ledger.begin({"paths": ["/b"]})
    assert not other.resumed


def test_a_finished_job_is_not_taken_up(store: Store) -> None:
    first = store.ledger.begin(ARGUMENTS)
    first.close("done")
    assert not store.ledger.begin(ARGUMENTS).resumed


def test_files_are_entered_once_and_keep_their_state(store: Store) -> None:
    job = store.ledger.begin(ARGUMENTS)
    assert job.add(rows("/a/1", "/a/2")) == 2
    first = job.queued(10)[0]
    job.finish([replace(first, state="failed", code="file_empty")])
    die(job)
    again = store.ledger.begin(ARGUMENTS)
    assert again.add(rows("/a/1", "/a/2", "/a/3")) == 1
    assert [(f.path, f.state) for f in store.ledger.files(job.number)] == [
        ("/a/1", "failed"), ("/a/2", "queued"), ("/a/3", "queued"),
    ]  # fmt: skip
    assert again.counts() == {"failed": 1, "queued": 2}


def test_many_files_are_read_back_in_order(store: Store) -> None:
    job = store.ledger.begin(ARGUMENTS)
    names = [f"/a/{n:04}" for n in range(1203)]
    assert job.add(rows(*names)) == 1203
    assert [f.path for f in store.ledger.files(job.number)] == names
    assert [f.path for f in store.ledger.files(job.number, ("stored",))] == []


def test_what_was_claimed_is_named_when_the_job_is_taken_up(store: Store) -> None:
    job = store.ledger.begin(ARGUMENTS)
    job.add(rows("/a/1"))
    job.claim([replace(job.queued(1)[0], sha256="f" * 64)])
    die(job)
    again = store.ledger.begin(ARGUMENTS)
    assert again.abandoned == ("f" * 64,)
    assert [f.state for f in again.queued(5)] == ["queued"]


def test_a_claim_tells_what_is_stored_already(store: Store) -> None:
    value = contract()
    store.put(pack(value))
    job = store.ledger.begin(ARGUMENTS)
    job.add(rows("/a/1", "/a/2"))
    files = [replace(f, sha256=s) for f, s in zip(job.queued(2), (value.id, "e" * 64), strict=True)]
    assert job.claim(files) == {value.id: True, "e" * 64: False}


def test_the_line_is_written_with_the_contract(store: Store) -> None:
    job = store.ledger.begin(ARGUMENTS)
    job.add(rows("/a/1"))
    file = replace(job.queued(1)[0], sha256=contract().id)
    stored = store.put(pack(contract()), line=file)
    assert stored.line is not None
    assert list(store.ledger.files(job.number)) == [stored.line]
    assert (stored.line.state, stored.line.contract) == ("stored", contract().id)


def test_an_original_in_work_is_not_swept(store: Store) -> None:
    data = b"original"
    import hashlib

    name = hashlib.sha256(data).hexdigest()
    job = store.ledger.begin(ARGUMENTS)
    job.add(rows("/a/1"))
    job.claim([replace(job.queued(1)[0], sha256=name)])
    store.originals.put(name, io.BytesIO(data))
    assert store.sweep([name]) == []
    die(job)
    assert store.sweep([name]) == [name]
    assert list(store.originals.names()) == []


def test_the_original_of_a_contract_is_not_swept(store: Store) -> None:
    value = contract()
    store.originals.put(value.id, io.BytesIO(value.text.encode()))
    store.put(pack(value))
    assert store.sweep([value.id]) == []
    assert store.originals.has(value.id)


def test_failures_are_those_of_the_latest_import_of_a_path(store: Store) -> None:
    for state in ("failed", "stored"):
        job = store.ledger.begin(ARGUMENTS)
        job.add(rows("/a/1", "/a/2"))
        one, two = job.queued(2)
        job.finish([replace(one, state=state), replace(two, state="failed")])
        job.close("done")
    assert list(store.ledger.last_failures()) == ["/a/2"]


def test_an_unknown_job_is_named(store: Store) -> None:
    with pytest.raises(StoreError, match="job_unknown"):
        store.ledger.job(7)


def test_another_program_sees_that_a_job_is_alive(store: Store, database_url: str) -> None:
    job = store.ledger.begin(ARGUMENTS)
    other = open_store(database_url, "memory://x")
    assert other.ledger.job(job.number).state == "running"
    assert not other.ledger.begin(ARGUMENTS).resumed
    job.close("done")
    assert other.ledger.job(job.number).state == "done"
    other.close()
