"""The clause tree for the terminal: parts, clauses, tables, each with what it is about and its page.

    正文                                                            第2页
      第一条 合同文件                      合同文件                 第2页
        a 本合同书                         合同文件                 第2页

Types are named as in searches and on the pages, so that what is seen can be asked for (`--where type=合同文件`).

Wide characters take two columns, so the columns stand whatever the words are.
"""

import shutil
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from schema.citation import PART_WORDS
from search.labels import label

if TYPE_CHECKING:
    from schema.clause import Clause, Part
    from schema.contract import Contract
    from schema.table import Table

LEAST_WIDTH = 60


@dataclass(frozen=True)
class TreeLine:
    """One line of the tree.

    Attributes:
        depth: from 0.
        label: number and heading; for a clause without a heading its first words.
        types: what it is about, as people call it.
        page: of its first character, None for formats without pages.
        id: address of the part, clause or table.
    """

    depth: int
    label: str
    types: tuple[str, ...]
    page: int | None
    id: str


def tree_lines(contract: "Contract") -> list[TreeLine]:
    """All parts, clauses and tables in text order.

    Args:
        contract: the record.
    """
    pages = _Pages(contract)
    entries: list[tuple[int, int, TreeLine]] = []
    nested = {part.id for part in contract.parts if "/" in part.id}
    for part in contract.parts:
        depth = 1 if part.id in nested else 0
        entries.append((part.span.start, 0, TreeLine(depth, _part(part), (), pages.at(part.span.start), part.id)))
    chaptered = {clause.part for clause in contract.clauses if clause.level == 0}
    for clause in contract.clauses:
        depth = clause.level + (clause.part in chaptered)
        line = TreeLine(depth, _clause(contract, clause), _types(clause), pages.at(clause.span.start), clause.id)
        entries.append((clause.span.start, 1, line))
    for table in contract.tables:
        line = TreeLine(1, _table(table), (), pages.at(table.span.start), table.id)
        entries.append((table.span.start, 2, line))
    return [line for _, _, line in sorted(entries, key=lambda entry: entry[:2])]


def format_tree(lines: Sequence[TreeLine], width: int) -> Iterator[str]:
    """Lines as text, cut to a width.

    Args:
        lines: of the tree.
        width: columns of the terminal.
    """
    width = max(width, LEAST_WIDTH)
    right = max((columns(_page(line)) for line in lines), default=0)
    middle = min(max((columns(" ".join(line.types)) for line in lines), default=0), width // 3)
    left = width - right - middle - 2
    for line in lines:
        words = cut("  " * line.depth + line.label, left)
        types = cut(" ".join(line.types), middle)
        page = _page(line)
        yield f"{pad(words, left)} {pad(types, middle)} {' ' * (right - columns(page))}{page}".rstrip()


def print_tree(contract: "Contract") -> None:
    """To stdout: aligned on a terminal, parted by tabs in a pipe.

    Args:
        contract: the record.
    """
    lines = tree_lines(contract)
    if sys.stdout.isatty():
        print("\n".join(format_tree(lines, shutil.get_terminal_size().columns)))
        return
    for line in lines:
        print("\t".join(("  " * line.depth + line.label, _page(line), " ".join(line.types), line.id)))


def columns(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, width: int) -> str:
    """Fill up with blanks."""
    return text + " " * (width - columns(text))


def cut(text: str, width: int) -> str:
    """Cut to a width, with a mark where something is missing."""
    if columns(text) <= width:
        return text
    taken, kept = 0, 0
    for char in text:
        taken += 2 if east_asian_width(char) in "WF" else 1
        if taken > width - 1:
            break
        kept += 1
    return text[:kept] + "…"


class _Pages:
    """Page of an offset."""

    def __init__(self, contract: "Contract") -> None:
        found = sorted((line.span.start, page.number) for page in contract.pages for line in page.lines)
        self._starts, self._numbers = [start for start, _ in found], [number for _, number in found]

    def at(self, offset: int) -> int | None:
        return self._numbers[max(bisect_right(self._starts, offset) - 1, 0)] if self._numbers else None


def _page(line: TreeLine) -> str:
    return f"第{line.page}页" if line.page else ""


def _types(clause: "Clause") -> tuple[str, ...]:
    return tuple(label("type", kind) for kind in clause.types)


def _part(part: "Part") -> str:
    name = PART_WORDS[part.kind]
    if part.kind == "annex":
        name += part.id.removeprefix("annex")
    return f"{name} {part.title}" if part.title else name


def _clause(contract: "Contract", clause: "Clause") -> str:
    words = clause.heading
    if not words and clause.own_spans:
        words = " ".join(clause.own_spans[0].of(contract.text)[:80].split())
    return " ".join(filter(None, (clause.number, words)))


def _table(table: "Table") -> str:
    rows = [row.id for row in table.rows]
    place = f" {rows[0]} … {rows[-1]}" if len(rows) > 1 else f" {rows[0]}" if rows else ""
    return f"表 {' | '.join(table.columns)[:60]}{place}"
