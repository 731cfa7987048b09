"""Drawn rules to table cells, the same for a PDF's paths and for lines found in a picture.

Rules are brought onto common positions; where they cut the page into small fields, fields without a rule between them
are one cell (merged cells fall out by themselves). A field that is not closed on all four sides is no cell, so that
stray strokes, arcs of a seal and underlines do no harm.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.layout.page import Rule
from schema.base import Box

_COVERED: Final = 0.6
# how far rules may miss each other, in points: drawn exactly, or found in a picture
DRAWN_TOLERANCE: Final = 2.0
OCR_TOLERANCE: Final = 3.3


@dataclass(slots=True)
class GridCell:
    """A cell of the grid; rows and columns from 0."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box


@dataclass(slots=True)
class Grid:
    """One ruled table.

    Attributes:
        box: its outer edge.
        cells: in row order.
        xs, ys: positions of its column and row edges.
    """

    box: Box
    cells: list[GridCell]
    xs: list[float]
    ys: list[float]


@dataclass(slots=True)
class _Bars:
    """All rules at one position: `at` across, `spans` along."""

    at: float
    spans: list[tuple[float, float]] = field(default_factory=list)

    def covers(self, start: float, end: float, slack: float) -> bool:
        """Whether rules cover most of a stretch."""
        start, end = start + slack, end - slack
        if end <= start:
            start = end = (start + end) / 2
            return any(low <= start <= high for low, high in self.spans)
        covered = sum(max(0.0, min(high, end) - max(low, start)) for low, high in self.spans)
        return covered >= _COVERED * (end - start)


def find_grids(rules: Sequence[Rule], *, tolerance: float) -> tuple[list[Grid], list[Rule]]:
    """Find the ruled tables of a page.

    Args:
        rules: straight lines of the page.
        tolerance: how far rules may miss each other, in points.

    Returns:
        Tables of at least two cells from top to bottom, and the rules that belong to none.
    """
    lying = _bars([(rule.y0, rule.x0, rule.x1) for rule in rules if rule.horizontal], tolerance)
    standing = _bars([(rule.x0, rule.y0, rule.y1) for rule in rules if not rule.horizontal], tolerance)
    grids: list[Grid] = []
    for group_lying, group_standing in _connected(lying, standing, tolerance):
        grid = _grid(group_lying, group_standing, tolerance)
        if grid is not None and len(grid.cells) >= 2:
            grids.append(grid)
    free = [rule for rule in rules if not any(_inside(rule, grid.box, tolerance) for grid in grids)]
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0])), free


def _inside(rule: Rule, box: Box, slack: float) -> bool:
    x, y = (rule.x0 + rule.x1) / 2, (rule.y0 + rule.y1) / 2
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack


def _bars(pieces: list[tuple[float, float, float]], tolerance: float) -> list[_Bars]:
    """Bring rules at nearly one position together and join their pieces."""
    bars: list[_Bars] = []
    for at, start, end in sorted(pieces):
        low, high = min(start, end), max(start, end)
        if bars and at - bars[-1].at <= tolerance:
            bars[-1].spans.append((low, high))
        else:
            bars.append(_Bars(at, [(low, high)]))
    for bar in bars:
        joined: list[tuple[float, float]] = []
        for low, high in sorted(bar.spans):
            if joined and low - joined[-1][1] <= tolerance:
                joined[-1] = (joined[-1][0], max(joined[-1][1], high))
            else:
                joined.append((low, high))
        bar.spans = joined
    return bars


def _connected(lying: list[_Bars], standing: list[_Bars], tolerance: float) -> list[tuple[list[_Bars], list[_Bars]]]:
    """Groups of rules that meet, piece by piece: two tables side by side share positions but no crossing."""
    pieces = [(bar.at, low, high, True) for bar in lying for low, high in bar.spans]
    pieces += [(bar.at, low, high, False) for bar in standing for low, high in bar.spans]
    parent = list(range(len(pieces)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    flat = [place for place, piece in enumerate(pieces) if piece[3]]
    upright = [place for place, piece in enumerate(pieces) if not piece[3]]
    for one in flat:
        y, x0, x1, _ = pieces[one]
        for other in upright:
            x, y0, y1, _ = pieces[other]
            if x0 - tolerance <= x <= x1 + tolerance and y0 - tolerance <= y <= y1 + tolerance:
                parent[root(one)] = root(other)
    groups: dict[int, tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]] = {}
    for place, (at, low, high, is_lying) in enumerate(pieces):
        groups.setdefault(root(place), ([], []))[0 if is_lying else 1].append((at, low, high))
    return [
        (_bars(one, tolerance), _bars(other, tolerance))
        for one, other in groups.values()
        if len(one) > 1 and len(other) > 1
    ]


def _grid(lying: list[_Bars], standing: list[_Bars], tolerance: float) -> Grid | None:
    """The cells of one connected group of rules."""
    rows, cols = len(lying) - 1, len(standing) - 1
    if rows < 1 or cols < 1 or rows * cols > 40_000:
        return None
    xs, ys = [bar.at for bar in standing], [bar.at for bar in lying]

    def rule_above(row: int, col: int) -> bool:
        return lying[row].covers(xs[col], xs[col + 1], tolerance)

    def rule_before(row: int, col: int) -> bool:
        return standing[col].covers(ys[row], ys[row + 1], tolerance)

    regions = _regions(rows, cols, rule_above, rule_before)
    closed = [
        region
        for region in regions
        if all(rule_above(region[0], col) and rule_above(region[2], col) for col in range(region[1], region[3]))
        and all(rule_before(row, region[1]) and rule_before(row, region[3]) for row in range(region[0], region[2]))
    ]
    if not closed:
        return None
    # positions that bound no cell are strokes that happened to touch the table
    used_rows = sorted({edge for region in closed for edge in (region[0], region[2])})
    used_cols = sorted({edge for region in closed for edge in (region[1], region[3])})
    cells = [
        GridCell(
            row=used_rows.index(top),
            col=used_cols.index(left),
            row_span=used_rows.index(bottom) - used_rows.index(top),
            col_span=used_cols.index(right) - used_cols.index(left),
            box=(xs[left], ys[top], xs[right], ys[bottom]),
        )
        for top, left, bottom, right in sorted(closed)
    ]
    used_xs, used_ys = [xs[edge] for edge in used_cols], [ys[edge] for edge in used_rows]
    return Grid((used_xs[0], used_ys[0], used_xs[-1], used_ys[-1]), cells, used_xs, used_ys)


_Region = tuple[int, int, int, int]
_HasRule = Callable[[int, int], bool]


def _regions(rows: int, cols: int, rule_above: _HasRule, rule_before: _HasRule) -> list[_Region]:
    """Rectangles of fields without a rule between them: (top, left, bottom, right), half open."""
    taken = [[False] * cols for _ in range(rows)]
    regions: list[_Region] = []
    for row in range(rows):
        for col in range(cols):
            if taken[row][col]:
                continue
            right = col + 1
            while right < cols and not taken[row][right] and not rule_before(row, right):
                right += 1
            bottom = row + 1
            while bottom < rows and not any(rule_above(bottom, inner) for inner in range(col, right)):
                if any(rule_before(bottom, inner) for inner in range(col + 1, right)):
                    break
                bottom += 1
            for r in range(row, bottom):
                for c in range(col, right):
                    taken[r][c] = True
            regions.append((row, col, bottom, right))
    return regions
