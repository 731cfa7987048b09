"""One file → its record, read in a process of its own.

record = parse_file(Path("采购合同.pdf"))     # a Contract
"""

from pathlib import Path
from typing import TYPE_CHECKING

from qiyue.tasks import Checks, Failed, Limits, Parsed, Task, run
from schema.errors import ReadError, UsageError

if TYPE_CHECKING:
    from schema.contract import Contract

_TRIES = 3


def parse_file(
    path: Path,
    *,
    limits: Limits | None = None,
    password: str | None = None,
    fast: bool = False,
    checks: Checks | None = None,
) -> "Contract":
    """Read a file into a contract record.

    Args:
        path: of the file.
        limits: what it may cost.
        password: opens an encrypted file.
        fast: smaller OCR weights.
        checks: what the checks go by.

    Raises:
        ReadError: there is no record; the code says why.
    """
    from schema.contract import Contract

    record = parse_to_json(path, limits=limits, password=password, fast=fast, checks=checks)
    return Contract.model_validate_json(record)


def parse_to_json(
    path: Path,
    *,
    limits: Limits | None = None,
    password: str | None = None,
    fast: bool = False,
    checks: Checks | None = None,
) -> bytes:
    """The same as JSON, without building the record in this process."""
    if not path.exists():
        raise UsageError("file_missing", f"{path} does not exist")
    task = Task(path.absolute(), path.name, password=password, fast=fast, checks=checks or Checks())
    return _in_process(task, limits or Limits())


def _in_process(task: Task, limits: Limits) -> bytes:
    from qiyue.executors import LimitedProcesses, outcome

    with LimitedProcesses(1, limits) as processes:
        for _ in range(_TRIES):
            result = outcome(processes.submit(run, task, limits), task, limits)
            if isinstance(result, Parsed):
                return result.record
            if isinstance(result, Failed):
                raise ReadError(result.code, result.message, remedy=result.remedy)
    raise ReadError("reader_crashed", f"{task.name}: no reading process could be started")
