"""Lines of a page that stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout.page import TextLine


@dataclass(slots=True)
class Row:
    """Lines of one height, left to right."""

    lines: list[TextLine]

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(line.box[1] for line in self.lines)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(line.box[3] for line in self.lines)

    @property
    def middle(self) -> float:
        """Y of the middle of the largest line."""
        return max(self.lines, key=lambda line: line.size).middle


def make_rows(lines: Sequence[TextLine]) -> list[Row]:
    """Group lines that stand side by side."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: (line.middle, line.left)):
        row = rows[-1] if rows else None
        if row is not None and abs(line.middle - row.middle) <= 0.5 * min(line.size, max(x.size for x in row.lines)):
            row.lines.append(line)
        else:
            rows.append(Row([line]))
    for row in rows:
        row.lines.sort(key=lambda line: line.left)
    return rows
