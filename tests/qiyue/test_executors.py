"""A reading process that hangs, spins, crashes, leaves or swells costs its file and nothing else."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from qiyue.executors import LimitedProcesses, open_executor, outcome
from qiyue.pipeline import parse_file, parse_to_json
from qiyue.tasks import Failed, Limits, Parsed, Task
from schema.errors import ReadError, UsageError
from tests.support import faulty
from tests.support.samples import FOLDER

LIMITS = Limits(wall_seconds=8, cpu_seconds=1, memory_mb=1000)


@pytest.fixture(scope="module")
def processes() -> Iterator[LimitedProcesses]:
    with LimitedProcesses(2, LIMITS) as opened:
        yield opened


def read(
    processes: LimitedProcesses, reader: Callable[[Task, Limits], Parsed], name: str = "a.pdf"
) -> Parsed | Failed | None:
    task = Task(source=b"", name=name)
    return outcome(processes.submit(reader, task, LIMITS), task, LIMITS)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reader", "code", "words"),
    [
        (faulty.hang, "reader_timeout", "8 s"),
        (faulty.spin, "reader_timeout", "processor time"),
        (faulty.crash, "reader_crashed", "SIGSEGV"),
        (faulty.leave, "reader_crashed", "code 3"),
        (faulty.swell, "reader_memory", "1000 MB"),
    ],
)
def test_a_fault_is_named_and_the_next_file_is_read(
    processes: LimitedProcesses, reader: Callable[[Task, Limits], Parsed], code: str, words: str
) -> None:
    failed = read(processes, reader)
    assert isinstance(failed, Failed)
    assert failed.code == code
    assert failed.message.startswith("a.pdf: ")
    assert words in failed.message
    assert failed.remedy
    assert read(processes, faulty.fine, "next") == Parsed(record=b"next")


@pytest.mark.slow
def test_others_are_read_while_one_hangs() -> None:
    patient = LimitedProcesses(2, Limits(wall_seconds=600))
    try:
        slow = Task(source=b"", name="slow")
        hanging: Future[Parsed | Failed] = patient.submit(faulty.hang, slow, LIMITS)
        assert [read(patient, faulty.fine, str(n)) for n in range(20)] == [
            Parsed(record=str(n).encode()) for n in range(20)
        ]
        assert not hanging.done()
    finally:
        patient.shutdown(cancel_futures=True)


@pytest.mark.slow
def test_what_libraries_print_goes_nowhere(processes: LimitedProcesses, capfd: pytest.CaptureFixture[str]) -> None:
    assert read(processes, faulty.loud) == Parsed(record=b"a.pdf")
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_file_is_parsed_to_its_record() -> None:
    value = parse_file(FOLDER / "lease.txt")
    assert value.source.name == "lease.txt"
    assert value.text.startswith("办公用房租赁合同")


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"")
    with pytest.raises(ReadError, match="file_empty"):
        parse_to_json(path)


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="file_missing"):
        parse_to_json(tmp_path / "a.pdf")


def test_an_unknown_executor_is_named() -> None:
    with pytest.raises(UsageError, match="ray"), open_executor("ray", 1, LIMITS):
        pass


def test_a_patient_process_gives_way() -> None:
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    patient = replace(LIMITS, yields=3)
    with LimitedProcesses(1, patient) as processes:
        assert processes.submit(os.getpriority, os.PRIO_PROCESS, 0).result() == min(usual + 3, 19)
