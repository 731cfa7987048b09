"""A genuine PostgreSQL server for tests: own data folder, loopback only, gone with the test run.

Where PostgreSQL is not installed the tests skip and say so; under CI=true that is a failure.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NoReturn

import pytest

_INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_REASON = "needs PostgreSQL (initdb and postgres on the PATH, e.g. apt-get install postgresql)"


def program(name: str) -> str | None:
    """Path of a program of PostgreSQL; Debian keeps them off the PATH."""
    places = [shutil.which(name), *(str(p / name) for glob in _INSTALLED for p in sorted(Path("/").glob(glob[1:])))]
    return next((str(Path(p).resolve()) for p in places if p and Path(p).exists()), None)


def go_without(reason: str = _REASON) -> NoReturn:
    """Skip the test, or fail it under CI, where there is no PostgreSQL."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


class Server:
    """A running server; `url(name)` makes an empty database."""

    def __init__(self) -> None:
        """Make the data folder and start."""
        if not (program("initdb") and program("postgres")):
            go_without()
        self._home = Path(tempfile.mkdtemp(prefix="pg-"))
        self._user = _unprivileged()
        if self._user is not None:
            os.chown(self._home, self._user, -1)
        self._run("initdb", "-D", str(self._home / "data"), "-U", "qiyue", "-A", "trust", "-E", "UTF8", "--no-sync")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        options = ["-c", "fsync=off", "-c", "unix_socket_directories=", "-c", "listen_addresses=127.0.0.1"]
        command = [str(program("postgres")), "-D", str(self._home / "data"), "-p", str(self.port), *options]
        self._log = (self._home / "log").open("wb")
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log, user=self._user, cwd="/")
        self._wait()

    def url(self, name: str) -> str:
        """Address of a new, empty database; one of that name is dropped first."""
        import psycopg

        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self._address(name)

    def stop(self) -> None:
        """End the server and remove its data."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)
        self._log.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _address(self, name: str) -> str:
        return f"postgresql://qiyue@127.0.0.1:{self.port}/{name}"

    def _run(self, name: str, *arguments: str) -> None:
        command = [str(program(name)), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, user=self._user, cwd="/")
        if done.returncode:
            go_without(f"{name} does not run here: {done.stderr.strip().splitlines()[-1:]}")

    def _wait(self) -> None:
        import psycopg

        until = time.monotonic() + 120
        while True:
            try:
                psycopg.connect(self._address("postgres")).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.05)


def _unprivileged() -> int | None:
    """Who runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return names.get("postgres", names.get("nobody", 65534))
