"""What a search engine must be able to do, and what the rest of the program may ask of search.

`SearchBackend` is the door: clauses in, results out. Behind it one piece of code (`index.py`) does the thinking for all
engines; an `Engine` only stores documents and answers query trees.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from schema.query import ClauseQuery, FacetValue, Results
from search.documents import Document
from search.record import IndexRecord
from search.tree import Tree

Capability = Literal["writers_elsewhere", "search_while_rebuilding", "survives_kill"]


Kept = tuple[str | bytes, str | bytes, str | bytes]
"""What is kept of a document, as JSON: which it is and what it is sorted by; what a clause itself says, the same
wherever it stands; where it stands. The last two are empty for documents that are no clauses."""


class Row:
    """A document found; what is kept of it may be read only when it is asked for.

    Attributes:
        score: comparable within one answer.
        place: where it stands in the order of contracts and clauses, None where that has to be read.
    """

    __slots__ = ("_kept", "_read", "_same", "place", "score")

    def __init__(
        self,
        score: float,
        kept: Kept | None = None,
        *,
        read: Callable[[], Kept] | None = None,
        same: int | None = None,
        place: int | None = None,
    ) -> None:
        """Take what is kept, or a way to read it.

        Args:
            score: of the document.
            kept: what is kept of it.
            read: reads that; for rows of which not all will be looked at.
            same: a number that clauses which say the same have in common.
            place: where it stands.
        """
        self.score = score
        self.place = place
        self._kept = kept
        self._read = read
        self._same = same

    @property
    def kept(self) -> Kept:
        """What is kept of the document."""
        if self._kept is None:
            self._kept = self._read() if self._read else ("", "", "")
        return self._kept

    @property
    def same(self) -> Hashable:
        """Equal for clauses that say the same."""
        return self.kept[1] if self._same is None else self._same


@dataclass(frozen=True)
class Found:
    """The answer of an engine.

    Attributes:
        total: documents that match, exactly.
        rows: in the order asked for.
    """

    total: int
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Tally:
    """What was counted.

    Attributes:
        total: clauses that match, exactly.
        facets: of each field its most frequent values, each with its number of clauses; equal ones by name.
    """

    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True)
class Health:
    """Whether the engine answers.

    Attributes:
        ok: it does, and may be written.
        message: one sentence.
        engine: name and version.
        clauses: number of records.
        index_version: of the index, None when there is none yet.
    """

    ok: bool
    message: str
    engine: str
    clauses: int = 0
    index_version: int | None = None


class Engine(Protocol):
    """A store of documents that answers query trees; all raise `SearchError`."""

    @property
    def name(self) -> str:
        """`tantivy`, `elasticsearch`."""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it can do beyond the rest of this protocol."""

    def replace(self, contracts: Iterable[str], documents: Iterable[Document], words: Iterable[Document]) -> None:
        """Put documents in place of all that these contracts had; add words that are not yet known."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make a new index of these documents while the old one answers, then put it in its place."""

    def find(
        self,
        tree: Tree,
        *,
        limit: int,
        offset: int = 0,
        order: str | None = None,
        descending: bool = False,
        count: bool = True,
    ) -> Found:
        """Documents that match, best first or by an integer field; without counting, the total is that of the rows."""

    def tally(self, tree: Tree, sizes: Mapping[str, int]) -> Tally:
        """How many clauses match, and how many have each value of these fields; asked from several threads at once."""

    def counts(self, trees: Sequence[Tree]) -> list[int]:
        """How many documents match each tree."""

    def frequencies(self, field: str, tokens: Sequence[str]) -> list[int]:
        """In about how many documents each token stands (those being deleted may still count)."""

    def prefixed(self, field: str, prefix: str, limit: int) -> list[str]:
        """Values of a keyword field that begin so."""

    def health(self) -> Health:
        """Whether it answers; never raises."""

    def close(self) -> None:
        """Let go of connections and files."""


class SearchBackend(Protocol):
    """The door of the package; all raise `SearchError` when the engine cannot do it."""

    def add(self, records: Iterable[IndexRecord]) -> None:
        """Index records in place of all that their contracts had."""

    def remove(self, contracts: Iterable[str]) -> None:
        """Forget contracts."""

    def search(self, query: ClauseQuery) -> Results:
        """Answer a query."""

    def facets(self, query: ClauseQuery, names: Sequence[str]) -> dict[str, tuple[FacetValue, ...]]:
        """Counts over all hits of a query."""

    def count(self, query: ClauseQuery) -> int:
        """Number of hits of a query."""

    def similar(
        self,
        *,
        text: str | None = None,
        contract: str = "",
        clause: str = "",
        limit: int = 20,
        folders: tuple[str, ...] | None = None,
    ) -> Results:
        """Clauses like a text, or like a clause of the collection; highlights mark what differs."""

    def suggest(self, typed: str, limit: int = 8, *, folders: tuple[str, ...] | None = None) -> list[str]:
        """Ways to finish what is being typed, from clauses of these folders; None for all."""

    def contracts(self) -> dict[str, str]:
        """Ids of the contracts in the index, each with its record version."""

    def rebuild(self, records: Iterable[IndexRecord]) -> int:
        """Make the index anew; searches go on meanwhile. Returns the number of records."""

    def health(self) -> Health:
        """Whether the engine answers; never raises."""

    def close(self) -> None:
        """Let go of connections and files."""
