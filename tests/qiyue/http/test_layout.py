"""Contracts without pages laid out for the reader: made once, cached, and said clearly where it cannot be done."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from corpus.packing import pack
from ingest.read import read
from nlp.parse import parse
from qiyue.accounts.person import Person
from qiyue.http.app import build_app
from qiyue.http.site import open_site
from qiyue.service.base import Service
from qiyue.settings import read_settings
from schema.contract import Contract
from tests.support.pdf import lines, make_pdf

SAMPLES = Path(__file__).parents[3] / "samples"
WORDS = "第一条 标的\n甲方向乙方购买水泵。"


@dataclass
class Given:
    """A server, its contracts, and how often the converter was asked."""

    http: TestClient
    word: Contract
    text: Contract
    asked: Path
    program: Path

    @property
    def times(self) -> int:
        return len(self.asked.read_text().splitlines()) if self.asked.exists() else 0

    def script(self, words: str) -> None:
        self.program.write_text(f"#!/bin/sh\n{words}\n")
        self.program.chmod(0o755)


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Given]:
    settings = read_settings({"QIYUE_DATA": str(tmp_path / "data"), "QIYUE_JOBS": "1"})
    word = parse(read(SAMPLES / "purchase.docx"))
    plain = tmp_path / "plain.txt"
    plain.write_text(WORDS, encoding="utf-8")
    text = parse(read(plain))
    with Service(settings) as service:
        for path, contract in ((SAMPLES / "purchase.docx", word), (plain, text)):
            with path.open("rb") as stream:
                service.store.originals.put(contract.id, stream)
            service.store.put(pack(contract))
    program, made, asked = tmp_path / "soffice", tmp_path / "made.pdf", tmp_path / "asked"
    made.write_bytes(make_pdf(lines("水泵及控制设备采购合同", "第一条 标的物"), lines("第二条 合同价款")))
    monkeypatch.setattr("ingest.libreoffice.find_libreoffice", lambda: str(program) if program.exists() else None)
    with open_site(settings) as site:
        site.door.add_account("owner", password=None, admin=True)
        token, _ = site.door.make_token(Person("owner", True), label="", scopes=["read"], days=1)
        http = TestClient(build_app(site), headers={"Authorization": f"Bearer {token}"})
        found = Given(http, word, text, asked, program)
        found.script(f'echo once >> "{asked}" && mkdir out && cp "{made}" out/source.pdf')
        yield found


def test_a_word_file_is_laid_out_once(given: Given) -> None:
    path = f"/v1/contracts/{given.word.id}/layout"
    answer = given.http.get(path)
    assert answer.status_code == 200
    told = answer.json()
    assert [page[0] for page in told["pages"]] == [1, 2]
    assert [given.word.text[start:end] for start, end, *_ in told["lines"]] == [
        "水泵及控制设备采购合同",
        "第一条 标的物",
        "第二条 合同价款",
    ]
    assert [line[2] for line in told["lines"]] == [1, 1, 2]
    picture = given.http.get(f"{path}/2.png", params={"size": "small"})
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).width == 240
    assert given.http.get(path).json() == told
    assert given.times == 1
    assert given.http.get(f"{path}/9.png").json()["code"] == "page_unknown"


def test_the_page_says_what_it_shows(given: Given) -> None:
    page = given.http.get(f"/contracts/{given.word.id}", headers={"Accept": "text/html"}).text
    assert 'id="layout"' in page
    assert "unpaged" not in page
    given.program.unlink()
    page = given.http.get(f"/contracts/{given.word.id}", headers={"Accept": "text/html"}).text
    assert 'id="layout"' not in page
    assert "libreoffice-writer" in page
    page = given.http.get(f"/contracts/{given.text.id}", headers={"Accept": "text/html"}).text
    assert "libreoffice-writer" not in page
    assert "只显示文字" in page


def test_without_libreoffice_the_package_is_named(given: Given) -> None:
    given.program.unlink()
    answer = given.http.get(f"/v1/contracts/{given.word.id}/layout")
    assert (answer.status_code, answer.json()["code"]) == (503, "tool_missing")
    assert "libreoffice-writer" in answer.json()["remedy"]


def test_text_stands_alone(given: Given) -> None:
    answer = given.http.get(f"/v1/contracts/{given.text.id}/layout")
    assert (answer.status_code, answer.json()["code"]) == (404, "page_unknown")
    assert given.times == 0


def test_a_file_that_cannot_be_laid_out_is_not_tried_again(given: Given) -> None:
    given.script(f'echo once >> "{given.asked}"; exit 3')
    for _ in range(2):
        answer = given.http.get(f"/v1/contracts/{given.word.id}/layout")
        assert (answer.status_code, answer.json()["code"]) == (422, "file_damaged")
    assert given.times == 1


def test_the_answer_is_as_described(given: Given) -> None:
    described = given.http.get("/v1/openapi.json").json()["components"]["schemas"]["Layout"]
    told = given.http.get(f"/v1/contracts/{given.word.id}/layout").json()
    assert set(told) == set(described["required"])
    assert json.dumps(told)
