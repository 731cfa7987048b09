"""Consequences without a number and what is said to be no breach, in sentences (tests/specs/liabilities.toml)."""

import pytest

from nlp.parse import parse
from tests.support.builders import document
from tests.support.specs import rows

CONTRACT = "技术服务合同\n甲方（委托方）：青禾科技有限公司\n乙方（受托方）：远山软件有限公司\n第一条 违约责任\n"


@pytest.mark.parametrize(("text", "expect"), [pytest.param(*row, id=row[0]) for row in rows("liabilities")])
def test_liabilities(text: str, expect: list[str]) -> None:
    record = parse(document(CONTRACT + text))
    words = {p.id: p.role for p in record.parties} | {"both": "both", None: "-"}
    if any(e.startswith("not ") for e in expect):
        assert [f"not {words[e.protects]}" for e in record.exclusions] == expect
        return
    assert not record.exclusions
    assert len(record.penalties) == len(expect)
    for penalty, wanted in zip(record.penalties, expect, strict=True):
        liable, *remedies = wanted.split()
        assert words[penalty.liable] == liable
        assert set(remedies) <= set(penalty.remedies)
