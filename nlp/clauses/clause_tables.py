"""Contracts printed as a table: `一、租期 | 自2025年3月1日起…` in each row.

The number and name of the clause stand in the first cell, its words in the second. Such rows are clauses and no rows of
a table; a bill of quantities with `一、土建工程` in its first cell has figures in the second and stays a table.
"""

import re
from collections.abc import Iterator, Sequence

from nlp.clauses.grammar import match_marker
from nlp.clauses.headings import is_title
from schema.table import Row, Table

_FAMILIES = frozenset({"chinese", "article", "capital", "chinese_bracket"})
_SENTENCE = re.compile(r"[。；;，,、：:]|[一-龥]{10}")
_LEAST = 3


def clause_rows(tables: Sequence[Table], text: str) -> frozenset[int]:
    """Offsets where a row begins that is a clause.

    Args:
        tables: of the document.
        text: its folded canonical text.
    """
    return frozenset(start for table in tables for start in _of_table(table, text))


def _of_table(table: Table, text: str) -> list[int]:
    found: list[int] = []
    sentences = 0
    for first, second in _pairs(table, text):
        marker = match_marker(first[1], 0)
        if marker is None or marker.family not in _FAMILIES or marker.weight < _LEAST:
            continue
        name = first[1][marker.end :].strip()
        if marker.value != len(found) + 1 or (name and not is_title(name)):
            return []
        found.append(first[0])
        sentences += bool(_SENTENCE.search(second))
    return found if len(found) >= _LEAST and sentences * 2 > len(found) else []


def _pairs(table: Table, text: str) -> Iterator[tuple[tuple[int, str], str]]:
    """Offset and words of the first cell, and the words of the second, of rows that have no more."""
    head = (Row(id="", cells=cells) for cells in table.header_rows)
    for row in (*head, *table.rows):
        cells = [cell for cell in row.cells if cell.span.of(text).strip()]
        if len(cells) == 2:
            words = cells[0].span.of(text)
            start = cells[0].span.start + len(words) - len(words.lstrip())
            yield (start, words.strip()), cells[1].span.of(text)
