"""Files that cannot be read: each one sentence with code and remedy, exit code 3, the others stored, no traceback."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.support.samples import sample_file, sample_text

pytestmark = pytest.mark.slow
LINE = re.compile(r"[a-z_]+: .+ \(.+\)")


def qiyue(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QIYUE_DATA": str(data), "QIYUE_SEARCH_URL": str(data / "index")}
    command = [sys.executable, "-m", "qiyue", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def make_bad_files(folder: Path) -> None:
    folder.mkdir()
    digital = sample_file("lease").read_bytes()
    (folder / "cut.pdf").write_bytes(digital[: len(digital) // 3])
    (folder / "empty.pdf").touch()
    Image.new("RGB", (200, 100), "white").save(folder / "picture.png")
    (folder / "picture.png").rename(folder / "picture.pdf")
    canvas = Canvas(str(folder / "locked.pdf"), encrypt="geheim")
    canvas.drawString(100, 700, "locked")
    canvas.save()
    (folder / "good.txt").write_text(sample_text("lease"), encoding="utf-8")


def test_each_bad_file_is_one_line_and_the_good_one_is_stored(tmp_path: Path) -> None:
    make_bad_files(tmp_path / "in")
    done = qiyue(tmp_path / "data", "import", tmp_path / "in", "--json")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    files = {Path(file["path"]).name: file for file in json.loads(done.stdout)["files"]}
    codes = {name: file["code"] for name, file in files.items()}
    assert codes["cut.pdf"] in ("file_damaged", "no_text")
    assert codes["empty.pdf"] == "file_empty"
    assert codes["locked.pdf"] == "file_encrypted"
    assert codes["picture.pdf"] in ("no_text", "file_type_unknown")
    assert (files["good.txt"]["state"], codes["good.txt"]) == ("stored", None)
    failed = [file for file in files.values() if file["state"] == "failed"]
    assert len(failed) == 4
    lines = done.stderr.strip().splitlines()
    for file in failed:
        assert "\n" not in file["message"]
        assert file["remedy"]
        said = [line for line in lines if file["path"] in line]
        assert len(said) == 1
        assert LINE.fullmatch(said[0])


@pytest.mark.parametrize("name", ["cut.pdf", "empty.pdf", "locked.pdf", "picture.pdf"])
def test_parse_says_the_same(tmp_path: Path, name: str) -> None:
    make_bad_files(tmp_path / "in")
    done = qiyue(tmp_path / "data", "parse", tmp_path / "in" / name)
    assert done.returncode == 3
    assert done.stdout == ""
    assert LINE.fullmatch(done.stderr.strip())
    assert not (tmp_path / "data").exists()


def test_parse_prints_the_record_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "合同.txt"
    path.write_text(sample_text("purchase"), encoding="utf-8")
    done = qiyue(tmp_path / "data", "parse", path)
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads(done.stdout)
    assert (record["schema_version"], record["source"]["name"]) == ("1.0", "合同.txt")
    assert not (tmp_path / "data").exists()
