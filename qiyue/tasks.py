"""What is asked of a reading process and what it answers; light enough to be loaded anywhere."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.packing import Packed

OVER_MEMORY = 77
"""Exit code of a reading process that grew too large."""


@dataclass(frozen=True)
class Limits:
    """What one file may cost.

    Attributes:
        wall_seconds: time.
        cpu_seconds: processor time over all cores.
        memory_mb: memory of the reading process, in 2**20 bytes.
        yields: steps by which it gives way to other processes (`nice`); what people wait for goes before.
    """

    wall_seconds: int = 600
    cpu_seconds: int = 2400
    memory_mb: int = 4096
    yields: int = 0


@dataclass(frozen=True)
class Checks:
    """What the checks go by.

    Attributes:
        penalty_threshold: share of the contract total above which a penalty is pointed out.
        grades: codes of findings with `error`, `warning`, `info` or `off`.
    """

    penalty_threshold: Decimal = Decimal("0.3")
    grades: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Task:
    """One file to read.

    Attributes:
        source: its path, or its bytes where the reader cannot see the path.
        name: for people.
        sha256: what the bytes must give; None when it does not matter.
        password: opens an encrypted file.
        fast: smaller OCR weights.
        for_store: whether rows for the store are wanted.
        checks: what the checks go by.
    """

    source: Path | bytes
    name: str
    sha256: str | None = None
    password: str | None = None
    fast: bool = False
    for_store: bool = False
    checks: Checks = Checks()


@dataclass(frozen=True)
class PageTask:
    """One page to draw; see `ingest.show.show_page`."""

    source: Path | bytes
    media_type: str
    number: int
    rotation: int
    width: int


@dataclass(frozen=True)
class LayoutTask:
    """A file without pages to lay out; see `ingest.rendering`.

    Attributes:
        source: the file.
        media_type: of its bytes.
        text: canonical text of the contract, to find the printed lines in.
        program: path of LibreOffice.
        seconds: time it may take.
    """

    source: Path | bytes
    media_type: str
    text: str
    program: str
    seconds: float


@dataclass(frozen=True)
class Parsed:
    """A file that was read.

    Attributes:
        record: JSON of the contract record, the PNG of a page, or a PDF; empty when rows were wanted.
        packed: rows for the store, when wanted.
        places: of a PDF, JSON: pages as number, width, height; lines as start, end, page, box.
    """

    record: bytes = b""
    packed: "Packed | None" = None
    places: bytes = b""


@dataclass(frozen=True)
class Failed:
    """A file that gave nothing, and why: code of the catalogue, one sentence, remedy."""

    code: str
    message: str
    remedy: str


def start(limits: Limits) -> None:
    """Prepare a reading process; named here so that who asks need not load what reads."""
    from qiyue import worker

    worker.start(limits)


def run(task: Task, limits: Limits) -> Parsed | Failed:
    """Read one file in a reading process."""
    from qiyue import worker

    return worker.run(task, limits)


def draw(task: PageTask, limits: Limits) -> Parsed | Failed:
    """Draw one page in a reading process."""
    from qiyue import worker

    return worker.draw(task, limits)


def lay_out(task: LayoutTask, limits: Limits) -> Parsed | Failed:
    """Lay out one file in a reading process."""
    from qiyue import worker

    return worker.lay_out(task, limits)
