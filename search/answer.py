"""From a plan to results: asking the engine, ranking, paging, highlights."""

import time
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice

from pydantic_core import from_json

from schema.errors import SearchError
from schema.query import ClauseQuery, FacetValue, Highlight, MatchLayer, Results
from search.ahead import Ahead
from search.backend import Engine, Found, Tally
from search.documents import end_of_contract
from search.fold import fold
from search.highlight import highlights
from search.layout import FACETS
from search.paging import DEEP, WINDOW, Cursor, Entry, by_key, by_place, deep, entries, read_cursor, unlike
from search.plan import ENOUGH, Plan, Planner
from search.rank import Candidate, Verdict, judge, ordered
from search.tree import Tree, unscored

FACET_SIZE = 20
_TERM = 6
_FILTER: frozenset[MatchLayer] = frozenset({"filter"})
_SORT_FIELDS = {"date": "date", "amount": "total"}


def search(engine: Engine, planner: Planner, query: ClauseQuery) -> Results:
    """Answer a query.

    Raises:
        SearchError: unknown field, unreadable value or cursor, or the engine does not answer.
    """
    return Answer(engine, planner, query).results()


class Answer:
    """One query being answered."""

    def __init__(self, engine: Engine, planner: Planner, query: ClauseQuery) -> None:
        """Plan it and decide how many of its words a hit must have."""
        self._began = time.perf_counter()
        self._engine = engine
        self._query = query
        self._cursor = read_cursor(query)
        self._facets = dict.fromkeys(_known(query.facets), FACET_SIZE)
        self.plan: Plan = planner.plan(query)
        self._by_relevance = query.sort == "relevance" and self.plan.ranked
        self._verdicts: dict[Candidate, Verdict] = {}
        self._marks: dict[Candidate, tuple[Highlight, ...]] = {}
        self._find(as_typed=self._by_relevance and bool(self.plan.readings))
        self._rewrite()
        self._relax()

    def _find(self, share: float = 1.0, *, as_typed: bool = False) -> None:
        """Fetch the best hits, and have all of them counted meanwhile where that takes a question of its own.

        Args:
            share: of the telling words that must be there.
            as_typed: where enough clauses have all the words as they were typed, they are the best, and what else
                could be meant is only counted.
        """
        self.tree: Tree = self.plan.tree(share)
        self._total: int | None = None
        self._counted = self._counting() if self._facets else None
        first = Found(0)
        if as_typed:
            first = self._engine.find(self.plan.tree(None), limit=WINDOW, count=False)
        if first.total < WINDOW and self.plan.ranked:
            first = self._engine.find(self.tree, limit=WINDOW if self._by_relevance else ENOUGH)
            self._total = first.total
        elif self._counted is None:
            self._counted = self._counting()
        self._window: list[Entry] = entries(first.rows)

    def _counting(self) -> Ahead[Tally]:
        return Ahead(partial(self._engine.tally, unscored(self.tree), self._facets))

    def _seen(self) -> list[str]:
        """Folded texts of the best hits; what stands as it was typed makes a hit one of the best."""
        return [entry.clause.folded for entry in self._window[:ENOUGH]]

    def _rewrite(self) -> None:
        """Where something typed is in none of the first hits, look whether it occurs, and for what was meant."""
        if self.plan.rewrite(self._seen() if self.plan.readings else []):
            self._find()

    def _relax(self) -> None:
        """With few hits that have all the words, take those too that have half of them, then those that have one.

        Not where a clause has a short term just as it was typed: then that is what was meant.
        """
        if len(self._window) >= ENOUGH or self.plan.words < 2:
            return
        complete = self.total
        runs = [fold(run) for reading in self.plan.readings[:1] for run in reading.meaning.runs if fold(run)]
        if runs and any(all(len(run) <= _TERM and run in text for run in runs) for text in self._seen()):
            return
        for share in (0.5, 0.01):
            before = self.total
            if before >= ENOUGH:
                return
            self._find(share)
            if self.total > before:
                remark = f"{complete} clauses have all the words, the others some of them"
                self.plan.notes = [note for note in self.plan.notes if "have all the words" not in note] + [remark]

    @property
    def total(self) -> int:
        """Number of clauses that match."""
        if self._total is None:
            self._total = self._tally().total
        return self._total

    def _tally(self) -> Tally:
        if self._counted is None:
            self._counted = self._counting()
        return self._counted.result()

    def facets(self) -> dict[str, tuple[FacetValue, ...]]:
        """Counts over all hits."""
        if not self._facets:
            return {}
        counted = self._tally().facets
        return {
            name: tuple(FacetValue(value=value, count=count) for value, count in counted[name]) for name in self._facets
        }

    def results(self) -> Results:
        """A page."""
        query, limit = self._query, self._query.limit
        chosen = list(islice(self._entries(limit), limit)) if limit else []
        given = self._cursor.given + len(chosen)
        hits = [self._hit(entry) for entry in chosen]
        total = self._contracts() if query.group else self.total
        cursor = None
        if chosen and given < total:
            cursor = self._next(chosen[-1], given).write(query)
        facets = self._tally().facets if self._facets else {}
        return Results.model_validate(
            {
                "query": query.text,
                "total": total,
                "relation": "gte" if query.group and total >= _MOST_CONTRACTS else "eq",
                "took_ms": round((time.perf_counter() - self._began) * 1000),
                "hits": hits,
                "facets": {
                    name: [{"value": value, "count": count} for value, count in facets[name]] for name in self._facets
                },
                "cursor": cursor,
                "notes": list(dict.fromkeys(self.plan.notes)),
            }
        )

    def _next(self, last: Entry, given: int) -> Cursor:
        if not self._by_relevance:
            key = last.core[_SORT_FIELDS[self._query.sort.lstrip("-")]] if self._query.sort != "relevance" else None
            place = end_of_contract(last.place) if self._query.group else last.place
            return Cursor(given, place, key)
        return Cursor(given, last.place if given > DEEP or self._query.group else -1)

    def _entries(self, limit: int) -> Iterable[Entry]:
        if self._query.group:
            return self._grouped(limit)
        if self._by_relevance:
            return deep(self._engine, self.tree, self._ranked(), self._cursor, limit)
        return self._listed(self._cursor, limit)

    def _listed(self, cursor: Cursor, limit: int) -> list[Entry]:
        sort = self._query.sort
        if sort == "relevance":
            return by_place(self._engine, self.tree, cursor.place, limit)
        field, descending = _SORT_FIELDS[sort.lstrip("-")], sort.startswith("-")
        return by_key(self._engine, self.tree, field, descending=descending, after=cursor, limit=limit)

    def _ranked(self) -> list[Entry]:
        """The window in our own order; equal ones in the order of contracts and clauses."""
        window = [(self.verdict(entry).score, entry) for entry in self._window]
        return [entry for _, entry in sorted(window, key=lambda pair: (-pair[0], pair[1].place))]

    def _grouped(self, limit: int) -> Iterable[Entry]:
        """One clause a contract: its best where hits are ranked, else its first."""
        seen: set[str] = set()
        if self._by_relevance:
            best = self._ranked()
            if self.total > WINDOW:
                best += entries(self._engine.find(unlike(self.tree, best), limit=DEEP - WINDOW).rows)
            for entry in best:
                if entry.core["contract"] not in seen:
                    seen.add(entry.core["contract"])
                    if len(seen) > self._cursor.given:
                        yield entry
        skipped = self._cursor.given > len(seen)
        cursor = self._cursor if skipped or not self._by_relevance else Cursor()
        if cursor.place >= 0:
            cursor = Cursor(cursor.given, end_of_contract(cursor.place), cursor.key)
        while batch := self._listed(cursor, max(limit, 10)):
            for entry in batch:
                if entry.place <= cursor.place and cursor.key == self._key(entry):
                    continue
                cursor = Cursor(0, end_of_contract(entry.place), self._key(entry))
                if entry.core["contract"] not in seen:
                    yield entry

    def _key(self, entry: Entry) -> int | None:
        sort = self._query.sort.lstrip("-")
        return entry.core[_SORT_FIELDS[sort]] if sort in _SORT_FIELDS else None

    def _contracts(self) -> int:
        """Number of contracts with a hit, exact up to `_MOST_CONTRACTS`."""
        return len(self._engine.tally(unscored(self.tree), {"contract": _MOST_CONTRACTS}).facets["contract"])

    def verdict(self, entry: Entry) -> Verdict:
        """Score and reasons of a clause; one that stands in many contracts is judged once."""
        known = self._verdicts.get(entry.clause)
        if known is None:
            known = self._verdicts[entry.clause] = judge(entry.clause, self.plan.readings, self.plan.quotes)
        return known

    def _hit(self, entry: Entry) -> dict[str, object]:
        """An entry with everything a reader needs."""
        clause, verdict = entry.shown, self.verdict(entry)
        layers = ordered(verdict.layers | _FILTER if self.plan.filtered else verdict.layers)
        marks = self._marks.get(clause)
        if marks is None:
            marks = self._marks[clause] = highlights(clause.text, self.plan.readings, self.plan.quotes)
        return hit_of(entry, verdict.score, layers, marks)


def hit_of(
    entry: Entry, score: float, layers: tuple[MatchLayer, ...], marks: tuple[Highlight, ...]
) -> dict[str, object]:
    """What `schema.query.Hit` is made of; a page of them is checked at once, which is faster than one by one.

    Args:
        entry: the clause.
        score: of this answer.
        layers: which matched, strongest first.
        marks: highlights.
    """
    core, rest = entry.core, from_json(entry.row.kept[2])
    pieces, boxes = rest["pieces"], rest["boxes"]
    return {
        "contract": core["contract"],
        "clause": core["clause"],
        "citation": rest["citation"],
        "score": round(score, 4),
        "matched_by": layers,
        "text": entry.shown.text,
        "highlights": marks,
        "span": {"start": pieces[0][0], "end": pieces[-1][1]} if pieces else {"start": 0, "end": 0},
        "page": boxes[0][0] if boxes else None,
        "boxes": [{"page": int(page), "box": box} for page, *box in boxes],
    }


_MOST_CONTRACTS = 10_000


def _known(names: Sequence[str]) -> Sequence[str]:
    for name in names:
        if name not in FACETS:
            raise SearchError("field_unknown", f"There is no facet {name[:40]}", remedy=f"use {', '.join(FACETS)}")
    return names
