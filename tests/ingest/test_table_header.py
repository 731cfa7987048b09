"""Column heads of tables, seen through plain text."""

import pytest

from ingest.options import ReadOptions
from ingest.read import read


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("租赁年度\t起止日期\t月租金（元）", "第一年\t2025年7月1日起\t19,590.00"),
        ("年份\t年租金\t备注", "2025\t20,000.00\t含税"),
        ("序号\t名称\t数量", "1\t水泵\t20"),
    ],
)
def test_heads_are_seen(head: str, row: str) -> None:
    (table,) = read(f"附件一\n{head}\n{row}\n{row}\n".encode(), ReadOptions(name="a.txt")).tables
    assert table.columns == tuple(head.split("\t"))
    assert len(table.rows) == 2


@pytest.mark.parametrize("first", ["期限\t三年", "付款日期\t2025年6月", "名称\t甲公司"])
def test_a_form_has_no_heads(first: str) -> None:
    (table,) = read(f"附件一\n{first}\n地址\t某路\n".encode(), ReadOptions(name="a.txt")).tables
    assert table.columns == ()
