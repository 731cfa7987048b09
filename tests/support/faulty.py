"""Readers that misbehave, to be run in reading processes."""

import os
import signal
import time

from qiyue import worker
from qiyue.tasks import Failed, Limits, Parsed, Task


def hang(_task: Task, _limits: Limits) -> Parsed:
    time.sleep(1000)
    return Parsed()


def spin(_task: Task, limits: Limits) -> Parsed:
    worker._limit_processor_time(limits.cpu_seconds)
    while True:
        pass


def crash(_task: Task, _limits: Limits) -> Parsed:
    os.kill(os.getpid(), signal.SIGSEGV)
    return Parsed()


def leave(_task: Task, _limits: Limits) -> Parsed:
    os._exit(3)


def swell(_task: Task, _limits: Limits) -> Parsed:
    held = []
    while True:
        held.append(bytearray(os.urandom(1 << 20)) * 16)
        time.sleep(0.001)


def fine(task: Task, _limits: Limits) -> Parsed:
    return Parsed(record=task.name.encode())


def loud(task: Task, _limits: Limits) -> Parsed:
    print("a library prints", flush=True)
    os.write(1, b"and so does C\n")
    os.write(2, b"on both streams\n")
    return Parsed(record=task.name.encode())


def hang_on_worker(task: Task, limits: Limits) -> Parsed | Failed:
    """On a cluster worker: hand a hanging reader to its limited processes, as `read_on_worker` does with `run`."""
    from qiyue.dask_readers import _processes
    from qiyue.executors import outcome

    result = outcome(_processes(limits).submit(hang, task, limits), task, limits)
    assert result is not None
    return result
