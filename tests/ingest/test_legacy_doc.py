"""DOC and WPS: which converter is asked, what it may do, what its failures cost."""

# ruff: noqa: E501 — mark-up reads better unbroken

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from ingest import legacy_doc
from ingest.options import Limits, ReadOptions
from ingest.read import read
from schema.errors import ReadError
from tests.support.docx import level, listed, make_docx, p

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOC = OLE + bytes(504) + b"\xec\xa5\xc1\x00" + bytes(508) + "WordDocument".encode("utf-16-le") + bytes(200)
TEXT = "第一条 标的\n|序号 |名称 |数量 |\n|1 |水泵 |2 |\n|2 |阀门 |3 |\n结束。\n"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, the only ones that are found beside those of the system."""
    folder = tmp_path / "bin"
    folder.mkdir()
    real = shutil.which

    def which(name: str) -> str | None:
        own = folder / name
        return str(own) if own.exists() else real(name) if name in ("timeout", "unshare") else None

    monkeypatch.setattr(shutil, "which", which)
    return folder


def make_tool(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def fake_libreoffice(folder: Path, made: bytes) -> None:
    (folder / "made.docx").write_bytes(made)
    make_tool(folder, "soffice", f'mkdir out && cp "{folder}/made.docx" out/source.docx')


def code_of(data: bytes, **limits: float) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(data, ReadOptions(name="合同.doc", limits=Limits(**limits)))  # type: ignore[arg-type]
    return caught.value


def test_without_a_converter_the_package_is_named(tools: Path) -> None:
    error = code_of(DOC)
    assert error.code == "tool_missing"
    assert "libreoffice-writer" in error.remedy


def test_what_libreoffice_writes_is_read_as_a_word_file(tools: Path) -> None:
    abstract = level(0, "第%1条", "chineseCounting") + level(1, "%1.%2")
    numbering = f'<w:abstractNum w:abstractNumId="0">{abstract}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = p("标的", properties=listed(1)) + p("水泵。", properties=listed(1, 1))
    fake_libreoffice(tools, make_docx(body, parts={"numbering": numbering}))
    document = read(DOC, ReadOptions(name="合同.doc"))
    # the converter drops the mark that makes 1.1 of 一.1
    assert document.text == "第一条 标的\n1.1 水泵。"
    assert document.source.media_type == "application/msword"
    assert document.pages[0].reason == "DOC file, by LibreOffice"


@pytest.mark.parametrize("name", ["catdoc", "antiword"])
def test_plain_text_converters_are_second_best_and_it_is_said(tools: Path, name: str) -> None:
    make_tool(tools, name, f"cat <<'X'\n{TEXT}X")
    document = read(DOC, ReadOptions(name="合同.doc"))
    assert document.text.split("\n")[0] == "第一条 标的"
    assert document.tables[0].columns == ("序号", "名称", "数量")
    assert document.problems[0].severity == "warning"
    assert "libreoffice-writer" in document.problems[0].message
    assert document.pages[0].grade == "check"


def test_a_converter_that_hangs_is_ended_with_all_it_started(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "soffice", f"sleep 300 & echo $! > {tmp_path}/child; wait")
    begun = time.monotonic()
    assert code_of(DOC, tool_seconds=1).code == "reader_timeout"
    assert time.monotonic() - begun < 20
    child = int((tmp_path / "child").read_text())
    assert _is_gone(child)


def _is_gone(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    for _ in range(100):
        if not state.exists() or state.read_text().split(") ")[1].startswith("Z"):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "kill -SEGV $$", "mkdir out && echo rubbish > out/source.docx"])
def test_a_converter_that_fails_costs_the_file(tools: Path, script: str) -> None:
    make_tool(tools, "soffice", script)
    make_tool(tools, "catdoc", "echo rubbish")
    assert code_of(DOC).code == "file_damaged"


def test_a_converter_sees_nothing_of_the_environment(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QIYUE_SECRET", "x")
    make_tool(tools, "soffice", f'env > {tmp_path}/env; pwd > {tmp_path}/home; ls "$HOME" > {tmp_path}/files; exit 1')
    code_of(DOC)
    seen = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines())
    assert set(seen) <= {"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "SAL_USE_VCLPLUGIN", "PWD", "SHLVL", "_", "OLDPWD"}
    home = Path((tmp_path / "home").read_text().strip())
    assert seen["HOME"] == str(home)
    assert (tmp_path / "files").read_text().split() == ["profile", "source.doc"]
    assert not home.exists()


def test_an_encrypted_file_is_named_before_a_converter_is_asked(tools: Path) -> None:
    make_tool(tools, "soffice", "exit 1")
    data = bytearray(DOC)
    data[512 + 0x0B] |= 0x01
    assert code_of(bytes(data)).code == "file_encrypted"


def test_a_file_cut_off_is_a_damaged_word_file(tools: Path) -> None:
    make_tool(tools, "soffice", "exit 0")
    assert code_of(DOC[:900]).code == "file_damaged"


@pytest.mark.parametrize("root", ["w:wordDocument", "pkg:package", "office:document"])
def test_documents_written_as_one_xml_go_to_libreoffice_alone(tools: Path, root: str) -> None:
    data = f'<?xml version="1.0"?><{root}><x/></{root}>'.encode()
    make_tool(tools, "catdoc", "echo rubbish")
    assert code_of(data).code == "tool_missing"
    fake_libreoffice(tools, make_docx(p("第一条")))
    assert read(data).text == "第一条"


def test_other_xml_is_no_text() -> None:
    assert code_of(b"<?xml version='1.0'?><data><x>1</x></data>").code == "file_type_unknown"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_with_libreoffice_itself(tmp_path: Path) -> None:
    source = tmp_path / "source.rtf"
    source.write_text(r"{\rtf1\ansi \u21512?\u21516?\par \u30002?\ul         \par}")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = read(tmp_path / "source.doc")
    assert document.text.startswith("合同\n甲____")
    assert document.pages[0].reason == "DOC file, by LibreOffice"
    assert legacy_doc.is_encrypted((tmp_path / "source.doc").read_bytes()) is False
