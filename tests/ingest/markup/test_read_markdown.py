"""Markdown: marks go, words stay, tables are tables."""

# ruff: noqa: E501 — mark-up reads better unbroken

import pytest

from ingest.options import ReadOptions
from ingest.read import read
from schema.document import Document

HEAD = "# 设备采购合同\n\n"


def read_md(text: str) -> Document:
    document = read((HEAD + text).encode(), ReadOptions(name="合同.md"))
    assert document.source.media_type == "text/markdown"
    return document


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**第一条** 标的", "第一条 标的"),
        ("请**按时**付款，*不得*拖延。", "请按时付款，不得拖延。"),
        ("**甲方：**长江公司", "甲方：长江公司"),
        ("规格200*300*50mm，单重5*3公斤。", "规格200*300*50mm，单重5*3公斤。"),
        ("联系人张**，李**，电话138****1234。", "联系人张**，李**，电话138****1234。"),
        ("签于____年__月__日", "签于____年__月__日"),
        ("签于__年__月__日", "签于__年__月__日"),
        ("乙方\\_\\_\\_应付\\*款", "乙方___应付*款"),
        ("见[附件一](附件一.md)与[2026]5号文", "见附件一与[2026]5号文"),
        ("[填写名称](必填)", "[填写名称](必填)"),
        ("邮箱 <hetong@example.com>", "邮箱 hetong@example.com"),
        ("误差<10%且>5%", "误差<10%且>5%"),
        ("~~旧价~~ 新价", "旧价 新价"),
        ("使用`A*B*C`型号", "使用A*B*C型号"),
        ("一&nbsp;二&lt;三", "一\u00a0二<三"),
        ("> 引用的条款。", "引用的条款。"),
        ("1. 标的", "1. 标的"),
        ("2\\. 价款", "2. 价款"),
        ("- 其一", "其一"),
        ("- [x] 转账", "☑ 转账"),
        ("- [ ] 支票", "□ 支票"),
        ("-5℃以下", "-5℃以下"),
        ("## 第一章 总则 ##", "第一章 总则"),
        ("价款<!-- 待定 -->为一万元", "价款为一万元"),
    ],
)
def test_inline(typed: str, shown: str) -> None:
    assert read_md(typed).text == "设备采购合同\n" + shown


def test_looks_and_blanks() -> None:
    document = read_md("**甲方：**<u>&nbsp;&nbsp;&nbsp;&nbsp;</u>\n\n________\n\n乙方：<u> 长江公司 </u>\n")
    assert document.text.split("\n")[1:] == ["甲方：____", "________", "乙方： 长江公司"]
    assert [(mark.kind, mark.span.of(document.text)) for mark in document.marks] == [
        ("blank", "____"),
        ("filled_blank", "长江公司"),
    ]
    first = document.paragraphs[0]
    assert (first.style, first.bold) == ("Heading 1", True)


def test_table_and_merged_cells() -> None:
    document = read_md(
        "| 序号 | 名称 | 单价(元) |\n|:--|---|--:|\n| 1 | 水泵\\|阀 | **13** |\n| 2 | 法兰 | 0.5 |\n\n"
        '<table><tr><th colspan="2">货物</th><th>单价</th></tr>\n<tr><td rowspan="2">泵</td><td>大</td><td>1</td></tr>\n'
        "<tr><td>小</td><td>2</td></tr></table>\n\n以上含税。"
    )
    bars, merged = document.tables
    assert bars.columns == ("序号", "名称", "单价(元)")
    assert [[cell.text for cell in row.cells] for row in bars.rows] == [["1", "水泵|阀", "13"], ["2", "法兰", "0.5"]]
    spans = [[(cell.text, cell.row_span, cell.col_span) for cell in row.cells] for row in merged.rows]
    assert spans == [[("泵", 2, 1), ("大", 1, 1), ("1", 1, 1)], [("小", 1, 1), ("2", 1, 1)]]
    assert document.text.endswith("以上含税。")


def test_a_row_with_more_cells_than_heads_loses_nothing() -> None:
    document = read_md("| 名称 | 数量 |\n|---|---|\n| 泵 | 2 | 另赠一台 |\n| 阀 | 3 |\n")
    assert "另赠一台" in document.text


def test_broken_lines_headings_and_front_matter() -> None:
    text = "---\ntitle: 合同\n---\n第一条\n===\n双方约定本合同项下货物的交货地点为：武汉市江岸区滨江路 1 号综合物流\n园三号仓库。\n***\n结束。\n"
    document = read(text.encode(), ReadOptions(name="合同.md"))
    document = read_md(text) if document.source.media_type != "text/markdown" else document
    assert [item.text for item in document.furniture] in (["title: 合同"], [])
    assert "双方约定本合同项下货物的交货地点为：武汉市江岸区滨江路 1 号综合物流园三号仓库。" in document.text.split(
        "\n"
    )
    assert "***" not in document.text


def test_tabs_are_a_table_here_too() -> None:
    document = read_md("序号\t名称\t单价(元)\n1\t水泵\t13\n2\t阀门\t15\n")
    assert document.tables[0].columns == ("序号", "名称", "单价(元)")
