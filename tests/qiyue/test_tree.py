"""The clause tree on a terminal."""

import pytest

from nlp.parse import parse
from qiyue.cli.tree import columns, cut, format_tree, tree_lines
from tests.support.builders import document

TEXT = """维修合同
甲方：青禾公司
乙方：蓝岸公司
第一章 总则
第一条 服务内容
1、乙方每月巡检一次。
第二章 责任
第二条 违约责任
乙方应支付违约金。
甲方（盖章）：
乙方（盖章）：
附件1 设备清单
序号\t名称
1\t水泵"""


def test_the_tree_has_parts_clauses_and_tables() -> None:
    lines = tree_lines(parse(document(TEXT)))
    assert [(line.depth, line.label, line.id) for line in lines] == [
        (0, "首部", "preamble"),
        (0, "正文", "main"),
        (1, "第一章 总则", "main/ch1"),
        (2, "第一条 服务内容", "main/1"),
        (3, "1 乙方每月巡检一次。", "main/1/1"),
        (1, "第二章 责任", "main/ch2"),
        (2, "第二条 违约责任", "main/2"),
        (0, "签署页", "signature"),
        (0, "附件1 设备清单", "annex1"),
        (1, "表 序号 | 名称 annex1/1", "t1"),
    ]
    assert lines[6].types == ("违约责任", "赔偿责任")


@pytest.mark.parametrize("width", [60, 80, 133])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = list(format_tree(tree_lines(parse(document(TEXT * 3))), width))
    assert lines
    assert max(columns(line) for line in lines) <= width


def test_a_cut_label_shows_that_it_is_cut() -> None:
    assert cut("甲乙丙丁", 6) == "甲乙…"
    assert cut("甲乙丙丁", 8) == "甲乙丙丁"
