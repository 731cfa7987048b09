"""Numbers of clauses and table rows: printed twice, or left out."""

from collections.abc import Iterator
from itertools import pairwise

from nlp.checks.grid import grids
from nlp.checks.ledger import Draft, Ledger
from schema.finding import FindingCode
from schema.span import Span


def doubled(ledger: Ledger) -> Iterator[Draft]:
    """Clause numbers printed twice, as the tree builder saw them."""
    yield from _seen(ledger, "duplicate_number", "编号重复：{number}出现两次")


def gaps(ledger: Ledger) -> Iterator[Draft]:
    """Clause numbers left out."""
    yield from _seen(ledger, "numbering_gap", "编号不连续：{before}之后是{number}")


def _seen(ledger: Ledger, code: FindingCode, message: str) -> Iterator[Draft]:
    for found in ledger.structure.findings:
        if found.code == code:
            words = {key: str(found.data.get(key, "")).strip() for key in ("before", "number")}
            yield Draft(message.format(**words), found.spans, found.elements, dict(found.data))


def rows_doubled(ledger: Ledger) -> Iterator[Draft]:
    """Row numbers printed twice."""
    for before, number, spans, row in _row_steps(ledger):
        if number == before:
            yield Draft(f"{ledger.part_name(row)}：序号{number}出现两次", spans, data={"number": number, "row": row})


def row_gaps(ledger: Ledger) -> Iterator[Draft]:
    """Row numbers left out."""
    for before, number, spans, row in _row_steps(ledger):
        if number > before + 1:
            message = f"{ledger.part_name(row)}：序号不连续，{before}之后是{number}"
            yield Draft(message, spans, data={"before": before, "number": number, "row": row})


def _row_steps(ledger: Ledger) -> Iterator[tuple[int, int, tuple[Span, ...], str]]:
    for grid in grids(ledger):
        head = grid.columns[0]
        if not head.name.strip() or not any(word in head.name for word in ("序号", "编号", "No", "项次")):
            continue
        lines = [x for x in grid.lines if 0 in x.numbers and x.numbers[0].text.isdigit() and not x.numbers[0].unit]
        steps = [(a, b) for a, b in pairwise(lines)]
        odd = [(a, b) for a, b in steps if b.numbers[0].value - a.numbers[0].value not in (1,)]
        if len(odd) * 4 > len(steps):
            continue  # numbers of another sort
        for a, b in odd:
            spans = (b.numbers[0].span, a.numbers[0].span)
            yield int(a.numbers[0].value), int(b.numbers[0].value), spans, b.row.id
