"""An outside converter run with care: a folder of its own, limits, no network, no way to stay behind.

A converter is handed a stranger's file, so it gets an empty home, an environment with nothing in it, limits on time,
memory and what it may write, and a network name space without a network where the system grants one.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from schema.errors import ReadError

_WRITE_MB: Final = 512
_MEMORY_MB: Final = 3072
_GRACE: Final = 5.0
# the shell sets the limits and then becomes the tool; `timeout` ends the tool even when nobody is left to do so
_LIMITED: Final = 'ulimit -t "$1"; ulimit -f "$2"; ulimit -d "$3"; ulimit -c 0; shift 3; exec "$@"'


def find_tool(*names: str) -> str | None:
    """Path of the first of some programs that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def run_tool(command: Sequence[str], *, home: Path, seconds: float, what: str) -> bytes:
    """Run a converter to its end.

    Args:
        command: program and arguments.
        home: folder it works in, the only place it should write to.
        seconds: time it may take.
        what: name of the program for people.

    Returns:
        What it printed.

    Raises:
        ReadError: `reader_timeout`; `file_damaged` when it fails on the file.
    """
    whole = [*_timeout(seconds), "/bin/sh", "-c", _LIMITED, "sh", str(int(seconds) + 1), str(_WRITE_MB * 2048)]
    whole += [str(_MEMORY_MB * 1024), *_without_network(), *command]
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "TMPDIR": str(home)}
    environment |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(
        whole, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=home, env=environment,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            out, _ = process.communicate(timeout=seconds + _GRACE)
        except subprocess.TimeoutExpired:
            process.returncode = -signal.SIGKILL
            out = b""
        finally:
            _end_group(process.pid)
    if process.returncode in (124, 137, -signal.SIGKILL, -signal.SIGXCPU):
        raise ReadError("reader_timeout", f"{what} took more than {seconds:.0f} s")
    if process.returncode != 0:
        raise ReadError("file_damaged", f"{what} cannot read it")
    return out


def _end_group(group: int) -> None:
    """End whatever the converter has left running."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _timeout(seconds: float) -> list[str]:
    path = find_tool("timeout")
    return [path, "-k", "2", str(seconds)] if path else []


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """`unshare` where this system lets a program give up its network."""
    path = find_tool("unshare")
    for options in (("--net",), ("--net", "--map-root-user")):
        if path is None:
            break
        tried = subprocess.run([path, *options, "true"], capture_output=True, check=False, timeout=10)
        if tried.returncode == 0:
            return (path, *options)
    return ()
