"""Addresses of table rows: `annex1/9` by the printed number, `annex1/total`, `annex1/t2/9` in a second table."""

import re
from collections.abc import Iterable, Sequence

from schema.clause import Clause, Part
from schema.table import Row, Table

_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|总\s*价|共\s*计|合同总[价额]|总金额|小写|大写|合计金额|total)", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(\d{1,3})\s*[.、]?\s*$")


def address_tables(tables: Sequence[Table], parts: Sequence[Part], clauses: Sequence[Clause]) -> tuple[Table, ...]:
    """Give tables their part and rows their final ids.

    Args:
        tables: from ingest.
        parts: of the contract, an annex before the parts inside it.
        clauses: where a row of the first table would be named like a clause, it is addressed as `main/t1/3`. Rows that
            are clauses themselves are no rows.
    """
    begun = {clause.span.start for clause in clauses}
    taken = {clause.id for clause in clauses}
    count: dict[str, int] = {}
    made = []
    for place, table in enumerate(tables, 1):
        part = _part_of(table, parts, split=any(_begins(row, begun) for row in table.rows))
        count[part] = count.get(part, 0) + 1
        table = table.model_copy(update={"rows": tuple(row for row in table.rows if not _begins(row, begun))})
        rows = tuple(_rename(table.rows, part if count[part] == 1 else f"{part}/t{count[part]}"))
        if any(row.id in taken for row in rows):
            rows = tuple(_rename(table.rows, f"{part}/t{count[part]}"))
        made.append(table.model_copy(update={"id": f"t{place}", "part": part, "rows": rows}))
    return tuple(made)


def _begins(row: Row, starts: set[int]) -> bool:
    return any(cell.span.start in starts for cell in row.cells[:2])


def _part_of(table: Table, parts: Sequence[Part], *, split: bool) -> str:
    """The part a table lies in; of a contract printed as a table, the part that its other rows begin in."""
    if split:
        first = (p.id for p in parts if p.span.start <= table.span.start < p.span.end)
        return next(first, "main")
    inner = [p for p in parts if p.span.start < table.span.end <= p.span.end]
    return min(inner, key=lambda p: len(p.span)).id if inner else "main"


def _rename(rows: Sequence[Row], prefix: str) -> Iterable[Row]:
    used: set[str] = set()
    for place, row in enumerate(rows, 1):
        name = _name(row, place)
        key = name
        again = 1
        while key in used:
            again += 1
            key = f"{name}~{again}"
        used.add(key)
        yield row.model_copy(update={"id": f"{prefix}/{key}"})


def _name(row: Row, place: int) -> str:
    words = [cell.text for cell in row.cells if cell.text.strip()]
    first = words[0] if words else ""
    number = _NUMBER.match(first)
    if number and int(number[1]):
        return str(int(number[1]))
    return "total" if _TOTAL.match(first.strip()) else str(place)
