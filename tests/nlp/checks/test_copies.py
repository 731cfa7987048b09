"""What the parties keep comes to the copies in all; what becomes of one of them is told in a bracket."""

import pytest

from nlp.parse import parse
from tests.support.builders import document

HEAD = "服务合同\n甲方：青禾科技有限公司\n乙方：远山软件有限公司\n第一条 服务\n乙方服务。\n第二条 其他\n"


@pytest.mark.parametrize(
    ("words", "differs"),
    [
        ("本合同一式三份，甲方两份（其中一份存档案），乙方一份。", False),
        ("本合同一式三份，甲方两份，乙方两份。", True),
    ],
)
def test_copies_in_brackets_are_not_counted_twice(words: str, *, differs: bool) -> None:
    codes = [f.code for f in parse(document(HEAD + words)).findings]
    assert ("sum_differs" in codes) is differs
