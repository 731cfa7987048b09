"""How well ruled tables were read: cells in their place with their spans, and the figures in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout.cells import fill_grid, within
from ingest.layout.grid import OCR_TOLERANCE, find_grids
from ingest.layout.page import PageContent
from tools.ocr_score import distance, normal
from tools.ocr_truth import TrueCell, TruePage

_NUMBER = re.compile(r"[¥￥]?\d[\d,]*(?:\.\d+)?%?")
_ALIKE = 0.5


@dataclass
class TableScore:
    """Counts over tables: cells with words, those at the right row and column with the right spans; figures in them."""

    cells: int = 0
    placed: int = 0
    figures: int = 0
    exact: int = 0

    def __add__(self, other: "TableScore") -> "TableScore":
        """Counts of both."""
        return TableScore(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def score_tables(truth: TruePage, page: PageContent) -> TableScore:
    """Compare the tables of a page, the part of each that stands on it.

    Args:
        truth: what is printed.
        page: what was read, before anything is taken for lay-out.
    """
    total = TableScore()
    read = _grids(page)
    for _, cells in truth.tables:
        total += max((_compared(cells, grid) for grid in read), key=lambda score: score.placed, default=_none(cells))
    return total


_Place = tuple[int, int, int, int]


def _grids(page: PageContent) -> list[dict[_Place, str]]:
    """Each ruled table of a page: words of the cells by row, column and spans."""
    found = []
    grids, _ = find_grids(page.rules, tolerance=OCR_TOLERANCE)
    for grid in grids:
        table, contents = fill_grid(grid, [line for line in page.lines if within(line, grid.box)], page.info.number)
        found.append(
            {
                (cell.row, cell.col, cell.row_span, cell.col_span): normal("".join(block.text for block in inside))
                for cell, inside in zip(table.cells, contents, strict=True)
            }
        )
    return found


def _compared(cells: Sequence[TrueCell], read: dict[_Place, str]) -> TableScore:
    first = min(cell.row for cell in cells)
    score = _none(cells)
    for cell in cells:
        words, got = normal(cell.text), read.get((cell.row - first, cell.col, cell.row_span, cell.col_span))
        if words and got is not None and distance(words, got) <= _ALIKE * len(words):
            score.placed += 1
            score.exact += bool(_NUMBER.fullmatch(words)) and words == got
    return score


def _none(cells: Sequence[TrueCell]) -> TableScore:
    words = [normal(cell.text) for cell in cells if normal(cell.text)]
    return TableScore(len(words), 0, sum(bool(_NUMBER.fullmatch(word)) for word in words), 0)
