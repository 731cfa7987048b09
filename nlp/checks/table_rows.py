"""Rows of tables against the formula of their table."""

from collections.abc import Iterator
from decimal import Decimal

from nlp.checks.figures import show, slip, text_of
from nlp.checks.formulas import Fit, Formula, best_fits
from nlp.checks.grid import Grid, Line, Number, grids
from nlp.checks.ledger import Draft, Ledger
from schema.problem import Severity
from schema.span import Span

_UNITS = (Decimal(10_000), Decimal(1) / 10_000)


def rows(ledger: Ledger) -> Iterator[Draft]:
    """Rows that do not follow the formula the other rows follow."""
    for grid in grids(ledger):
        for fit in best_fits(grid):
            if fit.is_borne_out:
                wrong = [line for line in fit.lines if not fit.formula.holds(line)]
                for line in wrong:
                    yield from _row(ledger, grid, fit, line)
            elif fit.holding == 0:
                yield from _few(ledger, grid, fit)


def _row(ledger: Ledger, grid: Grid, fit: Fit, line: Line, severity: Severity | None = None) -> Iterator[Draft]:
    formula = fit.formula
    numbers, wanted = formula.numbers(line), formula.value(line)
    if numbers is None or wanted is None:
        return
    printed = numbers[-1]
    if abs(wanted - printed.value) <= _rounded_price(formula, numbers):
        if fit.holding < 3:
            return
        severity = "warning"
    yield _draft(ledger, grid, formula, line, severity)


def _rounded_price(formula: Formula, numbers: tuple[Number, ...]) -> Decimal:
    """How far rounding of a unit price to the cent (33.33 for a third of 100) may carry the product."""
    allowed = Decimal(0)
    for n, column in enumerate(formula.factors):
        if column.kind == "price" and numbers[n].last_place <= Decimal("0.01") and numbers[n].value:
            allowed += abs(formula.compute(numbers[:-1]) / numbers[n].value) * numbers[n].last_place / 2
    return allowed


def _few(ledger: Ledger, grid: Grid, fit: Fit) -> Iterator[Draft]:
    """A table of one or two rows: the heads alone say what is multiplied."""
    formula = fit.formula
    kinds = {c.kind for c in formula.factors}
    if len(fit.lines) > 2 or kinds != {"price", "quantity"} or grid.of_kind("period", "tax_rate"):
        return
    for line in fit.lines:
        numbers, wanted = formula.numbers(line), formula.value(line)
        if numbers is None or wanted is None or abs(wanted - numbers[-1].value) <= _rounded_price(formula, numbers):
            continue
        slipped = any(_corrections(formula, line))
        if slipped or _unit(wanted, numbers[-1].value) or len(fit.lines) == 1:
            yield _draft(ledger, grid, formula, line, None if slipped else "warning")


def _unit(wanted: Decimal, printed: Decimal) -> bool:
    return bool(printed) and wanted / printed in _UNITS


def _draft(ledger: Ledger, grid: Grid, formula: Formula, line: Line, severity: Severity | None) -> Draft:
    numbers = formula.numbers(line) or ()
    wanted, printed = formula.value(line) or Decimal(0), numbers[-1]
    fixes = list(_corrections(formula, line))
    target_total = _column_holds(grid, formula)
    chosen = [f for f in fixes if (f[0] is printed) != target_total] if target_total is not None else fixes
    first = chosen[0][0] if len(chosen) == 1 else printed
    places = [n.span for n in (first, *(n for n in (printed, *numbers[:-1]) if n is not first))]
    unit = "，可能混用了元与万元" if _unit(wanted, printed.value) else ""
    return Draft(
        message=f"{ledger.part_name(line.row.id)}：{formula.words(line)} = {show(wanted)}，"
        f"{formula.target.name}写作{show(printed.value)}{unit}",
        spans=tuple(places),
        elements=_elements(ledger, places),
        data={
            "formula": f"{formula.words(line)} = {text_of(wanted)}",
            "left": text_of(wanted),
            "right": text_of(printed.value),
            "difference": text_of(printed.value - wanted),
            "row": line.row.id,
        },
        suggestion=f"{chosen[0][0].text}→{chosen[0][1]}" if len(chosen) == 1 else None,
        severity=severity,
    )


def _elements(ledger: Ledger, places: list[Span]) -> tuple[str, ...]:
    return tuple(a.id for p in places for a in ledger.contract.amounts if a.span.overlaps(p))


def _corrections(formula: Formula, line: Line) -> Iterator[tuple[Number, str]]:
    """Cells in which one other character would make the row fit, with the better reading."""
    numbers, wanted = formula.numbers(line), formula.value(line)
    if numbers is None or wanted is None:
        return
    printed = numbers[-1]
    right = slip(printed.text, wanted, printed.value)
    if right:
        yield printed, right
    for n, number in enumerate(numbers[:-1]):
        rest = formula.compute((*numbers[:n], Number(Decimal(1), number.span, "1"), *numbers[n + 1 : -1]))
        if formula.sign == "×" and rest and formula.factors[n].kind != "tax_rate":
            right = slip(number.text, printed.value / rest, number.value)
            if right:
                yield number, right


def _column_holds(grid: Grid, formula: Formula) -> bool | None:
    """Whether the column of the target adds up as printed; None without a total."""
    total = next((x for x in grid.lines if x.kind == "total" and formula.target.index in x.numbers), None)
    if total is None or any(x.kind == "subtotal" for x in grid.lines):
        return None
    items = [
        x.numbers[formula.target.index].value
        for x in grid.lines
        if x.kind == "item" and formula.target.index in x.numbers
    ]
    return sum(items, Decimal(0)) == total.numbers[formula.target.index].value


def stray_stops(ledger: Ledger) -> Iterator[Draft]:
    """`13.` in a column where the row holds with 13: a speck read as a stop."""
    for grid in grids(ledger):
        for line in grid.lines:
            for number in line.numbers.values():
                if number.stray:
                    right = number.text.rstrip(".")
                    yield Draft(
                        message=f"{ledger.part_name(line.row.id)}：“{number.text.rstrip('.')}.”后面多出一个点",
                        spans=(Span(start=number.span.start, end=number.span.start + len(right) + 1),),
                        data={"reading": right + ".", "row": line.row.id},
                        suggestion=right,
                    )
