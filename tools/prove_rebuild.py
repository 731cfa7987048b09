"""Proof that searches go on while the index is made anew: none fails, none comes back empty.

    python -m tools.prove_rebuild [--clauses 100000] [--engine embedded|elasticsearch]

A second connection asks without pause while varied copies of the samples are indexed again.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from nlp.words import search_words
from schema.errors import QiyueError
from schema.query import ClauseQuery
from search.backend import Engine
from search.backends.embedded import Tantivy
from search.index import ClauseIndex
from search.record import IndexRecord
from tools.bench_search import Copies

_ASKED = ("违约金", '"甲方"', "验收合格后支付", "争议解决")


@dataclass
class Watched:
    """What somebody saw who searched all the while.

    Attributes:
        asked: number of questions.
        empty: those without a hit.
        failed: errors, one line each.
        slowest: seconds of the slowest answer.
    """

    asked: int = 0
    empty: int = 0
    failed: list[str] = field(default_factory=list)
    slowest: float = 0.0


class Watcher(threading.Thread):
    """Searches until told to stop."""

    def __init__(self, index: ClauseIndex) -> None:
        """Search through a connection of its own."""
        super().__init__(daemon=True)
        self.seen = Watched()
        self._index = index
        self._enough = threading.Event()

    def run(self) -> None:
        """Ask one question after the other."""
        while not self._enough.is_set():
            text = _ASKED[self.seen.asked % len(_ASKED)]
            began = time.monotonic()
            try:
                self.seen.empty += not self._index.search(ClauseQuery(text=text, facets=("type",))).hits
            except QiyueError as error:
                self.seen.failed.append(f"{text}: {error.code}: {error.message}")
            self.seen.asked += 1
            self.seen.slowest = max(self.seen.slowest, time.monotonic() - began)

    def stop(self) -> Watched:
        """What was seen."""
        self._enough.set()
        self.join(timeout=60)
        return self.seen


def rebuild_while_searching(new_engine: Callable[[], Engine], records: Callable[[], Iterable[IndexRecord]]) -> Watched:
    """Fill an index, then make it anew while another connection searches.

    Args:
        new_engine: opens the same index each time it is called.
        records: what is indexed, the same each time.
    """
    writer, reader = ClauseIndex(new_engine(), search_words), ClauseIndex(new_engine(), search_words)
    writer.rebuild(records())
    watcher = Watcher(reader)
    watcher.start()
    try:
        writer.rebuild(records())
    finally:
        seen = watcher.stop()
        writer.close()
        reader.close()
    return seen


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="tools.prove_rebuild")
    parser.add_argument("--clauses", type=int, default=100_000)
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="elasticsearch")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        if options.engine == "elasticsearch":
            from search.backends.elastic import Elastic
            from tools.elasticsearch import Node

            url = stack.enter_context(Node.temporary(heap="1g")).url
            seen = rebuild_while_searching(lambda: Elastic(f"{url}/anew"), lambda: Copies(options.clauses))
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            seen = rebuild_while_searching(lambda: Tantivy(folder), lambda: Copies(options.clauses))
    print(
        f"{options.engine}, {options.clauses} clauses made anew: {seen.asked} searches meanwhile, "
        f"{len(seen.failed)} failed, {seen.empty} empty, slowest {seen.slowest * 1000:.0f} ms"
    )
    for line in seen.failed[:5]:
        print(f"  {line}")
    return int(bool(seen.failed or seen.empty or not seen.asked))


if __name__ == "__main__":
    sys.exit(main())
