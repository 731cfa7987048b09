"""The embedded engine: tantivy in a folder, no server.

    <folder>/current        JSON: which index folder is live, and its version
    <folder>/lock           held by whoever writes; given back by the system when a process dies
    <folder>/index-<stamp>/ a tantivy index

Only one process may write at a time: a writer waits briefly for the lock and then says `search_busy`. Readers never
wait; they look at each question whether something new was committed, or a rebuilt index put in place.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import tantivy

from schema.errors import SearchError
from search import tree as t
from search.backend import Capability, Found, Health, Tally
from search.backends.embedded_facets import aggregations, counts, total
from search.backends.embedded_files import reported, spacious, stamp, writing
from search.backends.embedded_query import AS_THEY_ARE, Writing, located, pruned, query_of, schema
from search.backends.embedded_rows import rows_of
from search.backends.embedded_values import Values
from search.documents import Document
from search.layout import INDEX_VERSION

LOCK_PATIENCE = 30.0
"""Seconds a writer waits for another before it says `search_busy`."""

_REMEMBERED = 50_000
"""Tokens of which an open index remembers in how many documents they stand."""


class _Live:
    """An open index as last committed; what was looked up in it is remembered until the next commit.

    Attributes:
        name: of its folder.
        index: to write to.
        schema: of the index.
        meta: file that a commit writes.
        stamp: of that file when the index was last opened or reloaded.
        values: of its facets.
        searcher: what is asked.
    """

    def __init__(self, path: Path, index: tantivy.Index, stamp: tuple[int, ...], values: Values) -> None:
        """Look at it as it is."""
        self.name = path.name
        self.index = index
        self.schema = index.schema
        self.meta = path / "meta.json"
        self.values = values
        self.look(stamp)

    def look(self, stamp: tuple[int, ...]) -> None:
        """See what was committed."""
        self.values.catch_up()
        self.searcher = self.index.searcher()
        self.stamp = stamp
        self._known: dict[tuple[str, str], int] = {}

    def occurs(self, field: str, token: str) -> int:
        """In at most how many documents a token stands."""
        known = self._known
        found = known.get((field, token))
        if found is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            places = ((field, token),) if field in AS_THEY_ARE else located(field, token)
            found = known[field, token] = min(int(self.searcher.doc_freq(*place)) for place in places)
        return found

    def query(self, tree: t.Tree) -> tantivy.Query:
        """The query for a tree."""
        return query_of(self.schema, pruned(tree, self.occurs))


class Tantivy:
    """See `search.backend.Engine`."""

    name = "tantivy"
    capabilities: frozenset[Capability] = frozenset({"search_while_rebuilding", "survives_kill"})

    def __init__(self, folder: Path, *, patience: float = LOCK_PATIENCE) -> None:
        """Look at a folder; it is made when something is first written.

        Args:
            folder: of the index.
            patience: seconds to wait for another writer.
        """
        self._folder = folder
        self._patience = patience
        self._current_file = folder / "current"
        self._pointed: tuple[tuple[int, ...], dict[str, Any]] = (), {}
        self._live: _Live | None = None

    # reading

    def find(
        self,
        tree: t.Tree,
        *,
        limit: int,
        offset: int = 0,
        order: str | None = None,
        descending: bool = False,
        count: bool = True,
    ) -> Found:
        """See `Engine.find`."""
        with reported():
            live = self._current()
            if live is None:
                return Found(0)
            searcher, query = live.searcher, live.query(tree)
            direction = tantivy.Order.Asc if order and not descending else tantivy.Order.Desc
            result = searcher.search(query, max(limit, 1), count, order, offset, direction)
            rows = tuple(rows_of(searcher, result.hits[:limit], scored=not order))
            return Found(result.count if count else len(rows), rows)

    def tally(self, tree: t.Tree, sizes: Mapping[str, int]) -> Tally:
        """See `Engine.tally`."""
        with reported():
            live = self._current()
            if live is None:
                return Tally(0, dict.fromkeys(sizes, ()))
            searcher = live.searcher
            counted = searcher.aggregate(live.query(tree), aggregations(sizes, searcher.num_segments))
            return Tally(total(counted), counts(counted, sizes, live.values.names))

    def counts(self, trees: Sequence[t.Tree]) -> list[int]:
        """See `Engine.counts`."""
        with reported():
            live = self._current()
            if live is None:
                return [0] * len(trees)
            return [int(live.searcher.search(live.query(tree), 1).count) for tree in trees]

    def frequencies(self, field: str, tokens: Sequence[str]) -> list[int]:
        """See `Engine.frequencies`."""
        with reported():
            live = self._current()
            if live is None:
                return [0] * len(tokens)
            return [live.occurs(field, token) for token in tokens]

    def prefixed(self, field: str, prefix: str, limit: int) -> list[str]:
        """See `Engine.prefixed`."""
        with reported():
            live = self._current()
            if live is None:
                return []
            ((place, token),) = located(field, prefix)
            found = live.searcher.terms_with_prefix(place, token, limit=limit)
            return [whole[len(token) - len(prefix) :] for whole, _ in found]

    def health(self) -> Health:
        """See `Engine.health`."""
        engine = f"tantivy {tantivy.__version__.split(',')[0].removeprefix('tantivy ')}"
        try:
            if not self._pointer():
                return Health(True, f"no index yet in {self._folder}", engine)
            clauses = self.counts([t.Terms("unit", ("clause", "row", "part"))])[0]
        except SearchError as error:
            return Health(False, error.message, engine, index_version=self._pointer().get("version"))
        return Health(True, f"{clauses} clauses in {self._folder}", engine, clauses, INDEX_VERSION)

    def close(self) -> None:
        """See `Engine.close`."""
        self._live = None

    # writing

    def replace(self, contracts: Iterable[str], documents: Iterable[Document], words: Iterable[Document]) -> None:
        """See `Engine.replace`."""
        with reported(), self._lock():
            live = self._current() or self._create()
            made = Writing(live.schema, live.values).document
            with writing(live.index, live.values) as writer:
                for contract in contracts:
                    ((field, token),) = located("contract", contract)
                    writer.delete_documents_by_term(field, token)
                for document in documents:
                    writer.add_document(made(document))
                for word in words:
                    if not live.occurs("id", str(word["id"])):
                        writer.add_document(made(word))

    def rebuild(self, documents: Iterable[Document]) -> int:
        """See `Engine.rebuild`."""
        with reported(), self._lock():
            name, index, values = self._new_index()
            written, made = 0, Writing(index.schema, values).document
            with writing(index, values, spacious()) as writer:
                for document in documents:
                    writer.add_document(made(document))
                    written += document["unit"] in ("clause", "row", "part")
            self._publish(name)
        return written

    # files

    def _pointer(self) -> dict[str, Any]:
        """Which index is live; read again only after it was put in place anew, because every question asks."""
        try:
            now = stamp(self._current_file)
            if now != self._pointed[0]:
                self._pointed = now, dict(json.loads(self._current_file.read_text()))
        except FileNotFoundError:
            self._pointed = (), {}
        return self._pointed[1]

    def _current(self) -> _Live | None:
        """The live index as last committed; None when there is none.

        Raises:
            SearchError: it was written by another version.
        """
        pointer = self._pointer()
        if not pointer:
            return None
        if pointer["version"] != INDEX_VERSION:
            raise SearchError(
                "index_outdated", f"The index is of version {pointer['version']}, this program needs {INDEX_VERSION}"
            )
        live = self._live
        if live is None or live.name != pointer["name"]:
            path = self._folder / pointer["name"]
            before = stamp(path / "meta.json")
            live = _Live(path, tantivy.Index.open(str(path)), before, Values(path))
        now = stamp(live.meta)
        if live.stamp != now:
            live.index.reload()
            live.look(now)
        self._live = live
        return live

    def _create(self) -> _Live:
        name, index, values = self._new_index()
        with writing(index, values):
            pass
        self._publish(name)
        return self._current() or _Live(self._folder / name, index, (), values)

    def _new_index(self) -> tuple[str, tantivy.Index, Values]:
        path = self._folder / f"index-{uuid4().hex[:12]}"
        path.mkdir()
        return path.name, tantivy.Index(schema(), path=str(path)), Values(path)

    def _publish(self, name: str) -> None:
        """Make an index the live one and clear away the others; whoever reads them keeps them open."""
        new = self._folder / "current.new"
        with new.open("w") as file:
            json.dump({"name": name, "version": INDEX_VERSION}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._current_file)
        for old in self._folder.glob("index-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("a") as file:
            deadline = time.monotonic() + self._patience
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise SearchError(
                            "search_busy", f"Another process has been writing the index for {self._patience:.0f} s"
                        ) from None
                    time.sleep(0.05)
            yield
