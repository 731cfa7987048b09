"""Parties in every position of a label; one case a row of tests/specs/parties.toml.

Heads of standard forms are in parties_forms.toml, parties_heads.toml and parties_called.toml, accounts in
parties_accounts.toml.

A row expects, a party a line: `role[+other roles] = name`, `= ?` for a blank, `field: value` for contacts.
"""

from pathlib import Path

import pytest

from ingest.read import read
from nlp.parse import parse
from schema.party import Party
from tests.support.builders import document
from tests.support.specs import rows

FIELDS = (
    *("credit_code", "legal_representative", "agent", "address", "phone", "fax", "email"),
    *("postcode", "bank", "account", "account_holder"),
)


def shown(party: Party) -> list[str]:
    name = party.name or ("?" if party.blank else "-")
    lines = [f"{'+'.join((party.role, *party.other_roles))} = {name}"]
    lines += [f"former: {word}" for word in party.former_names] + [f"alias: {word}" for word in party.aliases]
    lines += [f"{field}: {value.text}" for field in FIELDS for value in getattr(party, field)]
    return lines


ROWS = [
    pytest.param(*row, id=row[0][:60])
    for name in ("parties", "parties_forms", "parties_accounts", "parties_heads", "parties_called")
    for row in rows(name)
]


@pytest.mark.parametrize(("text", "expect"), ROWS)
def test_parties(text: str, expect: list[str]) -> None:
    record = parse(document(text))
    assert [line for party in record.parties for line in shown(party)] == expect
    for party in record.parties:
        assert party.span.of(record.text) == party.text


def test_role_words_of_their_own_come_in_pairs() -> None:
    head = "印刷合同\n委印方：南堤教育出版社有限责任公司\n承印方：南堤彩印包装有限公司\n联系人：李明\n"
    head += "第一条 交货\n委印方应当付款。"
    assert [(p.role, p.name) for p in parse(document(head)).parties] == [
        ("委印方", "南堤教育出版社有限责任公司"),
        ("承印方", "南堤彩印包装有限公司"),
    ]


def test_one_unknown_word_alone_is_no_party() -> None:
    head = "采购合同\n经办方：南堤文具有限公司\n甲方：青禾科技有限公司\n乙方：远山软件有限公司\n"
    head += "第一条 交货\n乙方应当交货。"
    assert [p.role for p in parse(document(head)).parties] == ["甲方", "乙方"]


TABLES = {
    "side by side": "|甲方|青禾科技有限公司|乙方|远山软件有限公司|\n|---|---|---|---|\n"
    "|地址|望江路7号|地址|云台路20号|\n"
    "|联系人|李明|联系人|王芳|\n",
    "a column each": "|项目|甲方|乙方|\n|---|---|---|\n|名称|青禾科技有限公司|远山软件有限公司|\n"
    "|地址|望江路7号|云台路20号|\n|联系人|李明|王芳|\n",
    "labels on both sides": "|甲方||乙方||\n|---|---|---|---|\n|名称|青禾科技有限公司|名称|远山软件有限公司|\n"
    "|地址|望江路7号|地址|云台路20号|\n|联系人|李明|联系人|王芳|\n",
    "a row each": "|当事人|名称|地址|联系人|\n|---|---|---|---|\n|甲方|青禾科技有限公司|望江路7号|李明|\n"
    "|乙方|远山软件有限公司|云台路20号|王芳|\n",
    "colons in cells": "|甲方：青禾科技有限公司|乙方：远山软件有限公司|\n|---|---|\n"
    "|地址：望江路7号|地址：云台路20号|\n|联系人：李明|联系人：王芳|\n",
    "a table each": "|采购人（甲方）信息||\n|---|---|\n|单位名称|青禾科技有限公司|\n|地址|望江路7号|\n"
    "|联系人|李明|\n\n|供应商（乙方）信息||\n|---|---|\n|单位名称|远山软件有限公司|\n|地址|云台路20号|\n|联系人|王芳|\n",
    "a block each": "|甲方|名称|青禾科技有限公司|\n|---|---|---|\n||地址|望江路7号|\n||联系人|李明|\n"
    "|乙方|名称|远山软件有限公司|\n||地址|云台路20号|\n||联系人|王芳|\n",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_what_stands_under_a_party_in_a_table_is_said_of_it(table: str, tmp_path: Path) -> None:
    path = tmp_path / "head.md"
    path.write_text(f"# 服务合同\n\n{table}\n第一条 服务\n乙方服务。\n", encoding="utf-8")
    assert [line.replace("+采购人", "").replace("+供应商", "") for line in _lines(path)] == [
        *("甲方 = 青禾科技有限公司", "agent: 李明", "address: 望江路7号"),
        *("乙方 = 远山软件有限公司", "agent: 王芳", "address: 云台路20号"),
    ]


def _lines(path: Path) -> list[str]:
    return [line for party in parse(read(path)).parties for line in shown(party)]


def test_a_column_may_be_headed_by_a_role_word_of_the_head(tmp_path: Path) -> None:
    path = tmp_path / "head.md"
    table = "| |委托单位|翻译单位|\n|---|---|---|\n"
    table += "|名称（公章）|青禾科技有限公司|远山翻译有限公司|\n|地址|望江路7号|云台路20号|\n"
    head = "# 翻译合同\n\n委托单位：青禾科技有限公司\n\n翻译单位：远山翻译有限公司\n\n第一条 翻译\n\n翻译单位翻译。\n\n"
    path.write_text(head + table, encoding="utf-8")
    assert _lines(path) == [
        *("委托单位 = 青禾科技有限公司", "address: 望江路7号"),
        *("翻译单位 = 远山翻译有限公司", "address: 云台路20号"),
    ]
