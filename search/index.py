"""The search backend: one way of thinking over any engine."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from schema.query import ClauseQuery, FacetValue, Results
from search.answer import Answer, search
from search.backend import Engine, Health
from search.documents import Analyser, ContractDocuments, Document, KnownWords, Words, word_documents
from search.explain import Explanation, explain
from search.paging import by_place
from search.plan import Planner
from search.record import IndexRecord
from search.similar import similar_to_clause, similar_to_text
from search.suggest import suggest
from search.tree import Term

_PAGE = 1000
_OBJECTS = 100_000


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Documents hold no cycles; looking for some after every few hundred objects takes a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _OBJECTS) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class ClauseIndex:
    """See `search.backend.SearchBackend`."""

    def __init__(self, engine: Engine, words: Words) -> None:
        """Put it over an engine.

        Args:
            engine: stores and finds.
            words: cuts a text into words; the same function for indexing and asking.
        """
        self.engine = engine
        self._analyser = Analyser(words)
        self._planner = Planner(engine, words)
        self._known: set[tuple[str, str]] = set()

    def add(self, records: Iterable[IndexRecord]) -> None:
        """Index records in place of all that their contracts had. All records of a contract come together."""
        batch = list(records)
        if not batch:
            return
        learnt = KnownWords()
        documents = list(self._documents(batch, learnt))
        names = learnt.all()
        unknown = sorted(names - self._known)
        contracts = dict.fromkeys(record.contract.id for record in batch)
        self.engine.replace(list(contracts), documents, word_documents(unknown))
        self._known |= names

    def remove(self, contracts: Iterable[str]) -> None:
        """Forget contracts; unknown ones are no error."""
        names = list(contracts)
        if names:
            self.engine.replace(names, (), ())

    def rebuild(self, records: Iterable[IndexRecord]) -> int:
        """Make the index anew; searches go on with the old one meanwhile.

        Returns:
            Number of records.
        """
        self._known = set()
        with _fewer_collections():
            return self.engine.rebuild(self._all_documents(records))

    def search(self, query: ClauseQuery) -> Results:
        """Answer a query."""
        return search(self.engine, self._planner, query)

    def facets(self, query: ClauseQuery, names: Sequence[str]) -> dict[str, tuple[FacetValue, ...]]:
        """Counts over all hits of a query."""
        return self._answer(query.model_copy(update={"facets": tuple(names)})).facets()

    def count(self, query: ClauseQuery) -> int:
        """Number of clauses that match."""
        return self._answer(query.model_copy(update={"facets": ()})).total

    def similar(
        self,
        *,
        text: str | None = None,
        contract: str = "",
        clause: str = "",
        limit: int = 20,
        folders: tuple[str, ...] | None = None,
    ) -> Results:
        """Clauses like a text, or like a clause of the collection."""
        if text is not None:
            return similar_to_text(self.engine, text, limit=limit, folders=folders)
        return similar_to_clause(self.engine, contract, clause, limit=limit, folders=folders)

    def suggest(self, typed: str, limit: int = 8, *, folders: tuple[str, ...] | None = None) -> list[str]:
        """Ways to finish what is being typed."""
        return suggest(self.engine, typed, limit, folders)

    def explain(self, query: ClauseQuery, contract: str, clause: str) -> Explanation:
        """Why a clause stands where it stands among the hits of a query."""
        return explain(self.engine, self._planner, query, contract, clause)

    def contracts(self) -> dict[str, str]:
        """Ids of the contracts in the index, each with its record version."""
        found: dict[str, str] = {}
        place = -1
        while batch := by_place(self.engine, Term("unit", "contract"), place, _PAGE):
            found |= {entry.core["contract"]: entry.core["version"] for entry in batch}
            place = batch[-1].place
        return found

    def health(self) -> Health:
        """Whether the engine answers; never raises."""
        return self.engine.health()

    def close(self) -> None:
        """Let go of connections and files."""
        self.engine.close()

    def _answer(self, query: ClauseQuery) -> Answer:
        return Answer(self.engine, self._planner, query)

    def _documents(self, records: Iterable[IndexRecord], learnt: KnownWords) -> Iterator[Document]:
        """Documents of records, each contract's own first; collects the words that occur."""
        for card, group in groupby(records, key=lambda record: record.contract):
            documents = ContractDocuments(card, self._analyser)
            yield documents.own()
            for record in group:
                document = documents.of(record)
                learnt.learn(record, document)
                yield document

    def _all_documents(self, records: Iterable[IndexRecord]) -> Iterator[Document]:
        learnt = KnownWords()
        yield from self._documents(records, learnt)
        yield from word_documents(sorted(learnt.all()))
