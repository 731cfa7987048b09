"""Clauses that are the same or nearly the same across the collection.

The rarest pairs of the text fetch candidates, which are then compared in full. Copies that differ only in spacing,
width or script are found by their fingerprint, however many there are.
"""

import time
from collections.abc import Iterable

from schema.errors import SearchError
from schema.query import Highlight, Results
from search.analysis import pairs
from search.answer import hit_of
from search.backend import Engine
from search.documents import document_id, fingerprint
from search.fold import fold
from search.likeness import bag, differing, likeness
from search.paging import Entry, by_place, entries
from search.tree import AnyOf, Boost, Not, Nothing, Term, Terms, Tree, all_of

FLOOR = 0.5
"""How alike a clause must be: half of all pairs shared."""

_CANDIDATES = 200
_RAREST = 24
_SHARED = 0.4


def similar_to_clause(
    engine: Engine, contract: str, clause: str, *, limit: int = 20, folders: tuple[str, ...] | None = None
) -> Results:
    """Clauses like one of the collection, that one left out.

    Raises:
        SearchError: `contract_unknown` when the index has no such clause.
    """
    found = entries(engine.find(Term("id", document_id(contract, clause)), limit=1).rows)
    if not found:
        raise SearchError("contract_unknown", f"The index has no clause {clause} of {contract[:12]}")
    return similar_to_text(engine, found[0].clause.text, limit=limit, folders=folders, without=found[0])


def similar_to_text(
    engine: Engine,
    text: str,
    *,
    limit: int = 20,
    folders: tuple[str, ...] | None = None,
    without: Entry | None = None,
) -> Results:
    """Clauses like a text, the likest first; `highlights` mark what the text has not.

    Args:
        engine: to ask.
        text: a clause or a part of one.
        limit: hits wanted.
        folders: folders that may be seen; None for all.
        without: a clause to leave out.
    """
    began = time.perf_counter()
    hard: list[Tree] = [] if folders is None else [Terms("folder", folders) if folders else Nothing()]
    same = Term("facts", fingerprint(fold(text)))
    copies = [e for e in by_place(engine, all_of(same, *hard), -1, limit + 1) if not _is(e, without)][:limit]
    identical = engine.counts([all_of(same, *hard)])[0] - (without is not None)
    wanted = bag(text)
    near = []
    if tree := _near(engine, text):
        for entry in entries(engine.find(all_of(tree, Not(same), *hard), limit=_CANDIDATES).rows):
            score = likeness(wanted, bag(entry.clause.text))
            if score >= FLOOR and not _is(entry, without):
                near.append((score, entry))
    near.sort(key=lambda pair: (-pair[0], pair[1].place))
    hits = [_hit(entry, 1.0, ()) for entry in copies]
    hits += [_hit(entry, score, differing(text, entry.clause.text)) for score, entry in near[: limit - len(copies)]]
    return Results.model_validate(
        {
            "query": text,
            "total": identical + len(near),
            "relation": "gte" if len(near) >= _CANDIDATES // 2 else "eq",
            "took_ms": round((time.perf_counter() - began) * 1000),
            "hits": hits,
        }
    )


def _near(engine: Engine, text: str) -> Tree | None:
    """Clauses that share a good part of the rarest pairs of the text."""
    stream = list(dict.fromkeys(pairs(fold(text))))
    counts = engine.frequencies("grams", stream) if stream else []
    known = sorted((count, pair) for pair, count in zip(stream, counts, strict=True) if count)[:_RAREST]
    if not known:
        return None
    return Boost(AnyOf(tuple(Term("grams", pair) for _, pair in known), max(1, round(len(known) * _SHARED))), 1.0)


def _is(entry: Entry, other: Entry | None) -> bool:
    return other is not None and entry.place == other.place


def _hit(entry: Entry, score: float, marks: Iterable[tuple[int, int]]) -> dict[str, object]:
    highlights = tuple(Highlight(start=start, end=end) for start, end in marks)
    return hit_of(entry, score, ("similar",), highlights)
