"""Bulk writing: bounded batches, back-off when the server is busy, and an error report that names each item.

The client's own bulk helpers double documents without ids and do not try refused items again, so this is done here.
"""

import json
import time
from collections.abc import Iterable, Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from schema.errors import SearchError
from search.documents import Document

_BATCH_DOCUMENTS = 1000
_BATCH_BYTES = 8_000_000
_TRIES = 7
_FIRST_PAUSE = 0.25
_BUSY = (429, 503)


def own_alias(index: str) -> str:
    """An alias that only this index has."""
    return f"{index}-only"


class Bulk:
    """Writes to one or several indices at once."""

    def __init__(self, client: Elasticsearch, indices: Sequence[str]) -> None:
        """Begin.

        Args:
            client: connected.
            indices: each gets every operation; they must exist.
        """
        self._client = client.options(request_timeout=60)
        self._indices = tuple(indices)
        self._waiting: list[tuple[str, str, str, str]] = []
        self._bytes = 0
        self._refused: list[tuple[str, str]] = []
        self._conflicts: set[str] = set()

    def ids_of(self, contracts: Sequence[str]) -> set[str]:
        """Ids of all documents of these contracts, in any of the indices."""
        found: set[str] = set()
        for index in self._indices:
            for first in range(0, len(contracts), 100):
                after: list[Any] | None = None
                while True:
                    answer = self._client.search(
                        index=index,
                        query={"terms": {"contract": list(contracts[first : first + 100])}},
                        sort=[{"place": "asc"}, {"contract": "asc"}],
                        size=5000,
                        source=False,
                        search_after=after,
                    )
                    hits = answer["hits"]["hits"]
                    found |= {hit["_id"] for hit in hits}
                    if len(hits) < 5000:
                        break
                    after = hits[-1]["sort"]
        return found

    def index(self, document: Document) -> None:
        """Write, in place of what has the same id."""
        self._add("index", str(document["id"]), document)

    def create(self, document: Document) -> None:
        """Write unless the id is there already."""
        self._add("create", str(document["id"]), document)

    def delete(self, identity: str) -> None:
        """Delete; it is no error when it is gone."""
        self._add("delete", identity, None)

    def finish(self) -> None:
        """Send what waits and show all of it to searches.

        Raises:
            SearchError: documents were refused; the message names the first and counts the others.
        """
        self._send()
        for index in self._indices:
            self._client.indices.refresh(index=index)
        if self._refused:
            identity, reason = self._refused[0]
            raise SearchError(
                "search_failed", f"Elasticsearch refused {len(self._refused)} documents, the first {identity}: {reason}"
            )

    def yield_to_newer(self) -> None:
        """After a rebuild: where somebody else wrote another version of a contract meanwhile, take ours out again.

        A contract was written by both when some of its documents could not be created. Its own document names the
        version that counts, each clause the version it is of.
        """
        self.finish()
        for contract in sorted(self._conflicts):
            for index in self._indices:
                found = self._client.search(
                    index=index, query={"term": {"contract": contract}}, size=10_000, source_includes=["core"]
                )["hits"]["hits"]
                versions = {hit["_id"]: json.loads(hit["_source"]["core"])["version"] for hit in found}
                counts = versions.get(f"{contract}/")
                for identity in sorted(i for i, version in versions.items() if version != counts):
                    self.delete(identity)
        self.finish()

    def _add(self, action: str, identity: str, document: Document | None) -> None:
        source = "" if document is None else json.dumps(document, ensure_ascii=False)
        contract = str(document.get("contract", "")) if document else ""
        self._waiting.append((action, identity, source, contract))
        self._bytes += len(source) * 3 + 100
        if len(self._waiting) >= _BATCH_DOCUMENTS or self._bytes >= _BATCH_BYTES:
            self._send()

    def _send(self) -> None:
        for index in self._indices if self._waiting else ():
            self._send_to(index, self._waiting)
        self._waiting, self._bytes = [], 0

    def _send_to(self, index: str, batch: Iterable[tuple[str, str, str, str]]) -> None:
        left, pause = list(batch), _FIRST_PAUSE
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(pause)
                pause *= 2
            try:
                left = self._attempt(index, left)
            except ApiError as error:
                if error.status_code not in _BUSY or attempt == _TRIES - 1:
                    raise
            if not left:
                return
        raise SearchError("search_unreachable", f"Elasticsearch is too busy: {len(left)} documents were turned away")

    def _attempt(self, index: str, batch: list[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
        """Send once; returns what was turned away because the server is busy."""
        lines = []
        for action, identity, source, _ in batch:
            lines.append(json.dumps({action: {"_index": own_alias(index), "_id": identity}}))
            lines += [source] if source else []
        # An index that was deleted meanwhile must not come back with a guessed mapping.
        operations: Any = lines  # ready lines need not be written as JSON again
        answer = self._client.bulk(
            operations=operations, require_alias=True, filter_path="items.*.status,items.*.error"
        )
        busy = []
        for sent, item in zip(batch, answer["items"], strict=True):
            action, identity, source, contract = sent
            outcome = item[action]
            if outcome["status"] in _BUSY:
                busy.append(sent)
            elif outcome["status"] == 409 and action == "create":
                self._conflicts |= {contract} if contract else set()
            elif outcome["status"] >= 300 and not (action == "delete" and outcome["status"] == 404):
                self._refused.append((identity, str(outcome.get("error", {}).get("reason", ""))[:200]))
        return busy
