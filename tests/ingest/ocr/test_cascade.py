"""Which reader reads a line, and what is looked at twice."""

import numpy as np
import pytest

from ingest.ocr.cascade import Cascade
from ingest.ocr.models import tiny_weights
from ingest.ocr.recognize import Reading


def reading_of(text: str) -> Reading:
    count = len(text)
    return Reading(text, 0.99, (0.99,) * count, tuple((place + 0.5) / count for place in range(count)))


@pytest.mark.parametrize(
    ("first", "second", "kept", "looks"),
    [
        ("具备，，线性扩展能力", "具备，线性扩展能力", "具备，线性扩展能力", 2),
        ("第.17页", "第17页", "第17页", 2),
        # seen again, and surely: it is printed
        ("第.17页", "第.17页", "第.17页", 2),
        ("9、-须通过电话联系", "9、须通过电话联系", "9、须通过电话联系", 2),
        ("按每日0.05%支付", "", "按每日0.05%支付", 1),
    ],
)
def test_fast_mode_looks_twice_at_marks_that_no_text_has(
    monkeypatch: pytest.MonkeyPatch, first: str, second: str, kept: str, looks: int
) -> None:
    cascade = Cascade(tiny_weights(), None)
    readings = iter([reading_of(first), reading_of(second)])
    given: list[Reading] = []

    def read(picture: object) -> Reading:
        given.append(next(readings))
        return given[-1]

    monkeypatch.setattr(cascade._quick, "read", read)
    reading, other = cascade.read_line(np.full((48, 400, 3), 255, np.uint8))
    assert (reading.text, other, len(given)) == (kept, None, looks)
