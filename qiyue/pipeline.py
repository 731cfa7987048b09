"""One file → its record, read in a process of its own.

record = parse_file(Path("采购合同.pdf"))     # a Contract
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qiyue.sources import find_files, is_member, open_file, outer_path, shown_name
from qiyue.tasks import Checks, Failed, Limits, Parsed, Task, run
from schema.errors import ReadError, UsageError

if TYPE_CHECKING:
    from qiyue.executors import LimitedProcesses
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


def parse_members(
    path: Path,
    *,
    limits: Limits | None = None,
    password: str | None = None,
    fast: bool = False,
    checks: Checks | None = None,
) -> Iterator[bytes | ReadError]:
    """The documents of an archive one after another: the record of each as JSON, or why it has none.

    Args:
        path: the archive, or one member of it (`all.zip!/lease.docx`); what is passed over in an import is here too.
        limits: what each may cost.
        password: opens encrypted files.
        fast: smaller OCR weights.
        checks: what the checks go by.
    """
    from qiyue.executors import LimitedProcesses

    wanted, limits = str(path.absolute()), limits or Limits()
    with LimitedProcesses(1, limits) as processes:
        for found in find_files((Path(outer_path(wanted)),), password=password):
            if not is_member(wanted) or found.path == wanted:
                if found.state == "failed":
                    yield ReadError(found.code or "file_damaged", found.message or found.path, remedy=found.remedy)
                elif found.state == "queued":
                    with open_file(found.path, password=password) as stream:
                        source = stream.read()
                    task = Task(source, shown_name(found.path), password=password, fast=fast, checks=checks or Checks())
                    try:
                        yield _answer(processes, task, limits)
                    except ReadError as error:
                        yield error


def _in_process(task: Task, limits: Limits) -> bytes:
    from qiyue.executors import LimitedProcesses

    with LimitedProcesses(1, limits) as processes:
        return _answer(processes, task, limits)


def _answer(processes: "LimitedProcesses", task: Task, limits: Limits) -> bytes:
    from qiyue.executors import outcome

    for _ in range(_TRIES):
        result = outcome(processes.submit(run, task, limits), task, limits)
        if isinstance(result, Parsed):
            return result.record
        if isinstance(result, Failed):
            raise ReadError(result.code, result.message, remedy=result.remedy)
    raise ReadError("reader_crashed", f"{task.name}: no reading process could be started")
