"""Pages of any depth.

The first `WINDOW` hits are in the order of rank.py, the next up to `DEEP` in the order of the engine's score, all
others in the order of contracts and clauses: beyond a thousand hits nobody reads by relevance, but everybody can read
on. Sorted by date or amount, the hits of one date or amount are in the order of contracts and clauses. A cursor says
how far the reader is; it holds no state of the engine, so it survives restarts.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from schema.errors import SearchError
from schema.query import ClauseQuery
from search.backend import Engine, Row
from search.documents import document_id
from search.tree import AllOf, Not, Range, Terms, Tree

_read = json.JSONDecoder().raw_decode
WINDOW = 60
DEEP = 1000


@dataclass(frozen=True)
class Cursor:
    """How far a reader is.

    Attributes:
        given: hits (or contracts) given so far.
        place: of the last one, when the order is not by relevance.
        key: of the last one, when sorted by date or amount.
    """

    given: int = 0
    place: int = -1
    key: int | None = None

    def write(self, query: ClauseQuery) -> str:
        """As text, with a mark of the query it belongs to."""
        data = json.dumps([_mark(query), self.given, self.place, self.key])
        return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")


def read_cursor(query: ClauseQuery) -> Cursor:
    """The cursor of a query.

    Raises:
        SearchError: it is no cursor, or one of another query.
    """
    if query.cursor is None:
        return Cursor()
    try:
        data = json.loads(base64.urlsafe_b64decode(query.cursor + "=" * (-len(query.cursor) % 4)))
        mark, given, place, key = data
        if mark != _mark(query) or not all(isinstance(v, int) for v in (given, place)) or given < 0:
            raise ValueError("of another query")
        return Cursor(given, place, None if key is None else int(key))
    except (ValueError, TypeError) as error:
        raise SearchError(
            "value_unreadable", "The cursor does not belong to this query", remedy="ask without a cursor first"
        ) from error


def _mark(query: ClauseQuery) -> str:
    asked = query.model_dump_json(exclude={"cursor", "limit", "facets"})
    return sha256(asked.encode(errors="replace")).hexdigest()[:8]


@dataclass
class Entry:
    """A row with its core read."""

    row: Row
    core: dict[str, Any]


def entries(rows: tuple[Row, ...]) -> list[Entry]:
    """Rows with their cores read."""
    # A string is read faster than bytes, whose encoding has to be found out first.
    return [Entry(row, _read(row.core if isinstance(row.core, str) else row.core.decode())[0]) for row in rows]


def by_place(engine: Engine, tree: Tree, after: int, limit: int) -> list[Entry]:
    """Hits in the order of contracts and clauses, behind a place."""
    rest = AllOf((tree, Range("place", after + 1, None))) if after >= 0 else tree
    return entries(engine.find(rest, limit=limit, order="place").rows)


def by_key(engine: Engine, tree: Tree, field: str, *, descending: bool, after: Cursor, limit: int) -> list[Entry]:
    """Hits by an integer field, those without a value (0) last; equal ones in the order of contracts and clauses."""
    found: list[Entry] = []
    key = after.key
    if key is not None:
        found += by_place(engine, AllOf((tree, Range(field, key, key))), after.place, limit)
    while len(found) < limit and key != 0:
        low, high = (1, None) if key is None else (1, key - 1) if descending else (key + 1, None)
        if high is not None and high < 1:
            next_ones: list[Entry] = []
        else:
            wanted = AllOf((tree, Range(field, low, high)))
            next_ones = entries(engine.find(wanted, limit=limit - len(found), order=field, descending=descending).rows)
        key = int(next_ones[-1].core[field]) if next_ones else 0
        whole = [e for e in next_ones if e.core[field] != key]
        found += sorted(whole, key=lambda e: (-e.core[field] if descending else e.core[field], e.core["place"]))
        # The last key may go on beyond this page, in another order.
        found += by_place(engine, AllOf((tree, Range(field, key, key))), -1, limit - len(found))
    return found


def unlike(tree: Tree, window: Iterable[Entry]) -> Tree:
    """Hits that are not in the window."""
    known = tuple(document_id(entry.core["contract"], entry.core["clause"]) for entry in window)
    return AllOf((tree, Not(Terms("id", known)))) if known else tree


def deep(engine: Engine, tree: Tree, first: list[Entry], cursor: Cursor, limit: int) -> Iterator[Entry]:
    """Hits by relevance: the window, then by the engine's score, then by place.

    Args:
        engine: to ask.
        tree: of the query.
        first: the window, ranked.
        cursor: how far the reader is.
        limit: hits wanted.
    """
    given = cursor.given
    for entry in first[given : given + limit]:
        given, limit = given + 1, limit - 1
        yield entry
    others = unlike(tree, first)
    if limit and WINDOW <= given < DEEP:
        for entry in entries(engine.find(others, limit=min(limit, DEEP - given), offset=given - WINDOW).rows):
            given, limit = given + 1, limit - 1
            yield entry
    if limit and given >= DEEP:
        scored = [*first, *entries(engine.find(others, limit=DEEP - WINDOW).rows)]
        seen = {(e.core["contract"], e.core["clause"]) for e in scored}
        place = cursor.place
        while limit:
            batch = by_place(engine, tree, place, limit + DEEP // 4)
            for entry in batch:
                place = entry.core["place"]
                if limit and (entry.core["contract"], entry.core["clause"]) not in seen:
                    limit -= 1
                    yield entry
            if not batch:
                return
