"""A small part of `python -m tools.kill_proof`: imports killed at random moments lose and double nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.quick import write_files
from tools import kill_proof
from tools.kill_proof import Proof, audit

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scenario", ["plain", "engine", "twice"])
def test_killed_imports_lose_and_double_nothing(tmp_path: Path, scenario: str) -> None:
    proof = Proof(tmp_path, files=60, seed=7, scenario=scenario, window=2.5)
    kill_proof.run(proof, kills=4)
    assert proof.killed >= 4


def test_the_audit_notices_what_is_wrong(tmp_path: Path) -> None:
    proof = Proof(tmp_path, files=20, seed=3, scenario="plain")
    proof.begin_round()
    proof.finish()
    assert audit(proof) == []
    original = next(path for path in (proof.data / "originals").rglob("*") if path.is_file())
    moved = original.rename(tmp_path / "moved")
    assert any("originals and store differ" in line for line in audit(proof))
    moved.rename(original)
    (proof.data / "originals" / "unfinished" / f"{'a' * 64}.1").write_bytes(b"x")
    assert any("half written" in line for line in audit(proof))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_gentle_stop_finishes_what_is_in_hand_and_says_how_to_go_on(tmp_path: Path, number: int) -> None:
    write_files(tmp_path / "in", 400)
    environment = {**os.environ, "QIYUE_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "qiyue", "import", str(tmp_path / "in"), "--jobs", "1"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    originals = tmp_path / "data" / "originals"
    until = time.monotonic() + 60
    while time.monotonic() < until and not any(path.is_file() for path in originals.rglob("*")):
        time.sleep(0.05)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "stopping" in said
    assert "interrupted: " in said
    assert "run the same command again" in said
    assert "Traceback" not in said
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0
    assert "goes on where it stopped" in again.stderr
    assert "400 stored" in again.stdout
