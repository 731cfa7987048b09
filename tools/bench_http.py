"""How fast the server answers: searches in 100,000 clauses, alone and by fifty readers beside an import.

    python -m tools.bench_http [--clauses 100000] [--readers 50] [--rounds 1] [--folder DIR]

The clauses are varied copies of the samples, as in `tools.bench_search`. `took` is what the search says of itself,
`wall` what a client on the same machine waits, `cpu` processor time of the server a request; beside an import, the
processes that read files and the client share the cores with the server.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from qiyue.accounts.door import Door
from qiyue.accounts.person import Person
from qiyue.service.base import Service
from qiyue.settings import read_settings
from tests.support.many import small_contract
from tools.bench_search import FACETS, QUERIES, Copies

_IMPORTED = 40


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clauses", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        token = _prepare(folder, given.clauses)
        with _serving(folder) as (address, process):
            headers = {"Authorization": f"Bearer {token}"}
            with httpx.Client(base_url=address, headers=headers, timeout=60) as http:
                _ask_all(http)  # warms caches
                _report("alone", *_measured(process, lambda: _ask_all(http)))
            wall, took, cpu = _measured(
                process, lambda: asyncio.run(_crowd(address, headers, given.readers, given.rounds))
            )
            _report(f"{given.readers} readers beside an import", wall, took, cpu)
    return 0


def _prepare(folder: Path, clauses: int) -> str:
    """An index of so many clauses, and a token to ask with."""
    settings = read_settings({"QIYUE_DATA": str(folder)})
    with Service(settings) as service:
        began = time.perf_counter()
        number = service.index.rebuild(Copies(clauses))
        print(f"{number} clauses indexed in {time.perf_counter() - began:.0f} s")
        door = Door(service.store.database)
        account = door.accounts.find("bench") or door.add_account("bench", password=None, admin=True)
        person = Person(account.name, True)
        token, _ = door.make_token(person, label="bench", scopes=["read", "write"], days=1)
        door.close()
    return token


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
        server.wait(60)


def _parameters(query: tuple[str, tuple[str, ...]]) -> dict[str, str | list[str]]:
    return {"q": query[0], "where": list(query[1]), "facet": list(FACETS)}


def _ask_all(http: httpx.Client) -> list[tuple[float, int]]:
    """Milliseconds waited, and those the search says, of each query."""
    found = []
    for query in QUERIES:
        began = time.perf_counter()
        answer = http.get("/v1/clauses", params=_parameters(query)).raise_for_status()
        found.append(((time.perf_counter() - began) * 1000, answer.json()["took_ms"]))
    return found


async def _crowd(address: str, headers: dict[str, str], readers: int, rounds: int) -> list[tuple[float, int]]:
    """All queries by so many readers at once, while small contracts are imported."""
    limits = httpx.Limits(max_connections=readers + 2)
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=120, limits=limits) as http:
        sent = [("file", (f"{n}.txt", small_contract(n, seed=1).encode())) for n in range(_IMPORTED)]
        job = (await http.post("/v1/imports", files=sent)).raise_for_status().json()["job"]

        async def read(number: int) -> list[tuple[float, int]]:
            found = []
            for place in range(len(QUERIES) * rounds):
                query = QUERIES[(number + place) % len(QUERIES)]
                began = time.perf_counter()
                answer = (await http.get("/v1/clauses", params=_parameters(query))).raise_for_status()
                found.append(((time.perf_counter() - began) * 1000, answer.json()["took_ms"]))
            return found

        answers = await asyncio.gather(*map(read, range(readers)))
        state = (await http.get(f"/v1/jobs/{job}")).json()
        print(f"import {state['state']}: {state['counts']}")
    return [answer for one in answers for answer in one]


def _measured(
    process: psutil.Process, run: Callable[[], list[tuple[float, int]]]
) -> tuple[list[float], list[float], float]:

    before = sum(process.cpu_times()[:2])
    answers = run()
    cpu = (sum(process.cpu_times()[:2]) - before) * 1000 / len(answers)
    return [wall for wall, _ in answers], [float(took) for _, took in answers], cpu


def _report(name: str, wall: list[float], took: list[float], cpu: float) -> None:
    print(f"{name}: {len(wall)} answers, no error; {cpu:.1f} ms cpu a request")
    for what, values in (("wall", wall), ("took", took)):
        ordered = sorted(values)
        middle, most = ordered[len(ordered) // 2], ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
        print(f"  {what} ms: p50 {middle:.0f}, p95 {most:.0f}, max {ordered[-1]:.0f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
