"""A bad engine costs its page, never the file."""

import pytest

from ingest.options import ReadOptions
from ingest.read import read
from schema.errors import ReadError
from tests.support.engines import CrashingEngine, FixedEngine, RubbishEngine
from tests.support.pictures import as_pdf, sheet

PAGES = as_pdf(*[sheet("甲") for _ in range(3)])


def test_fixed_text() -> None:
    document = read(PAGES, ReadOptions(engine=FixedEngine("第一条 标的", "水泵。")))
    assert document.text.split("\n") == ["第一条 标的", "水泵。"] * 3
    assert [page.origin for page in document.pages] == ["ocr"] * 3


@pytest.mark.parametrize("error", [RuntimeError("onnx"), ValueError("shape"), MemoryError(), IndexError()])
def test_crash_on_one_page(error: Exception) -> None:
    document = read(PAGES, ReadOptions(engine=CrashingEngine(error, on=(2,))))
    assert document.text.split("\n") == ["第一条 正文。"] * 2
    (problem,) = document.problems
    assert (problem.code, problem.severity, problem.page) == ("page_failed", "error", 2)
    assert [page.grade for page in document.pages] == ["good", "poor", "good"]


def test_crash_on_all_pages() -> None:
    with pytest.raises(ReadError) as caught:
        read(PAGES, ReadOptions(engine=CrashingEngine(RuntimeError("onnx"), on=(1, 2, 3))))
    assert caught.value.code == "no_text"
    assert "page 1 could not be read" in caught.value.message


def test_rubbish() -> None:
    document = read(PAGES, ReadOptions(engine=RubbishEngine()))
    assert "丙方" in document.text
    for page in document.pages:
        for line in page.lines:
            assert 0 <= line.confidence <= 1


def test_low_confidence_is_graded() -> None:
    document = read(PAGES, ReadOptions(engine=FixedEngine("第一条 标的", confidence=0.7)))
    assert {line.grade for page in document.pages for line in page.lines} == {"poor"}
    assert document.pages[0].grade in ("check", "poor")
