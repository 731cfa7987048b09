"""Why a clause stands where it stands: how the words were read, what satisfied them, what the score is made of."""

from dataclasses import dataclass

from schema.query import ClauseQuery, MatchLayer
from search.answer import Answer
from search.backend import Engine
from search.documents import document_id
from search.paging import entries
from search.plan import Planner
from search.rank import ordered
from search.tree import Term, all_of


@dataclass(frozen=True)
class Explanation:
    """Why, for one clause.

    Attributes:
        hit: whether the clause is a hit at all.
        score: of the clause.
        layers: which matched, strongest first.
        parts: what the score is made of.
        words: the words of the query as they were read, each with its weight and what else satisfies it.
        notes: what was read differently from how it was typed.
    """

    hit: bool
    score: float = 0.0
    layers: tuple[MatchLayer, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()
    words: tuple[tuple[str, float, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()


def explain(engine: Engine, planner: Planner, query: ClauseQuery, contract: str, clause: str) -> Explanation:
    """Explain one clause.

    Raises:
        SearchError: unknown field, unreadable value, or the engine does not answer.
    """
    answer = Answer(engine, planner, query)
    words = tuple(
        (
            group.typed,
            round(group.weight, 3),
            tuple("…".join(a.pattern) or str(a.number) for a in group.alternatives[1:]),
        )
        for reading in answer.plan.readings
        for group in reading.meaning.groups
    )
    found = entries(engine.find(all_of(Term("id", document_id(contract, clause)), answer.tree), limit=1).rows)
    if not found:
        return Explanation(False, words=words, notes=tuple(answer.plan.notes))
    verdict = answer.verdict(found[0])
    return Explanation(
        True, verdict.score, ordered(verdict.layers), verdict.parts, words, tuple(dict.fromkeys(answer.plan.notes))
    )
