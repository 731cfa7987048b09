"""How fast the server answers: alone, to fifty people who work, and to fifty programs that never pause.

    python -m tools.bench_http [--clauses 100000] [--readers 50] [--pause 5] [--seconds 60] [--folder DIR]

The clauses are varied copies of the samples, as in `tools.bench_search`; the samples themselves are in the store, so
contracts and pages can be opened. Three measurements, the last two beside an import of scans and small contracts:

- alone: one question after the other;
- people: each looks at what came for `--pause` seconds on average (exponential, so they bunch up as people do), then
  types (two requests for suggestions), searches, opens a contract with its map and a page picture, goes back, or turns
  the page of hits. One question in four is one that was asked before: people reload, go back and ask alike;
- programs: all ask the API for hits with facets without any pause, no two the same.

`wall` is what a client on the same machine waits, with client, server and import sharing its cores; `took` what the
search says of itself; `cpu` processor time of the server a request.
"""

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from qiyue.accounts.door import Door
from qiyue.accounts.person import Person
from qiyue.service.base import Service
from qiyue.settings import read_settings
from tests.support.many import small_contract
from tools.bench_search import FACETS, QUERIES, Copies
from tools.serve_samples import load_samples

ROOT = Path(__file__).resolve().parent.parent
_SMALL, _SCANS = 200, 2
_AGAIN = 0.25
_TOOK = re.compile(rb'"took_ms":(\d+)')  # reading the whole answer would cost this client more than asking
_KINDS = ("sale", "lease", "service")


@dataclass
class Times:
    """Milliseconds of answers by what was asked for."""

    wall: dict[str, list[float]] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    spent: float = 0.0
    passed: float = 0.0

    def begin(self, process: psutil.Process) -> None:
        """The first question is asked now."""
        self.spent, self.passed = -sum(process.cpu_times()[:2]), -time.perf_counter()

    def end(self, process: psutil.Process) -> None:
        """The last answer has come."""
        self.spent += sum(process.cpu_times()[:2])
        self.passed += time.perf_counter()

    def add(self, what: str, began: float, answer: httpx.Response) -> None:
        """Note an answer."""
        self.wall.setdefault(what, []).append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            self.errors.append(f"{what}: {answer.status_code} {answer.text[:200]}")
        elif what == "clauses":
            self.took.append(float(_TOOK.search(answer.content)[1]))  # type: ignore[index]

    @property
    def all(self) -> list[float]:
        """Of all answers."""
        return [wall for walls in self.wall.values() for wall in walls]


@dataclass(frozen=True)
class Bench:
    """A served collection and how it is asked."""

    address: str
    headers: dict[str, str]
    process: psutil.Process
    contracts: tuple[str, ...]
    readers: int
    pause: float
    seconds: float

    def client(self) -> httpx.AsyncClient:
        """A client for all readers."""
        limits = httpx.Limits(max_connections=self.readers + 2, max_keepalive_connections=self.readers + 2)
        return httpx.AsyncClient(base_url=self.address, headers=self.headers, timeout=120, limits=limits)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when an answer was an error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clauses", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--pause", type=float, default=5.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--folder", type=Path, help="keep the collection here and use it when it is there")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        contracts, token = _prepare(folder, given.clauses)
        with _serving(folder) as (address, process):
            headers = {"Authorization": f"Bearer {token}", "Accept": "*/*"}
            bench = Bench(address, headers, process, contracts, given.readers, given.pause, given.seconds)
            errors = _measured("warming", bench, _alone, shown=False)
            errors += _measured("alone", bench, _alone)
            errors += _measured(f"{bench.readers} people (pause {bench.pause:g} s) beside an import", bench, _people)
            errors += _measured(f"{bench.readers} programs without pause beside an import", bench, _programs)
    return 1 if errors else 0


def _prepare(folder: Path, clauses: int) -> tuple[tuple[str, ...], str]:
    """An index of so many clauses, the samples in the store, and a token to ask with."""
    settings = read_settings({"QIYUE_DATA": str(folder)})
    with Service(settings) as service:
        if not service.index.health().clauses:
            began = time.perf_counter()
            number = service.index.rebuild(Copies(clauses))
            print(f"{number} clauses indexed in {time.perf_counter() - began:.0f} s", flush=True)
        contracts = tuple(load_samples(folder).values())
        door = Door(service.store.database)
        account = door.accounts.find("bench") or door.add_account("bench", password=None, admin=True)
        token, _ = door.make_token(Person(account.name, True), label="bench", scopes=["read", "write"], days=1)
        door.close()
    return contracts, token


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """`qiyue serve` at any port, and its process."""
    server = subprocess.Popen(
        [sys.executable, "-m", "qiyue", "serve", "--port", "0", "--json"],
        env=os.environ | {"QIYUE_DATA": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        yield json.loads(server.stdout.readline())["address"], psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(300)


def _parameters(query: tuple[str, tuple[str, ...]], *facets: str) -> dict[str, str | list[str]]:
    return {"q": query[0], "where": list(query[1]), **({"facet": list(facets)} if facets else {})}


def _question(chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """A question nobody else is likely to ask: a usual one, of contracts since some day, perhaps of a kind."""
    text, where = chance.choice(QUERIES)
    day = f"date>={chance.randint(2010, 2018)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return text, (*where, day, *([f"kind={chance.choice(_KINDS)}"] if chance.random() < 0.3 else []))


async def _get(http: httpx.AsyncClient, times: Times, what: str, path: str, **parameters: object) -> httpx.Response:
    began = time.perf_counter()
    answer = await http.get(path, params=parameters)  # type: ignore[arg-type]
    times.add(what, began, answer)
    return answer


async def _alone(bench: Bench, times: Times) -> None:
    """Every question once over the API, once as a page; each contract with its pictures."""
    async with bench.client() as http:
        times.begin(bench.process)
        for query in QUERIES:
            await _get(http, times, "clauses", "/v1/clauses", **_parameters(query, *FACETS))
        for query in QUERIES:
            await _get(http, times, "search page", "/", **_parameters(query))
        for contract in bench.contracts:
            await _open(http, times, contract)
        times.end(bench.process)


async def _open(http: httpx.AsyncClient, times: Times, contract: str) -> None:
    """A contract as a browser loads it."""
    answer = await _get(http, times, "contract page", f"/contracts/{contract}", q="违约金")
    await _get(http, times, "map", f"/contracts/{contract}/map")
    if f"/v1/contracts/{contract}/pages/1.png" in answer.text:
        await _get(http, times, "picture", f"/v1/contracts/{contract}/pages/1.png")


async def _people(bench: Bench, times: Times) -> None:
    """Readers who look at what came before they ask for more, until the time is up."""
    until = time.perf_counter() + bench.seconds
    asked: list[tuple[str, tuple[str, ...]]] = [QUERIES[0]]

    async def work(number: int) -> None:
        chance = random.Random(number)

        async def look(share: float = 1.0) -> bool:
            await asyncio.sleep(chance.expovariate(1 / (bench.pause * share)))
            return time.perf_counter() < until

        while await look():
            query = chance.choice(asked) if chance.random() < _AGAIN else _question(chance)
            for length in (1, 2):
                await _get(http, times, "suggestions", "/v1/suggestions", q=query[0][:length] or "合")
                await asyncio.sleep(0.3)
            await _get(http, times, "search page", "/", **_parameters(query))
            asked.append(query)
            for _ in range(chance.randint(0, 2)):
                if not await look():
                    return
                await _open(http, times, chance.choice(bench.contracts))
                if not await look(0.5):
                    return
                await _get(http, times, "search page", "/", **_parameters(query))

    async with bench.client() as http:
        job = await _import(http, seed=1)
        times.begin(bench.process)
        await asyncio.gather(*map(work, range(bench.readers)))
        times.end(bench.process)
        await _tell_import(http, job, wait=True)


async def _programs(bench: Bench, times: Times) -> None:
    """As many questions at once as there are readers, the next as soon as one is answered."""

    async def work(number: int) -> None:
        chance = random.Random(1000 + number)
        for _ in QUERIES:
            await _get(http, times, "clauses", "/v1/clauses", **_parameters(_question(chance), *FACETS))

    async with bench.client() as http:
        job = await _import(http, seed=2)
        times.begin(bench.process)
        await asyncio.gather(*map(work, range(bench.readers)))
        times.end(bench.process)
        await _tell_import(http, job, wait=False)


async def _import(http: httpx.AsyncClient, seed: int) -> int:
    """Begin an import of scans and small contracts that were not there before."""
    fresh = f"{seed}-{time.time_ns()}"
    scan = (ROOT / "samples" / "service.pdf").read_bytes()
    small = [(f"{n}.txt", f"{small_contract(n, seed=seed)}\n编号 {fresh}\n".encode()) for n in range(_SMALL)]
    scans = [(f"scan-{n}.pdf", scan + f"\n% {fresh} {n}\n".encode()) for n in range(_SCANS)]
    sent = [("file", one) for one in (*small[: _SMALL // 2], *scans, *small[_SMALL // 2 :])]
    return int((await http.post("/v1/imports", files=sent)).raise_for_status().json()["job"])


async def _tell_import(http: httpx.AsyncClient, job: int, *, wait: bool) -> None:
    """What the import has come to; with `wait` its end too, so that the next measurement has one of its own."""
    began = time.perf_counter()
    state = (await http.get(f"/v1/jobs/{job}", params={"limit": 0})).raise_for_status().json()
    print(f"import by then: {state['state']}, {state['counts']}", flush=True)
    while wait and state["state"] in ("running", "indexing"):
        await asyncio.sleep(1)
        state = (await http.get(f"/v1/jobs/{job}", params={"limit": 0})).raise_for_status().json()
    if wait:
        print(f"import: {state['state']} {time.perf_counter() - began:.0f} s later, {state['counts']}", flush=True)


def _measured(
    name: str, bench: Bench, run: Callable[[Bench, Times], Coroutine[None, None, None]], *, shown: bool = True
) -> int:
    """Run one measurement and print it; the number of errors."""
    times = Times()
    asyncio.run(run(bench, times))
    if not shown:
        return len(times.errors)
    number = len(times.all)
    cost = f"{times.spent * 1000 / number:.1f} ms cpu each"
    print(f"{name}: {number} answers in {times.passed:.0f} s, {len(times.errors)} errors; {cost}")
    for what, values in (("all", times.all), *times.wall.items(), ("took", times.took)):
        if values:
            print(f"  {what:<14} {_spread(values)}")
    for error in times.errors[:5]:
        print(f"  {error}")
    sys.stdout.flush()
    return len(times.errors)


def _spread(values: Sequence[float]) -> str:
    ordered = sorted(values)
    most = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return f"n {len(ordered):>5}  p50 {ordered[len(ordered) // 2]:>5.0f}  p95 {most:>5.0f}  max {ordered[-1]:>5.0f} ms"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
