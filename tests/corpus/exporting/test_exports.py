"""Exports: every line, the same in each format and from each engine, safe in a spreadsheet, whole or not at all."""

import csv
import io
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from openpyxl.worksheet.worksheet import Worksheet

from corpus.catalogue import Wanted
from corpus.exporting.columns import COLUMNS, Column
from corpus.exporting.files import replacing
from corpus.exporting.lines import WHAT, Selection, export_lines
from corpus.exporting.writers import EXPORTERS
from corpus.packing import pack
from corpus.store import Store
from schema.errors import StoreError
from schema.published import contract_schema
from tests.support.contracts import contract

ALL = Selection(Wanted())
FORMULA = '=HYPERLINK("http://example.com")有限公司'


@pytest.fixture
def filled(store: Store) -> Store:
    store.put(pack(contract()), folder="采购", tags=("重要",))
    store.put(pack(contract("CG-2025-002", buyer=FORMULA)))
    store.corrections.correct(contract().id, "a1", "value", "350000.00", who="王", why="看过原件")
    return store


def write(store: Store, what: str, kind: str, selection: Selection = ALL, *, chinese: bool = False) -> bytes:
    stream = io.BytesIO()
    lines = export_lines(store, what, selection, flat=kind in ("csv", "xlsx"))
    EXPORTERS[kind](stream, lines, COLUMNS[what], chinese)
    return stream.getvalue()


def ndjson(store: Store, what: str, selection: Selection = ALL) -> list[dict[str, Any]]:
    return [json.loads(line) for line in write(store, what, "ndjson", selection).splitlines()]


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("what", WHAT)
def test_json_and_ndjson_hold_the_same(filled: Store, what: str) -> None:
    lines = ndjson(filled, what)
    assert lines
    assert json.loads(write(filled, what, "json")) == lines


def test_records_fit_the_published_schema_and_keep_both_values(filled: Store) -> None:
    validator = Draft202012Validator(contract_schema())
    lines = ndjson(filled, "contracts")
    assert [error for line in lines for error in validator.iter_errors(line)] == []
    (correction,) = lines[0]["corrections"]
    assert lines[0]["amounts"][0]["value"] == "360000"
    assert (correction["element"], correction["value"], correction["who"]) == ("a1", "350000.00", "王")


def test_a_fact_line_is_the_record_with_its_place_and_corrections(filled: Store) -> None:
    line = ndjson(filled, "amounts")[0]
    element = json.loads(contract().model_dump_json())["amounts"][0]
    assert {key: line[key] for key in element} == element
    assert (line["contract"], line["page"], line["citation"]) == (contract().id, 1, "《设备采购合同》第二条")
    assert [(note["parser_value"], note["value"]) for note in line["corrections"]] == [("360000", "350000.00")]


def test_a_clause_line_has_what_was_promised(filled: Store) -> None:
    lines = {line["clause"]: line for line in ndjson(filled, "clauses") if line["contract"] == contract().id}
    promised = {"contract", "clause", "parent", "number", "heading", "path_text", "types", "text", "own_text"}
    assert promised | {"page", "span"} <= set(lines["main/4/1"])
    one = lines["main/4/1"]
    assert one["own_text"] == "乙方逾期交货的，每日按合同总价的0.05%支付违约金。"
    assert one["text"] == contract().text[one["span"]["start"] : one["span"]["end"]]
    assert (one["parent"], one["path_text"], one["types"]) == ("main/4", "第四条 违约责任 / 1.", ["penalty"])
    assert list(lines) == ["main/1", "main/2", "main/3", "main/4", "main/4/1", "main/4/2", "annex1/1"]


def test_filters_choose_contracts_and_the_clauses_facts_stand_in(filled: Store) -> None:
    assert len(ndjson(filled, "contracts", Selection(Wanted(folder="采购")))) == 1
    assert len(ndjson(filled, "contracts", Selection(Wanted(tag="重要")))) == 1
    assert ndjson(filled, "contracts", Selection(Wanted(since="2999"))) == []
    places = {contract().id: frozenset({"main/3"})}
    assert [line["id"] for line in ndjson(filled, "amounts", Selection(Wanted(), places))] == ["a2"]
    assert [line["clause"] for line in ndjson(filled, "clauses", Selection(Wanted(), places))] == ["main/3"]
    assert ndjson(filled, "findings", Selection(Wanted(), places)) == []


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("chinese", [False, True])
def test_tables_have_a_row_a_line(filled: Store, what: str, chinese: bool) -> None:
    rows = table(write(filled, what, "csv", chinese=chinese))
    assert len(rows) == len(ndjson(filled, what))
    heads = list(rows[0])
    assert heads == [column.chinese if chinese else column.path for column in COLUMNS[what]]
    assert len(set(heads)) == len(heads)


def test_a_table_names_parties_by_role(filled: Store) -> None:
    assert table(write(filled, "penalties", "csv"))[0]["liable"] == "乙方"
    payment = table(write(filled, "payments", "csv"))[0]
    assert (payment["payer"], payment["deadline"]) == ("甲方", "10个工作日内")
    assert table(write(filled, "amounts", "csv"))[0]["corrections"] == "value: 360000 → 350000.00 (王: 看过原件)"


def test_no_cell_of_a_csv_is_run_or_rounded(filled: Store) -> None:
    rows = table(write(filled, "parties", "csv"))
    assert rows[1]["account"] == "'6222020200112233445"
    assert rows[2]["name"] == f"'{FORMULA}"
    assert table(write(filled, "amounts", "csv"))[0]["value"] == "360000"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_every_beginning_of_a_formula_is_defused(start: str) -> None:
    stream = io.BytesIO()
    EXPORTERS["csv"](stream, [{"a": f"{start}1+1"}], (Column("a", "甲"),), False)
    (row,) = table(stream.getvalue())
    assert row["a"].startswith("'")


def test_a_csv_keeps_line_ends_quotes_and_commas() -> None:
    stream = io.BytesIO()
    words = '第一行\n"第二行"，,\t三\r\n'
    EXPORTERS["csv"](stream, [{"a": words}], (Column("a", "甲"),), False)
    assert table(stream.getvalue()) == [{"a": words}]


def sheet(data: bytes) -> Worksheet:
    found: Worksheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return found


def test_a_sheet_keeps_text_as_text_and_numbers_as_numbers(filled: Store) -> None:
    parties = sheet(write(filled, "parties", "xlsx"))
    heads = [cell.value for cell in parties[1]]
    account = parties.cell(row=3, column=heads.index("account") + 1)
    assert (account.value, account.data_type) == ("6222020200112233445", "s")
    name = parties.cell(row=4, column=heads.index("name") + 1)
    assert (name.value, name.data_type) == (FORMULA, "s")
    assert parties.freeze_panes == "A2"
    amounts = sheet(write(filled, "amounts", "xlsx", chinese=True))
    heads = [cell.value for cell in amounts[1]]
    assert "金额" in heads
    assert amounts.cell(row=2, column=heads.index("金额") + 1).value == 360000


@pytest.mark.parametrize(
    ("value", "kind", "number_format"),
    [("4004736.60", "n", "0.00"), ("12345678901234.56", "s", "@"), ("0.0005", "n", "0.0000"), ("7", "n", "0")],
)
def test_a_number_a_spreadsheet_would_round_is_text(value: str, kind: str, number_format: str) -> None:
    stream = io.BytesIO()
    EXPORTERS["xlsx"](stream, [{"a": value}], (Column("a", "甲", "number"),), False)
    cell = sheet(stream.getvalue()).cell(row=2, column=1)
    assert (cell.data_type, cell.number_format) == (kind, number_format)
    assert Decimal(str(cell.value)) == Decimal(value)


def test_a_cell_too_long_for_a_spreadsheet_says_so() -> None:
    stream = io.BytesIO()
    EXPORTERS["xlsx"](stream, [{"a": "字" * 40_000}], (Column("a", "甲"),), False)
    value = sheet(stream.getvalue()).cell(row=2, column=1).value
    assert len(value) <= 32_767
    assert "40000" in value[-60:]


@pytest.mark.parametrize("kind", EXPORTERS)
def test_the_same_data_give_the_same_bytes(filled: Store, kind: str) -> None:
    assert write(filled, "clauses", kind) == write(filled, "clauses", kind)


@pytest.mark.parametrize("kind", EXPORTERS)
def test_an_empty_export_is_still_well_formed(store: Store, kind: str) -> None:
    data = write(store, "contracts", kind)
    if kind == "json":
        assert json.loads(data) == []
    assert (data == b"") == (kind == "ndjson")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(path) as stream:
        stream.write(b"half" * (1 // 0))
    assert path.read_bytes() == b"old"
    with replacing(path) as stream:
        stream.write(b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]


def test_a_place_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(StoreError), replacing(tmp_path / "none" / "a.csv"):
        pass


def test_a_pipe_or_device_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replacing(pipe) as stream:
        stream.write(b"words")
    assert os.read(reader, 100) == b"words"
    os.close(reader)
    assert pipe.is_fifo()
