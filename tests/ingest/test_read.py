"""The door: what is refused, with which code."""

from pathlib import Path

import pytest

from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.errors import ReadError


def code_of(source: Path | bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        read(source, options or ReadOptions())
    return caught.value.code


def test_missing(tmp_path: Path) -> None:
    assert code_of(tmp_path / "没有.pdf") == "file_missing"


def test_folder(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "file_unreadable"


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "空.pdf").write_bytes(b"")
    assert code_of(tmp_path / "空.pdf") == "file_empty"


def test_unknown_bytes() -> None:
    assert code_of(b"\x7fELF" + bytes(range(256)) * 8) == "file_type_unknown"


def test_data_of_programs_is_no_contract() -> None:
    assert code_of('{"parties": [{"role": "甲方"}]}'.encode()) == "file_type_unknown"
    assert code_of('\n["买卖合同", "甲方"]'.encode()) == "file_type_unknown"
    assert read("[填写名称]买卖合同\n甲方：长江公司".encode()).text.startswith("[填写名称]")


def test_too_large(tmp_path: Path) -> None:
    (tmp_path / "大.txt").write_text("合同" * 100, encoding="utf-8")
    options = ReadOptions(limits=Limits(file_bytes=100))
    assert code_of(tmp_path / "大.txt", options) == "file_too_large"


def test_too_many_characters() -> None:
    assert code_of("合同条款\n".encode() * 50, ReadOptions(limits=Limits(characters=20))) == "file_too_large"


def test_source_is_described(tmp_path: Path) -> None:
    path = tmp_path / "合同.pdf"
    path.write_text("买卖合同\n甲方：长江公司", encoding="utf-8")
    source = read(path).source
    assert (source.name, source.media_type, source.size) == ("合同.pdf", "text/plain", path.stat().st_size)
    assert len(source.sha256) == 64
