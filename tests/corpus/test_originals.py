"""Original files: whole or not at all, under the name of their bytes."""

import errno
import hashlib
import io
import os
from pathlib import Path

import pytest

from corpus.originals import Originals, store_trouble
from schema.errors import StoreError

DATA = "合同".encode() * 1000
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(params=["local", "memory"])
def originals(request: pytest.FixtureRequest, tmp_path: Path) -> Originals:
    return Originals(str(tmp_path / "o") if request.param == "local" else f"memory://{tmp_path.name}")


def test_bytes_come_back(originals: Originals) -> None:
    assert originals.put(NAME, io.BytesIO(DATA))
    assert originals.put(NAME, io.BytesIO(DATA))
    assert originals.open(NAME).read() == DATA
    assert originals.is_whole(NAME)
    assert list(originals.names()) == [NAME]
    assert list(originals.unfinished()) == []


def test_other_bytes_are_not_stored_under_the_name(originals: Originals) -> None:
    assert not originals.put(NAME, io.BytesIO(b"something else"))
    assert not originals.has(NAME)
    assert list(originals.names()) == []


def test_what_is_removed_is_gone(originals: Originals) -> None:
    originals.put(NAME, io.BytesIO(DATA))
    originals.remove(NAME)
    originals.remove(NAME)
    with pytest.raises(StoreError, match="original_missing"):
        originals.open(NAME)


def test_a_damaged_file_is_noticed(tmp_path: Path) -> None:
    originals = Originals(str(tmp_path))
    originals.put(NAME, io.BytesIO(DATA))
    Path(originals.place(NAME)).write_bytes(DATA[:-1])
    assert not originals.is_whole(NAME)


def test_a_reader_that_fails_leaves_nothing(tmp_path: Path) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    originals = Originals(str(tmp_path))
    with pytest.raises(StoreError, match="store_full"):
        originals.put(NAME, Failing())
    assert list(originals.unfinished()) == []


def test_what_a_killed_program_left_is_listed_with_its_name(tmp_path: Path) -> None:
    originals = Originals(str(tmp_path))
    left = tmp_path / "unfinished" / f"{NAME}.0123"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert list(originals.unfinished()) == [(str(left), NAME)]
    assert list(originals.names()) == []
    originals.remove_unfinished(str(left))
    assert list(originals.unfinished()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "store_full"), (errno.EROFS, "store_read_only"), (errno.EACCES, "store_read_only"),
     (errno.EIO, "store_unreachable")],
)  # fmt: skip
def test_trouble_of_the_disk_has_a_remedy(number: int, code: str) -> None:
    assert store_trouble(OSError(number, os.strerror(number)), "/data").code == code
