"""The same import on a Dask cluster of separate processes gives the same store."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Store
from qiyue.executors import open_executor, outcome
from qiyue.service.base import Service
from qiyue.service.importing import ImportReport, ImportRequest, import_paths
from qiyue.settings import read_settings
from qiyue.tasks import Failed, Limits, Task, run
from schema.errors import QiyueError
from tests.support.many import make_folder

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("dask")]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler and two workers, each a process of its own."""
    folder = tmp_path_factory.mktemp("dask")
    environment = {**os.environ, "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "info"}
    dask = [sys.executable, "-m", "dask"]
    log = (folder / "scheduler.log").open("w+")
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
    processes = [subprocess.Popen([*dask, "scheduler", *options], stdout=log, stderr=log, env=environment, cwd=folder)]
    address = wait_for_address(folder / "scheduler.log")
    worker = [
        *dask,
        "worker",
        f"tcp://{address}",
        "--no-nanny",
        "--nthreads",
        "1",
        "--no-dashboard",
        "--host",
        "127.0.0.1",
    ]
    for number in range(2):
        place = folder / str(number)
        place.mkdir()
        processes.append(
            subprocess.Popen(
                worker, stdout=log, stderr=log, env=environment | {"PYTHONPATH": str(Path.cwd())}, cwd=place
            )
        )
    wait_for_workers(address)
    yield address
    for process in reversed(processes):
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
    log.close()


def wait_for_workers(address: str) -> None:
    """Both workers have joined: until then a client may see one of them, or none."""
    from distributed import Client

    with Client(f"tcp://{address}", timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)


def wait_for_address(log: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = re.search(r"Scheduler at:\s+tcp://(\S+)", log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def imported(home: Path, files: Path, executor: str) -> tuple[Service, ImportReport]:
    service = Service(read_settings({"QIYUE_DATA": str(home)}))
    return service, import_paths(service, ImportRequest(paths=(files,), jobs=2), executor=executor)


def contents(store: Store) -> dict[str, bytes]:
    return {name: store.record(name) for name in store.catalogue.ids()}


def test_the_store_is_the_same(cluster: str, tmp_path: Path) -> None:
    make_folder(tmp_path / "in", 40)
    here, first = imported(tmp_path / "here", tmp_path / "in", "processes")
    there, second = imported(tmp_path / "there", tmp_path / "in", f"dask://{cluster}")
    assert first.interrupted is None
    assert second.interrupted is None
    assert second.counts == first.counts
    assert contents(there.store) == contents(here.store)
    assert sorted(there.store.originals.names()) == sorted(here.store.originals.names())
    assert there.index.contracts() == here.index.contracts()
    here.close()
    there.close()


def test_both_workers_read(cluster: str) -> None:
    with open_executor(f"dask://{cluster}", 1, Limits()) as opened:
        assert (opened.workers, opened.elsewhere) == (2, True)
        assert len({opened.executor.submit(os.getpid).result() for _ in range(20)}) == 2


def test_a_file_that_hangs_costs_itself(cluster: str) -> None:
    limits = Limits(wall_seconds=3)
    with open_executor(f"dask://{cluster}", 1, limits) as opened:
        from tests.support.faulty import hang_on_worker

        task = Task(source=b"", name="a.pdf")
        failed = outcome(opened.executor.submit(hang_on_worker, task, limits), task, limits)
        assert isinstance(failed, Failed)
        assert failed.code == "reader_timeout"
        good, patient = Task(source="第一条 标的".encode(), name="b.txt"), Limits()
        assert not isinstance(outcome(opened.executor.submit(run, good, patient), good, patient), Failed)


def test_a_cluster_that_is_not_there_is_named() -> None:
    with pytest.raises(QiyueError, match="executor_unreachable"), open_executor("dask://127.0.0.1:9", 1, Limits()):
        pass
