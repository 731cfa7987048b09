"""Columns of tables against their totals, and the total of the price list against that of the contract.

A table cut by a page break is one table by now. A total may be of all rows, of the rows since the last subtotal, of the
subtotals, or of the total above with tax and discounts; it is wrong when it is none of these.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.checks.figures import show, slip, text_of
from nlp.checks.grid import ADDITIVE, MONEY, Column, Grid, Line, Number, grids
from nlp.checks.ledger import Draft, Ledger
from schema.problem import Severity

_CENT = Decimal("0.01")
_ESTIMATED = re.compile(r"预计|暂定|暂估|估算|不超过|上限|限额|最高")


def columns(ledger: Ledger) -> Iterator[Draft]:
    """Σ column = total row."""
    for grid in grids(ledger):
        for column in grid.of_kind(*ADDITIVE):
            yield from _column(ledger, grid, column)


def _column(ledger: Ledger, grid: Grid, column: Column) -> Iterator[Draft]:
    rows: list[Line] = []
    for line in grid.lines:
        number = line.numbers.get(column.index)
        if line.kind in ("total", "subtotal") and number:
            draft = _total(ledger, column, rows, line, number)
            if draft:
                yield draft
        rows.append(line)


def _total(ledger: Ledger, column: Column, above: list[Line], line: Line, number: Number) -> Draft | None:
    items = _numbers(above, column, "item")
    if not items or _gaps(above, column):
        return None
    sums = _possible(above, column)
    allowed = max(_CENT / 2, *(n.last_place / 2 for n in (number, *items))) if number.value % 1 else _CENT / 2
    if any(abs(s - number.value) <= allowed for s in sums):
        return None
    reached = sums[0]
    fits = _fixes(items, number, reached)
    severity: Severity | None = None
    if any(x.kind == "adjustment" for x in above) or column.kind not in MONEY:
        if not fits:
            return None
        severity = "warning"
    return Draft(
        message=f"{ledger.part_name(line.row.id)}：{column.name}各行合计{show(reached)}，{line.label}写作{show(number.value)}，"
        f"相差{show(abs(reached - number.value))}",
        spans=(number.span, *(n.span for n in items)),
        elements=tuple(a.id for n in (number, *items) for a in ledger.contract.amounts if a.span.overlaps(n.span)),
        data={
            "formula": f"{' + '.join(text_of(n.value) for n in items)} = {text_of(reached)}",
            "left": text_of(reached),
            "right": text_of(number.value),
            "difference": text_of(number.value - reached),
            "row": line.row.id,
        },
        suggestion=fits[0] if len(fits) == 1 else None,
        severity=severity,
    )


def _numbers(lines: list[Line], column: Column, kind: str) -> list[Number]:
    return [x.numbers[column.index] for x in lines if x.kind == kind and column.index in x.numbers]


def _gaps(lines: list[Line], column: Column) -> bool:
    """Whether most rows say nothing in this column (a total of another table part)."""
    items = [x for x in lines if x.kind == "item"]
    return len(_numbers(lines, column, "item")) * 2 <= len(items)


def _possible(above: list[Line], column: Column) -> list[Decimal]:
    """Everything the total may be the sum of; the plain sum of the rows comes first."""
    last = max((n for n, x in enumerate(above) if x.kind in ("subtotal", "total")), default=-1)
    since = above[last + 1 :]
    whole = _sum(above, column, "item")
    found = [_sum(since, column, "item") or whole, whole, _sum(above, column, "subtotal")]
    extra = [n.value for n in _numbers(above, column, "adjustment")]
    totals = [n.value for n in _numbers(above, column, "total")]
    for base in [whole, *totals, *found[2:]]:
        found += [base + sum(extra), base - sum(extra), *(base + e for e in extra), *(base - e for e in extra), *extra]
    found += [sum(totals, Decimal(0)), *totals]
    return [value for value in found if value] or [whole]


def _sum(lines: list[Line], column: Column, kind: str) -> Decimal:
    return sum((n.value for n in _numbers(lines, column, kind)), Decimal(0))


def _fixes(items: list[Number], total: Number, reached: Decimal) -> list[str]:
    """Where one other character would make the column add up."""
    found = []
    right = slip(total.text, reached, total.value)
    if right:
        found.append(f"{total.text}→{right}")
    for number in items:
        right = slip(number.text, number.value + total.value - reached, number.value)
        if right:
            found.append(f"{number.text}→{right}")
    return found


def against_contract(ledger: Ledger) -> Iterator[Draft]:
    """Total of the only price list = contract total."""
    price = ledger.total
    if price is None or ledger.contract.kind == "purchase_framework":
        return
    sentence = ledger.sentence(price.span)
    if sentence and _ESTIMATED.search(sentence.text):
        return
    found = [(g, c, x) for g in grids(ledger) for c in g.of_kind("amount", "gross") for x in g.lines if _is_sum(x, c)]
    if len({id(g) for g, _, _ in found}) != 1 or not found[0][0].of_kind("price"):
        return
    totals = {x.numbers[c.index].value for _, c, x in found}
    _, column, line = found[-1]
    number = line.numbers[column.index]
    if price.value in totals or _explained(ledger, totals, price.value) or _is_periodic(column):
        return
    unit = price.value / number.value if number.value else Decimal(0)
    note = "，可能混用了元与万元" if unit in (10_000, Decimal(1) / 10_000) else ""
    yield Draft(
        message=f"{ledger.part_name(line.row.id)}合计{show(number.value)}元，与合同总价{show(price.value)}元不符{note}",
        spans=(number.span, price.span),
        elements=(price.id, *(a.id for a in ledger.contract.amounts if a.span.overlaps(number.span))),
        data={"formula": "价格表合计 = 合同总价", "left": text_of(number.value), "right": text_of(price.value)},
        suggestion=slip(number.text, price.value, number.value),
    )


def _is_periodic(column: Column) -> bool:
    """每月合计, 年度费用: what one month or year costs."""
    return bool(re.search(r"[每/](?:人)?[月季年日天周]|月度|年度|季度|^月|^年|(?:每|单)(?:次|批|人)", column.name))


def _is_sum(line: Line, column: Column) -> bool:
    return line.kind == "total" and column.index in line.numbers


def _explained(ledger: Ledger, totals: set[Decimal], price: Decimal) -> bool:
    """Tax, a discount or another sum of the contract makes up the difference."""
    rates = {r.value for r in ledger.contract.rates}
    sums = {a.value for a in ledger.contract.amounts}
    for total in totals:
        if any(abs(total * (1 + r) - price) <= 1 or abs(total * (1 - r) - price) <= 1 for r in rates):
            return True
        if any(abs(total * r - price) <= 1 for r in rates) or abs(total - price) in sums:
            return True
    return False
