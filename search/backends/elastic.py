"""Elasticsearch 8 and 9 through the official client.

`https://user:password@host:9200/contracts` keeps its indices as `contracts-v<version>-<stamp>`; readers ask the alias
`contracts`, writers write to every index of the alias `contracts-write`: while an index is rebuilt that is the old one
and the new one, so nothing written meanwhile is lost when the aliases are swapped.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from schema.errors import SearchError
from search import tree as t
from search.backend import Capability, Found, Health, Row, Tally
from search.backends.elastic_mapping import SETTINGS, mapping, query
from search.backends.elastic_writing import Bulk, own_alias
from search.documents import Document
from search.layout import INDEX_VERSION

SEARCH_SECONDS = 10
_DEFAULT_PREFIX = "qiyue"


class Elastic:
    """See `search.backend.Engine`."""

    name = "elasticsearch"
    capabilities: frozenset[Capability] = frozenset({"writers_elsewhere", "search_while_rebuilding", "survives_kill"})

    def __init__(self, url: str, *, timeout: float = SEARCH_SECONDS) -> None:
        """Prepare a client; nothing is asked yet.

        Args:
            url: of one node, with the name of the index as its path.
            timeout: seconds a search may take.
        """
        parts = urlsplit(url)
        self._alias = parts.path.strip("/") or _DEFAULT_PREFIX
        self._writing = f"{self._alias}-write"
        self._timeout = timeout
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        self._where = f"{parts.scheme}://{host}:{parts.port or (443 if parts.scheme == 'https' else 9200)}"
        login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self._client = Elasticsearch(self._where, basic_auth=login, request_timeout=timeout + 5, max_retries=0)
        self._checked = False

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
        body: dict[str, Any] = {"query": query(tree), "size": limit, "from_": offset, "source": ["core", "own", "rest"]}
        if order:
            body["sort"] = [{order: "desc" if descending else "asc"}]
        if not count:
            body["track_total_hits"] = False
        answer = self._ask(body)
        if answer is None:
            return Found(0)
        found = [(float(hit.get("_score") or 0.0), hit["_source"]) for hit in answer["hits"]["hits"]]
        rows = tuple(Row(score, (kept["core"], kept.get("own", ""), kept.get("rest", ""))) for score, kept in found)
        return Found(int(answer["hits"]["total"]["value"]) if count else len(rows), rows)

    def tally(self, tree: t.Tree, sizes: Mapping[str, int]) -> Tally:
        """See `Engine.tally`."""
        order = [{"_count": "desc"}, {"_key": "asc"}]
        wanted = {name: {"terms": {"field": name, "size": size, "order": order}} for name, size in sizes.items()}
        answer = self._ask({"query": query(tree), "size": 0, **({"aggs": wanted} if wanted else {})})
        if answer is None:
            return Tally(0, dict.fromkeys(sizes, ()))
        counted = {name: answer["aggregations"][name]["buckets"] for name in sizes}
        facets = {name: tuple((str(b["key"]), int(b["doc_count"])) for b in found) for name, found in counted.items()}
        return Tally(int(answer["hits"]["total"]["value"]), facets)

    def counts(self, trees: Sequence[t.Tree]) -> list[int]:
        """See `Engine.counts`."""
        if not trees:
            return []
        filters = {f"t{k}": query(tree) for k, tree in enumerate(trees)}
        answer = self._ask({"size": 0, "aggs": {"counts": {"filters": {"filters": filters}}}})
        buckets = answer["aggregations"]["counts"]["buckets"] if answer else {}
        return [int(buckets[key]["doc_count"]) if buckets else 0 for key in filters]

    def frequencies(self, field: str, tokens: Sequence[str]) -> list[int]:
        """See `Engine.frequencies`."""
        if not tokens:
            return []
        with self._reported():
            if not self._ready():
                return [0] * len(tokens)
            answer = self._client.termvectors(
                index=self._alias,
                doc={field: " ".join(tokens)},
                fields=[field],
                term_statistics=True,
                field_statistics=False,
                positions=False,
                offsets=False,
            )
        known = answer["term_vectors"].get(field, {}).get("terms", {})
        return [int(known.get(token, {}).get("doc_freq", 0)) for token in tokens]

    def prefixed(self, field: str, prefix: str, limit: int) -> list[str]:
        """See `Engine.prefixed`."""
        answer = self._ask(
            {"query": {"prefix": {field: {"value": prefix}}}, "size": limit, "source": [field], "sort": ["_doc"]}
        )
        found = [hit["_source"][field] for hit in answer["hits"]["hits"]] if answer else []
        return sorted(
            {w for value in found for w in ([value] if isinstance(value, str) else value) if w.startswith(prefix)}
        )

    def health(self) -> Health:
        """See `Engine.health`."""
        try:
            with self._reported():
                state = self._client.cluster.health(timeout="2s")
                nodes = self._client.nodes.info(node_id="_local", filter_path="nodes.*.version")["nodes"]
                engine = "elasticsearch " + next(iter(nodes.values()))["version"]
                version = self._version()
            if state["status"] == "red":
                return Health(False, f"The cluster at {self._where} is red: part of its data is missing", engine)
            if version is None:
                return Health(True, f"no index yet at {self._where}/{self._alias}", engine)
            clauses = self.counts([t.Terms("unit", ("clause", "row", "part"))])[0]
        except SearchError as error:
            return Health(False, error.message, self.name)
        return Health(True, f"{clauses} clauses at {self._where}/{self._alias}", engine, clauses, version)

    def close(self) -> None:
        """See `Engine.close`."""
        self._client.close()

    # writing

    def replace(self, contracts: Iterable[str], documents: Iterable[Document], words: Iterable[Document]) -> None:
        """See `Engine.replace`."""
        with self._reported():
            if not self._ready():
                self._create(self._alias, self._writing)
            names = list(contracts)
            bulk = Bulk(self._client, sorted(self._client.indices.get_alias(name=self._writing)))
            stale = bulk.ids_of(names)
            for document in documents:
                bulk.index(document)
                stale.discard(str(document["id"]))
            for word in words:
                bulk.create(word)
            for identity in sorted(stale):
                bulk.delete(identity)
            bulk.finish()

    def rebuild(self, documents: Iterable[Document]) -> int:
        """See `Engine.rebuild`."""
        with self._reported():
            old = self._indices(self._alias)
            new = self._create(self._writing)
            bulk, written = Bulk(self._client, [new]), 0
            for document in documents:
                bulk.create(document)
                written += document["unit"] in ("clause", "row", "part")
            bulk.finish()
            bulk.yield_to_newer()
            removals = [{"remove": {"index": name, "alias": "*"}} for name in old]
            self._client.indices.update_aliases(
                actions=[*removals, {"add": {"index": new, "alias": self._alias}}], timeout="30s"
            )
            for name in {*old, *self._abandoned(new)}:
                self._client.indices.delete(index=name, ignore_unavailable=True)
            self._checked = False
        return written

    # indices

    def _create(self, *aliases: str) -> str:
        name = f"{self._alias}-v{INDEX_VERSION}-{time.time_ns()}"
        wanted: dict[str, Any] = {alias: {} for alias in (*aliases, own_alias(name))}
        self._client.indices.create(index=name, mappings=mapping(), settings=SETTINGS, aliases=wanted)
        return name

    def _indices(self, alias: str) -> list[str]:
        try:
            return sorted(self._client.indices.get_alias(name=alias))
        except NotFoundError:
            return []

    def _abandoned(self, new: str) -> list[str]:
        """Indices of rebuilds that were killed: older than the new one, and nobody reads them."""
        found = self._client.indices.get_alias(index=f"{self._alias}-v*")
        return [name for name in found if name.rpartition("-")[2] < new.rpartition("-")[2] and name != new]

    def _version(self) -> int | None:
        """Version of the layout of the live index; None when there is none."""
        try:
            found = self._client.indices.get_mapping(index=self._alias)
        except NotFoundError:
            return None
        return max(int(entry["mappings"].get("_meta", {}).get("version", 0)) for entry in found.values())

    def _ready(self) -> bool:
        """Whether there is an index.

        Raises:
            SearchError: it was written by another version.
        """
        if self._checked:
            return True
        version = self._version()
        if version is not None and version != INDEX_VERSION:
            raise SearchError(
                "index_outdated", f"The index is of version {version}, this program needs {INDEX_VERSION}"
            )
        self._checked = version is not None
        return self._checked

    def _ask(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """A search; None when there is no index. A partial answer is an error: hits would be missing."""
        with self._reported():
            if not self._ready():
                return None
            limit = f"{self._timeout * 1000:.0f}ms"
            answer = self._client.search(index=self._alias, timeout=limit, **({"track_total_hits": True} | body))
        if answer["timed_out"]:
            raise SearchError(
                "search_unreachable",
                f"The search took longer than {self._timeout:g} s",
                remedy="ask for less, or try again",
            )
        if answer["_shards"]["failed"]:
            raise SearchError("search_failed", "Part of the index did not answer")
        return dict(answer)

    @contextmanager
    def _reported(self) -> Iterator[None]:
        """Turn the client's exceptions into errors a person can act on."""
        try:
            yield
        except (NoConnection, ConnectionTimeout) as error:
            raise SearchError("search_unreachable", f"Elasticsearch at {self._where} does not answer") from error
        except NotFoundError as error:
            self._checked = False
            raise SearchError("search_failed", f"Elasticsearch has no such index: {self._alias}") from error
        except ApiError as error:
            if error.status_code in (429, 502, 503, 504):
                raise SearchError(
                    "search_unreachable", f"Elasticsearch at {self._where} is overloaded or red ({error.status_code})"
                ) from error
            reason = error.body.get("error", {}) if isinstance(error.body, dict) else {}
            cause = reason.get("reason", str(error)) if isinstance(reason, dict) else str(reason)
            raise SearchError("search_failed", f"Elasticsearch refused ({error.status_code}): {cause[:200]}") from error
        except TransportError as error:
            raise SearchError(
                "search_unreachable", f"Elasticsearch at {self._where}: {type(error).__name__}"
            ) from error
