"""Which formula a table follows: 数量 × 单价 = 金额, × 周期, net + tax = gross, month × 12 = year.

Heads only suggest a formula; it counts when the rows bear it out. A table whose rows follow none is left alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from nlp.checks.figures import show
from nlp.checks.grid import MONEY, Column, Grid, Line, Number

_HALF_CENT = Decimal("0.005")
_BORNE_OUT = 0.6
_MONTHS = (("月", 1), ("季", 3), ("半年", 6), ("年", 12))
Compute = Callable[[tuple[Number, ...]], Decimal]


@dataclass(frozen=True)
class Formula:
    """A relation between columns.

    Attributes:
        target: column that is computed.
        factors: columns it is computed of.
        compute: value of the target from those of the factors.
        sign: between the factors, for people.
        constant: a number that takes part (12 months), or None.
    """

    target: Column
    factors: tuple[Column, ...]
    compute: Compute
    sign: str = "×"
    constant: Decimal | None = None

    def numbers(self, line: Line) -> tuple[Number, ...] | None:
        """Numbers of the factors and the target in a row; None when a cell holds none."""
        wanted = [line.numbers.get(c.index) for c in (*self.factors, self.target)]
        return tuple(n for n in wanted if n) if all(wanted) else None

    def value(self, line: Line) -> Decimal | None:
        """What the target of a row should be."""
        numbers = self.numbers(line)
        return self.compute(numbers[:-1]) if numbers else None

    def holds(self, line: Line) -> bool:
        """Whether a row bears it out, to half of the last printed place."""
        value, printed = self.value(line), line.numbers.get(self.target.index)
        if value is None or printed is None:
            return False
        return abs(value - printed.value) <= max(_HALF_CENT, printed.last_place / 2)

    def words(self, line: Line) -> str:
        """单价35 × 数量269 × 周期12."""
        numbers = self.numbers(line) or ()
        parts = [f"{_bare(c.name)}{show(n.value)}" for c, n in zip(self.factors, numbers, strict=False)]
        if self.constant is not None:
            parts.append(show(self.constant))
        return f" {self.sign} ".join(parts)


@dataclass(frozen=True)
class Fit:
    """How well a formula fits a table."""

    formula: Formula
    lines: tuple[Line, ...]
    holding: int

    @property
    def is_borne_out(self) -> bool:
        """Whether enough rows follow it to call the others wrong."""
        return self.holding >= 2 and self.holding / len(self.lines) >= _BORNE_OUT


def _bare(name: str) -> str:
    return re.sub(r"[(（][^()（）]*[)）]|\s", "", name)


def best_fits(grid: Grid) -> Iterator[Fit]:
    """For each computed column the formula that most rows follow; see `_rank` for equals."""
    for target in grid.of_kind(*MONEY):
        fits = [_fit(grid, formula) for formula in _candidates(grid, target)]
        usable = [fit for fit in fits if fit.lines]
        if usable:
            yield max(usable, key=_rank)


def _rank(fit: Fit) -> tuple[int, int, bool, int]:
    """Most rows first; of equals the formula of printed columns before one with a constant, and the shorter one."""
    return fit.holding, len(fit.lines), fit.formula.constant is None, -len(fit.formula.factors)


def _fit(grid: Grid, formula: Formula) -> Fit:
    lines = tuple(line for line in grid.lines if line.kind == "item" and formula.numbers(line))
    return Fit(formula, lines, sum(formula.holds(line) for line in lines))


def _candidates(grid: Grid, target: Column) -> Iterator[Formula]:
    prices, counts, periods = grid.of_kind("price"), grid.of_kind("quantity"), grid.of_kind("period")
    if target.kind != "tax":
        for price, count in product(prices, counts):
            yield Formula(target, (price, count), _times)
            for period in periods:
                yield Formula(target, (price, count, period), _times)
        for price, period in product(prices, periods):
            yield Formula(target, (price, period), _times)
    yield from _taxed(grid, target)
    yield from _periodic(grid, target)
    yield from _summed(grid, target)


def _taxed(grid: Grid, target: Column) -> Iterator[Formula]:
    nets, taxes, rates = grid.of_kind("net"), grid.of_kind("tax"), grid.of_kind("tax_rate")
    bases = nets or [c for c in grid.of_kind("amount") if c is not target]
    if target.kind == "tax":
        for base, rate in product(bases, rates):
            yield Formula(target, (base, rate), _times)
        for base, rate in product([c for c in grid.of_kind("gross", "amount") if c is not target], rates):
            yield Formula(target, (base, rate), _tax_inside)
    elif target.kind in ("gross", "amount"):
        for base, tax in product([c for c in bases if c is not target], taxes):
            yield Formula(target, (base, tax), _plus, "+")
        for base, rate in product([c for c in bases if c is not target], rates):
            yield Formula(target, (base, rate), _with_tax)


def _periodic(grid: Grid, target: Column) -> Iterator[Formula]:
    """月租金 and 年租金."""
    long = _months(target.name)
    for base in grid.of_kind("amount", "price"):
        short = _months(base.name)
        if base is not target and long and short and short < long:
            factor = Decimal(long) / Decimal(short)
            yield Formula(target, (base,), lambda n, k=factor: n[0].value * k, "×", factor)  # type: ignore[misc]
            for period in grid.of_kind("period"):  # the first year may have ten months
                yield Formula(target, (base, period), _times)


def _months(name: str) -> int | None:
    return next((n for word, n in reversed(_MONTHS) if re.match(rf"(?:每|按)?{word}", name)), None)


def _summed(grid: Grid, target: Column) -> Iterator[Formula]:
    """设备费 + 安装费 = 合计, over the money columns to the left."""
    if re.search(r"合计|小计|总", target.name):
        for kinds in (MONEY, (*MONEY, "price")):  # 工资（元/人/月） looks like a price
            left = tuple(c for c in grid.of_kind(*kinds) if c.index < target.index)
            if len(left) > 1:
                yield Formula(target, left, _plus, "+")


def _times(numbers: tuple[Number, ...]) -> Decimal:
    result = Decimal(1)
    for number in numbers:
        result *= number.value
    return result


def _plus(numbers: tuple[Number, ...]) -> Decimal:
    return sum((n.value for n in numbers), Decimal(0))


def _with_tax(numbers: tuple[Number, ...]) -> Decimal:
    return numbers[0].value * (1 + numbers[1].value)


def _tax_inside(numbers: tuple[Number, ...]) -> Decimal:
    return numbers[0].value / (1 + numbers[1].value) * numbers[1].value
