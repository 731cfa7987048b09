"""Proof that an import cannot lose or double: it is killed again and again, and the books are audited at the end.

    python -m tools.kill_proof --files 300 --kills 100
    python -m tools.kill_proof --scenario engine      # the search engine is down for half of the runs
    python -m tools.kill_proof --scenario twice       # two imports of one folder at once
    python -m tools.kill_proof --scenario full        # the disk is too small at first (a tmpfs: needs root)
    python -m tools.kill_proof --scenario readonly    # the data folder may not be written at first (the same)

SIGKILL goes to the whole process group. When an import ends before it is killed, its collection is audited and a new
one begun, so that every kill meets work.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from qiyue.service.base import Service
from qiyue.settings import read_settings
from qiyue.sources import digest, find_files
from schema.errors import QiyueError
from tests.support.many import make_folder

_NOBODY_ANSWERS = "http://127.0.0.1:9"
_PATIENCE = 600
_FINAL = {"stored", "duplicate", "failed", "skipped"}


@dataclass
class Proof:
    """One collection that is being killed.

    Attributes:
        home: folder of inputs and collection.
        files: how many.
        seed: of inputs and moments.
        scenario: what else goes wrong.
        window: seconds within which a kill falls.
        killed: how often by now.
        rounds: collections begun.
        ended: exit codes of imports that ended by themselves.
    """

    home: Path
    files: int
    seed: int
    scenario: str
    window: float = 4.0
    killed: int = 0
    rounds: int = 0
    ended: Counter[int] = field(default_factory=Counter)

    @property
    def inputs(self) -> Path:
        """What is imported."""
        return self.home / "in"

    @property
    def data(self) -> Path:
        """The collection."""
        return self.home / "data"

    def begin_round(self) -> None:
        """A new folder and an empty collection."""
        self.rounds += 1
        shutil.rmtree(self.inputs, ignore_errors=True)
        for path in self.data.iterdir() if self.data.exists() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        make_folder(self.inputs, self.files, self.seed + self.rounds)

    def start(self, *, engine_down: bool = False) -> subprocess.Popen[bytes]:
        """Begin an import in a process group of its own."""
        environment = {**os.environ, "QIYUE_DATA": str(self.data), "QIYUE_JOBS": "2"}
        environment["QIYUE_SEARCH_URL"] = _NOBODY_ANSWERS if engine_down else str(self.data / "index")
        command = [sys.executable, "-m", "qiyue", "import", str(self.inputs)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env=environment, start_new_session=True, **quiet)  # type: ignore[call-overload,no-any-return]

    def finish(self) -> str:
        """Let the import end by itself, and again until nothing is left for the index; returns what it said."""
        said = ""
        for _ in range(3):
            process = self.start()
            said = process.communicate(timeout=_PATIENCE)[1].decode()
            self.ended[process.returncode] += 1
            if "Traceback" in said or "internal" in said:
                raise SystemExit(f"an import broke: {said}")
            if "wait for the index" not in said and "interrupted" not in said:
                break
        return said


def kill(process: subprocess.Popen[bytes]) -> bool:
    """SIGKILL a process group; whether it was still there."""
    if process.poll() is not None:
        process.communicate()
        return False
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return True


def run(proof: Proof, kills: int) -> None:
    """Kill imports at random moments and audit each collection at its end."""
    draw = random.Random(proof.seed)
    proof.begin_round()
    while proof.killed < kills:
        down = proof.scenario == "engine" and draw.random() < 0.5
        processes = [proof.start(engine_down=down) for _ in range(2 if proof.scenario == "twice" else 1)]
        for process in processes:
            time.sleep(draw.uniform(0.0, proof.window))
            proof.killed += kill(process)
        if all(process.returncode != -signal.SIGKILL for process in processes):
            proof.finish()
            report(proof, audit(proof))
            proof.begin_round()
        if proof.killed % 10 == 0:
            print(f"{proof.killed} kills, collection {proof.rounds}", flush=True)
    proof.finish()
    report(proof, audit(proof))


def audit(proof: Proof) -> list[str]:
    """What is wrong with the books; an empty list when all agree."""
    environment = {"QIYUE_DATA": str(proof.data), "QIYUE_SEARCH_URL": str(proof.data / "index")}
    expected = {found.path for found in find_files((proof.inputs,))}
    with Service(read_settings(environment)) as service:
        jobs = service.store.ledger.jobs()
        wrong = [f"import {job.id} is {job.state}" for job in jobs if job.state != "done"]
        latest: dict[str, str] = {}
        for job in jobs:
            files = list(service.store.ledger.files(job.id))
            wrong += [f"{f.path}: {f.state}" for f in files if f.state not in _FINAL]
            wrong += [f"{path} stands {n} times" for path, n in Counter(f.path for f in files).items() if n > 1]
            if {f.path for f in files} != expected and "taken over" not in (job.note or ""):
                wrong.append(f"import {job.id} knows {len(files)} of {len(expected)} files")
            latest |= {f.path: f.contract for f in files if f.state == "stored" and f.contract}
        stored = service.store.catalogue.ids()
        originals = list(service.store.originals.names())
        indexed = service.index.contracts()
        wrong += compare("ledger", set(latest.values()), set(stored))
        wrong += compare("originals", set(originals), set(stored))
        wrong += compare("index", set(indexed), set(stored))
        wrong += compare("files", readable(proof), set(stored))
        wrong += [f"{name[:12]} is stored twice" for name, n in Counter(stored).items() if n > 1]
        wrong += [f"{name[:12]} is damaged" for name in originals if not service.store.originals.is_whole(name)]
        wrong += [f"left half written: {path}" for path, _ in service.store.originals.unfinished()]
        if waiting := service.store.outbox.count():
            wrong.append(f"{waiting} changes wait for the index")
    return wrong + leftovers(proof)


def readable(proof: Proof) -> set[str]:
    """Bytes of the inputs that a reader takes: those that are text."""
    found = set()
    for entry in find_files((proof.inputs,)):
        try:
            if entry.path.endswith(".txt"):
                found.add(digest(entry.path))
        except QiyueError:
            continue
    return found


def compare(name: str, found: set[str], stored: set[str]) -> list[str]:
    """A line when two sets differ."""
    if found == stored:
        return []
    return [f"{name} and store differ: {len(found - stored)} too many, {len(stored - found)} missing"]


def leftovers(proof: Proof) -> list[str]:
    """Files in the data folder that belong to nothing."""
    known = ("qiyue.sqlite", "originals/", "index")
    wrong = []
    for path in proof.data.rglob("*"):
        name = path.relative_to(proof.data).as_posix()
        if path.is_file() and (name.endswith(".tmp") or "-locks/" in name or not name.startswith(known)):
            wrong.append(f"left over: {name}")
    return wrong


def report(proof: Proof, wrong: list[str]) -> None:
    """Print the outcome of an audit; end the proof when something is wrong."""
    if wrong:
        print(json.dumps(wrong[:20], ensure_ascii=False, indent=1))
        raise SystemExit(f"{len(wrong)} faults after {proof.killed} kills; see {proof.home}")
    print(f"audit {proof.rounds}: all agree after {proof.killed} kills", flush=True)


def with_small_disk(proof: Proof) -> None:
    """First runs on a disk that is too small or may not be written; it is mended in between."""
    proof.data.mkdir(parents=True)
    first = "size=3m" if proof.scenario == "full" else "size=400m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", first, "tmpfs", str(proof.data)], check=True)
    try:
        proof.begin_round()
        if proof.scenario == "readonly":
            kill_once(proof, 2.0)
            subprocess.run(["mount", "-o", "remount,ro", str(proof.data)], check=True)
        code = "store_full" if proof.scenario == "full" else "store_read_only"
        for _ in range(3):
            process = proof.start()
            said = process.communicate(timeout=_PATIENCE)[1].decode()
            if process.returncode != 3 or code not in said or "Traceback" in said:
                raise SystemExit(f"expected {code}, got {process.returncode}: {said[-2000:]}")
        print(said.strip().splitlines()[-1], flush=True)
        subprocess.run(["mount", "-o", "remount,rw,size=400m", str(proof.data)], check=True)
        for moment in (0.5, 1.5, 2.5):
            kill_once(proof, moment)
        proof.finish()
        report(proof, audit(proof))
    finally:
        subprocess.run(["umount", str(proof.data)], check=True)


def kill_once(proof: Proof, moment: float) -> None:
    """Kill an import some seconds after its beginning."""
    process = proof.start()
    time.sleep(moment)
    proof.killed += kill(process)


def main() -> None:
    """Run a proof; exit code 1 when the books do not agree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--window", type=float, default=4.0, help="seconds within which a kill falls")
    parser.add_argument("--scenario", choices=("plain", "engine", "twice", "full", "readonly"), default="plain")
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="kill-proof-"))
    proof = Proof(home, given.files, given.seed, given.scenario, given.window)
    began = time.monotonic()
    if given.scenario in ("full", "readonly"):
        with_small_disk(proof)
    else:
        run(proof, given.kills)
    shutil.rmtree(home)
    print(
        f"{proof.killed} kills, {proof.rounds} collections, {time.monotonic() - began:.0f} s: nothing lost or doubled"
    )


if __name__ == "__main__":
    main()
