"""A reader that costs nothing, an executor that runs in place and an index in memory, for tests of what holds them."""

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from corpus.packing import pack
from qiyue.executors import Opened
from qiyue.tasks import Failed, Limits, Parsed, Task
from schema.clause import Clause, Part
from schema.contract import Contract, Producer
from schema.errors import CATALOGUE, SearchError
from schema.query import ClauseQuery, Results
from schema.source import SourceFile
from schema.span import Span

P = ParamSpec("P")
T = TypeVar("T")


def quick_contract(data: bytes, name: str) -> Contract:
    """A record with one clause: the whole text."""
    text = data.decode(errors="replace")
    source = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=name, media_type="text/plain", size=len(data))
    whole = Span(start=0, end=len(text))
    return Contract(
        producer=Producer(name="qiyue", version="0"),
        id=source.sha256,
        source=source,
        text=text,
        parts=(Part(id="main", kind="body", span=whole),),
        clauses=(
            Clause(id="main/1", part="main", style="article", ordinal=1, span=whole, own_spans=(whole,), level=1),
        ),
    )


def quick_read(task: Task, _limits: Limits) -> Parsed | Failed:
    """Read a file without reading it: one that begins with `!` fails with the code that follows."""
    data = task.source if isinstance(task.source, bytes) else task.source.read_bytes()
    if data.startswith(b"!"):
        code = data[1:].decode().strip()
        return Failed(code, f"{task.name}: told to fail", CATALOGUE[code].remedy)
    return Parsed(packed=pack(quick_contract(data, task.name)))


class Inline(Executor):
    """Runs each task at once, in this process."""

    def __init__(self, read: Callable[[Task, Limits], Parsed | Failed] = quick_read) -> None:
        self.read = read
        self.tasks: list[Task] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        future: Future[Any] = Future()
        task, limits = args
        assert isinstance(task, Task)
        assert isinstance(limits, Limits)
        self.tasks.append(task)
        try:
            future.set_result(self.read(task, limits))
        except BaseException as error:
            future.set_exception(error)
        return future


def inline(executor: Inline | None = None) -> Opened:
    """One such executor, in use."""
    return Opened(executor or Inline(), 1)


class _Healthy:
    ok = True
    message = "in memory"


class MemoryIndex:
    """An index that remembers ids; `down` makes it refuse."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self.down = False
        self.calls = 0

    def add(self, records: Iterable[Any]) -> None:
        self._answer()
        self.known |= dict.fromkeys(records, "1")

    def remove(self, contracts: Iterable[str]) -> None:
        self._answer()
        for contract in contracts:
            self.known.pop(contract, None)

    def search(self, query: ClauseQuery) -> Results:
        return Results(query=query.text, total=0)

    def contracts(self) -> dict[str, str]:
        return dict(self.known)

    def rebuild(self, records: Iterable[Any]) -> int:
        self._answer()
        self.known = dict.fromkeys(records, "1")
        return len(self.known)

    def health(self) -> _Healthy:
        return _Healthy()

    def close(self) -> None:
        pass

    def _answer(self) -> None:
        self.calls += 1
        if self.down:
            raise SearchError("search_unreachable", "told to be down")


def write_files(folder: Path, number: int) -> list[Path]:
    """So many small contracts of different words."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{n:05}.txt" for n in range(number)]
    for n, path in enumerate(paths):
        path.write_text(f"设备采购合同第{n}号\n第一条 甲方向乙方购买设备{n}台。", encoding="utf-8")
    return paths
