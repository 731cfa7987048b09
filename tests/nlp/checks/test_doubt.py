"""On a scan a number may be misread: what was read unsurely proves nothing, what bears itself out is no doubt."""

import pytest

from nlp.checks.run import check_record
from nlp.parse import parse
from schema.contract import Contract
from schema.document import Suspect
from schema.page import Line
from schema.span import Span
from tests.support.builders import document

TEXT = """采购合同
甲方：青禾商贸有限公司
乙方：远山机械有限公司
第一条 货物
序号\t名称\t数量\t单价（元）\t金额（元）
1\t水泵\t2\t300\t600
2\t阀门\t5\t40\t200
3\t法兰\t38\t25\t200
合计\t\t\t\t1,000
第二条 价款为人民币1,000元（大写：壹仟元整），预付300元。"""


def scanned(text: str, doubts: dict[str, str], *, confidence: float = 0.99) -> Contract:
    """The record of a scan in which a second reader saw other characters."""
    base = document(text)
    suspects = tuple(
        Suspect(span=Span(start=at, end=at + len(reading)), reading=reading, alternative=other, reason="second reader")
        for reading, other in doubts.items()
        for at in [text.index(reading)]
    )
    lines, at = [], 0
    for words in text.split("\n"):
        span = Span(start=at, end=at + len(words))
        lines.append(Line(span=span, box=(50.0, 50.0, 500.0, 60.0), confidence=confidence))
        at = span.end + 1
    page = base.pages[0].model_copy(update={"origin": "ocr", "lines": tuple(lines)})
    return parse(base.model_copy(update={"pages": (page,), "suspects": suspects}))


def found(contract: Contract, code: str) -> list[tuple[str, str | None]]:
    return [(f.severity, f.suggestion) for f in contract.findings if f.code == code]


def test_a_row_that_was_read_surely_is_an_error() -> None:
    assert found(scanned(TEXT, {}), "sum_differs") == [("error", "38→8")]


@pytest.mark.parametrize("contract", [scanned(TEXT, {"38": "8"}), scanned(TEXT, {}, confidence=0.8)])
def test_a_row_that_was_read_unsurely_is_a_warning_and_says_so(contract: Contract) -> None:
    assert found(contract, "sum_differs") == [("warning", "38→8")]
    message = next(f.message for f in contract.findings if f.code == "sum_differs")
    assert message.endswith("（也可能是识别错误）")
    assert check_record(contract) == contract.findings


@pytest.mark.parametrize(
    ("reading", "other"),
    [
        ("300元", ".300元"),
        ("300元", "300.元"),
        ("壹仟元整", "壹千抬元整"),
        ("1,000元", "7,000元"),
        ("5\t40", "8\t40"),
    ],
)
def test_what_is_no_number_or_is_borne_out_is_no_doubt(reading: str, other: str) -> None:
    assert found(scanned(TEXT, {reading: other}), "ocr_suspect") == []


def test_a_doubt_that_nothing_settles_is_told() -> None:
    assert found(scanned(TEXT, {"300元。": "800元。"}), "ocr_suspect") == [("warning", "800元。")]
