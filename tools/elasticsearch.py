"""A genuine Elasticsearch server on this machine, for development and tests: no container, no root, 127.0.0.1 only.

    python -m tools.elasticsearch start [--major 8|9] [--port 9200] [--heap 512m]
    python -m tools.elasticsearch status | stop | prepare

The server is started from the jars its makers publish on Maven Central, fetched once into the cache folder. Needs Maven
and a JDK (17 for Elasticsearch 8, 21 for 9). Not for production: no password, no TLS, and only what the server itself
brings (no scripts, no analyzers but whitespace and standard); docs/compose.yaml starts the official image.
"""

import argparse
import contextlib
import fcntl
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

SOURCES = Path(__file__).resolve().parent / "elasticsearch_node"
VERSIONS = {8: "8.17.2", 9: "9.0.4"}
JAVA_MINIMUM = {8: 17, 9: 21}
INSTALL = "install a JDK ({java} or newer, with javac) and Maven: apt-get install maven openjdk-{java}-jdk-headless"
_START_SECONDS = 120
_STOP_SECONDS = 30

_LOGGING = """\
status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.out.ref = out
"""

_DESCRIPTOR = """\
name=transport-netty4
description=Netty 4 based transport
version={version}
elasticsearch.version={version}
java.version={java}
classname=org.elasticsearch.transport.netty4.Netty4Plugin
modulename=org.elasticsearch.transport.netty4
extended.plugins=
has.native.controller=false
"""


class NodeError(Exception):
    """What went wrong and what to do about it."""


def cache_folder() -> Path:
    """Where jars and, unless another home is given, data lie."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "qiyue-elasticsearch"


# Java and the jars


def _java_homes() -> Iterator[Path]:
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(name):
            yield Path(os.environ[name])
    if found := shutil.which("java"):
        yield Path(found).resolve().parent.parent
    for folder in (Path("/usr/lib/jvm"), Path("/opt/java"), Path.home() / ".jdks"):
        if folder.is_dir():
            yield from sorted(folder.iterdir())


def _java_version(home: Path) -> int | None:
    """The feature release of the JDK in a folder; None where there is none."""
    if not os.access(home / "bin" / "java", os.X_OK) or not os.access(home / "bin" / "javac", os.X_OK):
        return None
    with contextlib.suppress(OSError):
        text = (home / "release").read_text(errors="replace")
        if found := re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', text, re.M):
            return int(found[1])
    done = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(?:1\.)?(\d+)', done.stderr)
    return int(found[1]) if found else None


def find_java(major: int) -> Path:
    """The oldest JDK that is new enough for a server.

    Raises:
        NodeError: there is none.
    """
    seen = {home.resolve(): version for home in _java_homes() if (version := _java_version(home))}
    fitting = {home: version for home, version in seen.items() if version >= JAVA_MINIMUM[major]}
    if not fitting:
        known = ", ".join(map(str, sorted(set(seen.values())))) or "none"
        advice = INSTALL.format(java=JAVA_MINIMUM[major])
        raise NodeError(f"Elasticsearch {VERSIONS[major]} needs a JDK {JAVA_MINIMUM[major]} (found: {known}); {advice}")
    return min(fitting, key=lambda home: fitting[home])


def _environment(java: Path) -> dict[str, str]:
    dropped = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH")
    return {name: value for name, value in os.environ.items() if name not in dropped} | {"JAVA_HOME": str(java)}


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def prepare(major: int, java: Path) -> Path:
    """The folder with lib/, modules/ and classes/ of a server; made on the first call.

    Raises:
        NodeError: Maven is missing or cannot fetch.
    """
    version = VERSIONS[major]
    sources = [SOURCES / "pom.xml", SOURCES / "NodeMain.java"]
    digest = hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()[:8]
    target = cache_folder() / f"{version}-{digest}"
    with _locked(cache_folder() / "lock"):
        if target.is_dir():
            return target
        work = Path(tempfile.mkdtemp(prefix=f"{version}-", dir=cache_folder()))
        try:
            _fetch(version, work / "lib", java)
            netty = work / "modules" / "transport-netty4"
            netty.mkdir(parents=True)
            for pattern in ("netty-*.jar", "transport-netty4-*.jar"):
                for jar in (work / "lib").glob(pattern):
                    jar.rename(netty / jar.name)
            descriptor = _DESCRIPTOR.format(version=version, java=JAVA_MINIMUM[major])
            (netty / "plugin-descriptor.properties").write_text(descriptor)
            _compile(major, work, java)
            work.rename(target)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return target


def _fetch(version: str, lib: Path, java: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NodeError(f"Maven (mvn) is not installed; {INSTALL.format(java=17)}")
    print(f"Fetching the jars of Elasticsearch {version} (once) …", file=sys.stderr, flush=True)
    command = [maven, "-q", "-B", "-f", str(SOURCES / "pom.xml"), f"-Delasticsearch.version={version}"]
    command += ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={lib}"]
    done = subprocess.run(command, env=_environment(java), capture_output=True, text=True, check=False)
    if done.returncode or not any(lib.glob("transport-netty4-*.jar")):
        errors = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line][:3]
        raise NodeError(
            "Maven could not fetch Elasticsearch; check that it reaches Maven Central.\n" + "\n".join(errors)
        )


def _compile(major: int, work: Path, java: Path) -> None:
    command = [str(java / "bin" / "javac"), "--release", str(JAVA_MINIMUM[major]), "-proc:none", "-nowarn"]
    command += ["-p", str(work / "lib"), "--add-modules", "ALL-MODULE-PATH"]
    command += ["-d", str(work / "classes"), str(SOURCES / "NodeMain.java")]
    done = subprocess.run(command, env=_environment(java), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NodeError(f"NodeMain.java did not compile with {java}:\n{done.stdout}{done.stderr}")


# one node


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


class Node:
    """One server in one folder; ended by its own process id."""

    def __init__(self, home: Path, *, major: int = 8, port: int = 0, heap: str = "512m", tied: bool = False) -> None:
        """Describe a node.

        Args:
            home: folder of data, settings and logs.
            major: version, 8 or 9.
            port: of HTTP; 0 takes free ones.
            heap: of Java.
            tied: whether it ends with this process, however that ends.
        """
        self.home, self.major, self.heap, self.tied = home.resolve(), major, heap, tied
        self._port = port
        self._child: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextlib.contextmanager
    def temporary(cls, *, major: int = 8, heap: str = "512m") -> Iterator[Self]:
        """A node on a free port in a throw-away folder."""
        home = Path(tempfile.mkdtemp(prefix="elasticsearch-"))
        node = cls(home, major=major, heap=heap, tied=True)
        try:
            node.start()
            yield node
        finally:
            node.stop()
            shutil.rmtree(home, ignore_errors=True)

    @property
    def _state(self) -> dict[str, Any]:
        try:
            return dict(json.loads((self.home / "node.json").read_text()))
        except (OSError, ValueError):
            return {}

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._state.get('http', self._port)}"

    @property
    def pid(self) -> int | None:
        """Its process while it runs; a process id used again by another program does not count."""
        pid = self._state.get("pid")
        return pid if pid and f"NodeMain {self.home}" in _command_line(pid) else None

    def health(self) -> dict[str, Any] | None:
        """What `_cluster/health` says; None while it does not answer."""
        connection = http.client.HTTPConnection("127.0.0.1", int(self.url.rpartition(":")[2]), timeout=5)
        try:
            connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=2s")
            answer = connection.getresponse()
            body = json.loads(answer.read())
            return dict(body) if answer.status == 200 else None
        except (OSError, ValueError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def start(self) -> None:
        """Start it and wait until it answers; nothing happens when it runs already.

        Raises:
            NodeError: it did not come up; its last log lines are in the message.
        """
        if self.pid:
            return
        java = find_java(self.major)
        files = prepare(self.major, java)
        known = self._state
        http_port, transport = (known["http"], known["transport"]) if known else _free_ports(2)
        if self._port:
            http_port = self._port
        self._write_home(files, http_port, transport)
        log = self.home / "logs" / "node.log"
        with log.open("wb") as output:
            self._child = subprocess.Popen(
                self._command(java, files),
                cwd=self.home,
                env=_environment(java),
                stdin=subprocess.PIPE if self.tied else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        state = {"http": http_port, "transport": transport, "pid": self._child.pid, "version": VERSIONS[self.major]}
        (self.home / "node.json").write_text(json.dumps(state))
        deadline = time.monotonic() + _START_SECONDS
        while not self.health():
            if self._child.poll() is not None or time.monotonic() > deadline:
                lines = [
                    x for x in log.read_text(errors="replace").splitlines() if re.search("ERROR|Exception|rror:", x)
                ]
                raise NodeError("The node did not start:\n" + "\n".join(lines[-6:]))
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a crash does."""
        self._end(signal.SIGKILL)

    def stop(self) -> bool:
        """End it; whether it ran."""
        return self._end(signal.SIGTERM)

    def _end(self, first: signal.Signals) -> bool:
        ran = self.pid is not None
        for sign in (first, signal.SIGKILL):
            if pid := self.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sign)
            deadline = time.monotonic() + _STOP_SECONDS
            while self.pid and time.monotonic() < deadline:
                if self._child:
                    self._child.poll()
                time.sleep(0.05)
        if self._child:
            if self._child.stdin:
                self._child.stdin.close()
            self._child.wait()
            self._child = None
        return ran

    def _write_home(self, files: Path, http_port: int, transport: int) -> None:
        for name in ("config", "data", "lib", "logs", "plugins", "tmp"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        modules = self.home / "modules"
        modules.unlink(missing_ok=True)
        modules.symlink_to(files / "modules")
        settings = {
            "cluster.name": "qiyue-development",
            "network.host": "127.0.0.1",
            "http.port": http_port,
            "transport.port": transport,
            "discovery.type": "single-node",
            # A nearly full disk must not turn the indices of a test read-only.
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }
        text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())
        (self.home / "config" / "elasticsearch.yml").write_text(text)
        (self.home / "config" / "log4j2.properties").write_text(_LOGGING)

    def _command(self, java: Path, files: Path) -> list[str]:
        half = int(self.heap[:-1]) * {"m": 2**20, "g": 2**30}[self.heap[-1].lower()] // 2
        return [
            *(str(java / "bin" / "java"), f"-Xms{self.heap}", f"-Xmx{self.heap}", f"-XX:MaxDirectMemorySize={half}"),
            *("-XX:+UseG1GC", "-Xss1m", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8"),
            *("-Djava.awt.headless=true", "-Djava.locale.providers=CLDR", f"-Djava.io.tmpdir={self.home / 'tmp'}"),
            *("-Dio.netty.noUnsafe=true", "-Dio.netty.noKeySetOptimization=true"),
            *("-Dio.netty.recycler.maxCapacityPerThread=0", "-Dio.netty.allocator.numDirectArenas=0"),
            *("-Dlog4j.shutdownHookEnabled=false", "-Dlog4j2.disable.jmx=true"),
            f"-Dlog4j2.configurationFile={self.home / 'config' / 'log4j2.properties'}",
            "--enable-native-access=org.elasticsearch.nativeaccess,org.apache.lucene.core",
            *("-p", str(files / "lib"), "--add-modules", "ALL-MODULE-PATH", "-cp", str(files / "classes")),
            *("NodeMain", str(self.home)),
            *(["--until-eof"] if self.tied else []),
        ]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="tools.elasticsearch", description="A genuine Elasticsearch for development.")
    parser.add_argument("verb", choices=("start", "stop", "status", "prepare"))
    parser.add_argument("--major", type=int, choices=sorted(VERSIONS), default=8)
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument("--heap", default="512m")
    options = parser.parse_args(arguments)
    node = Node(cache_folder() / f"home-{options.major}", major=options.major, port=options.port, heap=options.heap)
    try:
        if options.verb == "prepare":
            print(prepare(options.major, find_java(options.major)))
        elif options.verb == "start":
            node.start()
            print(
                f"Elasticsearch {VERSIONS[options.major]} answers at {node.url}; use QIYUE_SEARCH_URL={node.url}/qiyue"
            )
        elif options.verb == "stop":
            print("Stopped." if node.stop() else "It did not run.")
        else:
            health = node.health() if node.pid else None
            print(f"{node.url}: {health['status']}" if health else "It does not run.")
            return 0 if health else 3
    except NodeError as problem:
        print(f"elasticsearch: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
