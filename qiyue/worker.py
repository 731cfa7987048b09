"""What runs in a reading process: limits on itself, then one file after another.

A library may hang, crash or eat all memory on a hostile file. So a file is never read in the process that writes the
store; the process that reads it limits itself and is thrown away when it breaks its limits.
"""

import gc
import json
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path

from ingest.options import ReadOptions
from ingest.read import read
from nlp.parse import parse
from qiyue.check_options import options_of
from qiyue.tasks import OVER_MEMORY, Failed, LayoutTask, Limits, PageTask, Parsed, Task
from schema.errors import CATALOGUE, QiyueError

_MEGABYTE = 1 << 20
_WATCH_SECONDS = 0.05
_HEADROOM = 1.25  # address space is asked for before it is used


def start(limits: Limits) -> None:
    """Prepare a reading process: silence, limits, a watch on its memory.

    Args:
        limits: for each file.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that keeps the ledger
    _be_silent()
    os.nice(limits.yields)
    hard = int(limits.memory_mb * _HEADROOM) * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_watch_memory, args=(limits.memory_mb,), daemon=True).start()


def run(task: Task, limits: Limits) -> Parsed | Failed:
    """Read and parse one file.

    Args:
        task: the file.
        limits: processor time is counted from here.

    Returns:
        What came of it; no exception passes.
    """
    _limit_processor_time(limits.cpu_seconds)
    try:
        return _parsed(task)
    except QiyueError as error:
        return Failed(error.code, error.message, error.remedy)
    except (MemoryError, RecursionError):
        gc.collect()
        return failure("reader_memory", f"{task.name}: reading it needed more than {limits.memory_mb} MB")
    except Exception as error:
        # the words of a foreign exception may quote the contract, its type does not
        return failure("reader_crashed", f"{task.name}: the reader failed with {type(error).__name__}")


def draw(task: PageTask, limits: Limits) -> Parsed | Failed:
    """Draw one page as PNG; no exception passes."""
    from ingest.show import show_page

    _limit_processor_time(limits.cpu_seconds)
    try:
        data = task.source if isinstance(task.source, bytes) else task.source.read_bytes()
        picture = show_page(data, task.media_type, task.number, rotation=task.rotation, width=task.width)
        return Parsed(record=picture)
    except QiyueError as error:
        return Failed(error.code, error.message, error.remedy)
    except Exception as error:
        return failure("page_unknown", f"drawing it failed with {type(error).__name__}")


def lay_out(task: LayoutTask, limits: Limits) -> Parsed | Failed:
    """Lay out one file as PDF and find its lines in the text; no exception passes."""
    from ingest.rendering import place_lines, render

    _limit_processor_time(limits.cpu_seconds)
    try:
        data = task.source if isinstance(task.source, bytes) else task.source.read_bytes()
        pdf = render(task.program, data, task.media_type, seconds=task.seconds)
        pages = place_lines(pdf, task.text)
    except QiyueError as error:
        return Failed(error.code, error.message, error.remedy)
    except Exception as error:
        return failure("file_damaged", f"laying it out failed with {type(error).__name__}")
    places = {
        "pages": [[page.number, round(page.width, 2), round(page.height, 2)] for page in pages],
        "lines": sorted(
            [line.start, line.end, page.number, *(round(edge, 1) for edge in line.box)]
            for page in pages
            for line in page.lines
        ),
    }
    return Parsed(record=pdf, places=json.dumps(places).encode())


def failure(code: str, message: str) -> Failed:
    """A failure with the remedy of the catalogue."""
    return Failed(code, message, CATALOGUE[code].remedy)


def _parsed(task: Task) -> Parsed | Failed:
    document = read(task.source, ReadOptions(name=task.name, password=task.password, fast=task.fast))
    if task.sha256 is not None and document.source.sha256 != task.sha256:
        return failure("file_changing", f"{task.name} changed while it was read")
    contract = parse(document, options_of(task.checks))
    if not task.for_store:
        return Parsed(record=contract.model_dump_json().encode())
    from corpus.packing import pack

    return Parsed(packed=pack(contract))


def _be_silent() -> None:
    """Libraries print; the output of the program is for results alone."""
    if os.environ.get("QIYUE_DEBUG"):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit_processor_time(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _watch_memory(limit_mb: int) -> None:
    """End the process when its memory passes the limit; an allocation that fails would often only crash it."""
    statm, page = Path("/proc/self/statm"), resource.getpagesize()
    while statm.exists():
        if int(statm.read_text().split()[1]) * page > limit_mb * _MEGABYTE:
            os._exit(OVER_MEMORY)
        time.sleep(_WATCH_SECONDS)
