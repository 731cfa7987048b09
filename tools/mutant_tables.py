"""Faults in tables: a row taken away, a cell with another digit; only where the total row bears on them."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tools.mutant_faults import Mutant, Place, changed, other_digit

_MONEY = re.compile(r"金额|小计|合价|总价|合计|租金|价款")


@dataclass(frozen=True)
class _Cell:
    text: str
    place: Place

    @property
    def value(self) -> Decimal | None:
        try:
            return Decimal(re.sub(r"[,，¥￥元]", "", self.text))
        except InvalidOperation:
            return None


Rows = list[list[_Cell]]


def tables(text: str) -> Iterator[Rows]:
    """Runs of lines with tabs."""
    run: Rows = []
    position = 0
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            cells, at = [], position
            for words in line.split("\t"):
                cells.append(_Cell(words, (at, at + len(words))))
                at += len(words) + 1
            run.append(cells)
        elif run:
            yield run
            run = []
        position += len(line) + 1


def _summed(rows: Rows) -> Iterator[tuple[int, list[_Cell], _Cell]]:
    """Columns of money whose last row is the sum of the others: index, cells, total."""
    total = rows[-1]
    if not re.match(r"(?:合计|总计|共计)", total[0].text.strip()) or len(rows) < 4:
        return
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        return
    for column, head in enumerate(rows[0]):
        cells = [row[column] for row in rows[1:-1]]
        values = [cell.value for cell in cells]
        whole = total[column].value
        known = [v for v in values if v is not None]
        if _MONEY.search(head.text) and whole and len(known) == len(values) and sum(known) == whole:
            yield column, cells, total[column]


def cell(text: str, rng: random.Random) -> Iterator[Mutant]:
    """A digit in a summed column, or in its total."""
    for rows in tables(text):
        for _, cells, total in _summed(rows):
            beside = (total.place, *(c.place for row in rows[1:] for c in row))
            for one in rng.sample(cells, min(3, len(cells))):
                yield changed("cell", text, one.place, other_digit(one.text, rng), beside)
            yield changed("cell", text, total.place, other_digit(total.text, rng), tuple(c.place for c in cells))


def factor(text: str, rng: random.Random) -> Iterator[Mutant]:
    """A quantity or a price in a row whose product is printed beside it."""
    for rows in tables(text):
        for row in rows[1:]:
            known = [(n, c, c.value) for n, c in enumerate(row) if c.value is not None]
            for (_, a, va), (_, b, vb), (_, c, vc) in zip(known, known[1:], known[2:], strict=False):
                if va and vb and vc and va * vb == vc and va != 1 and vb != 1:
                    one = rng.choice([a, b])
                    new = other_digit(one.text, rng)
                    yield changed("factor", text, one.place, new, tuple(x.place for x in (a, b, c)))


def row(text: str, rng: random.Random) -> Iterator[Mutant]:
    """A row taken away from under its total."""
    for rows in tables(text):
        columns = list(_summed(rows))
        if columns:
            items = rows[1:-1]
            for gone in rng.sample(items, min(2, len(items))):
                start, end = gone[0].place[0], gone[-1].place[1] + 1
                move = end - start
                total = tuple((t.place[0] - move, t.place[1] - move) for _, _, t in columns)
                rest = tuple(
                    c.place if c.place[1] <= start else (c.place[0] - move, c.place[1] - move)
                    for r in items
                    if r is not gone
                    for c in r
                )
                note = f"[row {gone[0].text} {gone[1].text} deleted]"
                yield Mutant("row", text[:start] + text[end:], total[0], (*total, *rest), note)
