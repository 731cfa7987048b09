"""What an import finds: in a fixed order, each thing once, nothing passed over in silence."""

import os
from pathlib import Path

import pytest

from qiyue.sources import digest, find_files
from schema.errors import ReadError


def found(*roots: Path, recursive: bool = True) -> list[tuple[str, str]]:
    base = str(roots[0])
    return [(f.path.removeprefix(base).lstrip("/"), f.state) for f in find_files(roots, recursive=recursive)]


def test_folders_are_walked_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", "c/d/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [name for name, _ in found(tmp_path)] == ["a/1.txt", "a/2.txt", "b.txt", "c/d/e.txt"]
    assert [name for name, _ in found(tmp_path, recursive=False)] == ["b.txt"]


def test_clutter_links_to_folders_and_pipes_are_skipped_aloud(tmp_path: Path) -> None:
    for name in ("~$合同.docx", ".DS_Store", "Thumbs.db", "合同.docx"):
        (tmp_path / name).touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    states = dict(found(tmp_path))
    assert states.pop("合同.docx") == "queued"
    assert set(states.values()) == {"skipped"}
    assert len(states) == 5


def test_the_collections_own_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "qiyue.sqlite").touch()
    (tmp_path / "a.txt").touch()
    paths = [f.path for f in find_files((tmp_path,), own=tmp_path / "data")]
    assert paths == [str(tmp_path / "a.txt")]


def test_a_folder_without_rights_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", deny)
    (only,) = find_files((tmp_path,))
    assert (only.state, only.code) == ("failed", "file_unreadable")
    assert only.remedy


def test_a_name_that_is_no_text_is_a_failure(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt"))).touch()
    (only,) = find_files((tmp_path,))
    assert (only.state, only.code) == ("failed", "file_unreadable")
    only.path.encode()


def test_a_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert digest(str(tmp_path / "a")).startswith("ba7816bf")


@pytest.mark.parametrize(("make", "code"), [(lambda p: p.touch(), "file_empty"), (lambda p: None, "file_missing")])
def test_a_file_without_bytes_is_an_error(tmp_path: Path, make: object, code: str) -> None:
    make(tmp_path / "a")  # type: ignore[operator]
    with pytest.raises(ReadError, match=code):
        digest(str(tmp_path / "a"))
