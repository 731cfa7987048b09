"""Hits as a table for a spreadsheet. Cells that a spreadsheet would run as a formula are written as text."""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from schema.errors import UsageError
from schema.query import Hit

HEADS = ("contract", "clause", "citation", "page", "matched_by", "score", "text")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_hits(hits: Iterable[Hit], kind: str, path: Path | None) -> int:
    """Write all hits.

    Args:
        hits: in order.
        kind: `csv` or `xlsx`.
        path: file to write; None is stdout, for csv only.

    Returns:
        Number of hits.

    Raises:
        UsageError: xlsx without a file.
    """
    if kind == "csv":
        return _write_csv(hits, path)
    if path is None:
        raise UsageError("usage", "an xlsx table needs a file", remedy="add --out hits.xlsx")
    return _write_xlsx(hits, path)


def _rows(hits: Iterable[Hit]) -> Iterator[tuple[str | int | float, ...]]:
    for hit in hits:
        layers = " ".join(hit.matched_by)
        yield hit.contract, hit.clause, hit.citation, hit.page or "", layers, hit.score, hit.text


def _write_csv(hits: Iterable[Hit], path: Path | None) -> int:
    file = sys.stdout if path is None else path.open("w", encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        count = 0
        for row in _rows(hits):
            writer.writerow([f"'{v}" if isinstance(v, str) and v.startswith(_FORMULA) else v for v in row])
            count += 1
        return count
    finally:
        if path is not None:
            file.close()


def _write_xlsx(hits: Iterable[Hit], path: Path) -> int:
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("hits")
        sheet.write_row(0, 0, HEADS)
        count = 0
        for count, row in enumerate(_rows(hits), 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(count, column, value)
                else:
                    sheet.write_number(count, column, value)
        return count
