"""Lines → bytes: JSON, NDJSON, CSV, XLSX.

CSV and XLSX are for people with a spreadsheet: a cell that a spreadsheet would run as a formula, and a number too long
for it to keep (accounts, credit codes), are marked as text; CSV begins with a byte order mark, without which Excel
takes UTF-8 for something else.
"""

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from corpus.exporting.columns import Column, Line

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONG_NUMBER = re.compile(r"\d{12,}")
_DIGITS_KEPT = 15  # a spreadsheet keeps no more of a number
_CELL = 32_767
_ROWS = 1_048_576
_MADE = datetime(2000, 1, 1)  # no clock in the file: the same data give the same bytes

Writer = Callable[[IO[bytes], Iterable[Line], tuple[Column, ...], bool], int]


def write_json(stream: IO[bytes], lines: Iterable[Line], _columns: tuple[Column, ...], _chinese: bool) -> int:
    """A JSON array, one entry a line."""
    number = 0
    stream.write(b"[")
    for number, line in enumerate(lines, 1):
        stream.write((b"\n" if number == 1 else b",\n") + _dump(line))
    stream.write(b"\n]\n")
    return number


def write_ndjson(stream: IO[bytes], lines: Iterable[Line], _columns: tuple[Column, ...], _chinese: bool) -> int:
    """One JSON object a line."""
    number = 0
    for line in lines:
        stream.write(_dump(line) + b"\n")
        number += 1
    return number


def write_csv(stream: IO[bytes], lines: Iterable[Line], columns: tuple[Column, ...], chinese: bool) -> int:
    """RFC 4180 with a byte order mark; text that a spreadsheet would change begins with an apostrophe."""
    stream.write(codecs.BOM_UTF8)
    writer = csv.writer(codecs.getwriter("utf-8")(stream), lineterminator="\r\n")
    writer.writerow(_heads(columns, chinese))
    number = 0
    for line in lines:
        writer.writerow([_csv_cell(column, column.value(line)) for column in columns])
        number += 1
    return number


def write_xlsx(stream: IO[bytes], lines: Iterable[Line], columns: tuple[Column, ...], chinese: bool) -> int:
    """One sheet a million rows, heads frozen and filtered; text stays text, long numbers too."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(stream, options | {"strings_to_numbers": False})
    book.set_properties({"created": _MADE})
    formats = _Formats(book)
    sheet, row, number = _new_sheet(book, columns, chinese, formats), 0, 0
    for line in lines:
        row, number = row + 1, number + 1
        if row == _ROWS:
            sheet, row = _new_sheet(book, columns, chinese, formats), 1
        for place, column in enumerate(columns):
            _write_cell(sheet, row, place, column, column.value(line), formats)
    book.close()
    return number


class _Formats:
    """Formats of cells, made when first used."""

    def __init__(self, book: Workbook) -> None:
        self.text: Format = book.add_format({"num_format": "@"})
        self.head: Format = book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        self._book, self._numbers = book, dict[int, Format]()

    def number(self, places: int) -> Format:
        """Shows as many decimal places as were printed."""
        if places not in self._numbers:
            self._numbers[places] = self._book.add_format({"num_format": f"0.{'0' * places}" if places else "0"})
        return self._numbers[places]


def _new_sheet(book: Workbook, columns: tuple[Column, ...], chinese: bool, formats: _Formats) -> Worksheet:
    sheet = book.add_worksheet()
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 40 if column.path in ("text", "own_text", "message") else 16)
    for place, head in enumerate(_heads(columns, chinese)):
        sheet.write_string(0, place, head, formats.head)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, _ROWS - 1, len(columns) - 1)
    return sheet


def _write_cell(
    sheet: Worksheet, row: int, place: int, column: Column, value: str | int | bool | None, formats: _Formats
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif column.kind == "number" and (number := _spreadsheet_number(value)) is not None:
        places = max(-int(number.as_tuple().exponent), 0)
        sheet.write_number(row, place, float(number), formats.number(places))
    else:
        sheet.write_string(row, place, _fit(str(value)), formats.text)


def _spreadsheet_number(value: str | int) -> Decimal | None:
    """The number, when a spreadsheet keeps all its digits."""
    number = Decimal(value)
    return number if len(number.as_tuple().digits) <= _DIGITS_KEPT else None


def _fit(text: str) -> str:
    """No spreadsheet takes a longer cell; the cut is said aloud, the whole stands in JSON and CSV."""
    if len(text) <= _CELL:
        return text
    note = f"……[截断：原文共{len(text)}字，见 NDJSON 或 CSV]"
    return text[: _CELL - len(note)] + note


def _csv_cell(column: Column, value: str | int | bool | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if column.kind == "number" and _spreadsheet_number(value) is not None:
        return text
    return f"'{text}" if text.startswith(_FORMULA) or _LONG_NUMBER.fullmatch(text) else text


def _heads(columns: tuple[Column, ...], chinese: bool) -> list[str]:
    return [column.chinese if chinese else column.path for column in columns]


def _dump(line: Line) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()


EXPORTERS: dict[str, Writer] = {
    "json": write_json,
    "ndjson": write_ndjson,
    "csv": write_csv,
    "xlsx": write_xlsx,
}
"""Formats by name; a new one is a function and a line here."""
