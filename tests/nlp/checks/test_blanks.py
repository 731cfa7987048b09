"""Room around a typed number is no blank; room with nothing in it is one."""

import pytest

from nlp.parse import parse
from tests.support.builders import document

HEAD = "租赁合同\n甲方：青禾商贸有限公司\n乙方：远山机械有限公司\n"
FORM = HEAD + "第一条 租金\n月租金为人民币{}元。\n第二条 其他\n一式两份。"


@pytest.mark.parametrize(("printed", "wanted"), [("  650  ", 0), ("650", 0), ("______", 1)])
def test_what_is_left_open(printed: str, wanted: int) -> None:
    found = parse(document(FORM.format(printed))).findings
    assert sum(f.code == "blank_field" for f in found) == wanted
