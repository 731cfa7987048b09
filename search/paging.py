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

from pydantic_core import from_json

from schema.errors import SearchError
from schema.query import ClauseQuery
from search.backend import Engine, Row
from search.documents import document_id
from search.rank import Candidate, known_candidate, read_candidate
from search.tree import AllOf, Not, Range, Terms, Tree

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


class Entry:
    """A row that is read as far as it is looked at.

    Attributes:
        row: as found.
    """

    __slots__ = ("_clause", "_core", "row")

    def __init__(self, row: Row) -> None:
        """Read nothing yet."""
        self.row = row
        self._core: dict[str, Any] | None = None
        self._clause: Candidate | None = None

    @property
    def core(self) -> dict[str, Any]:
        """Which document it is."""
        if self._core is None:
            self._core = from_json(self.row.kept[0])
        return self._core

    @property
    def place(self) -> int:
        """Where it stands in the order of contracts and clauses."""
        return int(self.core["place"]) if self.row.place is None else self.row.place

    @property
    def clause(self) -> Candidate:
        """What the clause says."""
        if self._clause is None:
            self._clause = known_candidate(self.row)
        return self._clause

    @property
    def shown(self) -> Candidate:
        """What the clause says, letter by letter: two clauses may have the same number by chance."""
        own = self.row.kept[1]
        if self.clause.own != own:
            self._clause = read_candidate(own)
        return self.clause


def entries(rows: tuple[Row, ...]) -> list[Entry]:
    """Rows to be read."""
    return list(map(Entry, rows))


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
        found += sorted(whole, key=lambda e: (-e.core[field] if descending else e.core[field], e.place))
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
                place = entry.place
                if limit and (entry.core["contract"], entry.core["clause"]) not in seen:
                    limit -= 1
                    yield entry
            if not batch:
                return
