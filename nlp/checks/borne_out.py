"""Numbers that the contract bears out: by a twin, by their row, by their column."""

from nlp.checks.formulas import best_fits
from nlp.checks.grid import Grid, grids
from nlp.checks.ledger import Ledger
from schema.span import Span


def is_borne_out(ledger: Ledger, place: Span) -> bool:
    """Whether other numbers speak for the one at a place as it stands.

    Args:
        ledger: of the contract.
        place: of the number.
    """
    amount = next((a for a in ledger.contract.amounts if a.span.overlaps(place)), None)
    if amount is not None:
        twins = (a for a in ledger.contract.amounts if a.same_as == amount.id or amount.same_as == a.id)
        if any(twin.value == amount.value for twin in twins):
            return True
    return any(grid.table.span.contains(place) and _in_table(grid, place) for grid in grids(ledger))


def _in_table(grid: Grid, place: Span) -> bool:
    """In a row that follows the formula of its table."""
    for fit in best_fits(grid):
        if fit.is_borne_out:
            for line in fit.lines:
                numbers = fit.formula.numbers(line) or ()
                if fit.formula.holds(line) and any(n.span.overlaps(place) for n in numbers):
                    return True
    return False
