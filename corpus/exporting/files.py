"""A file that is replaced whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from corpus.originals import store_trouble


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside its place and move it there at the end; on any error nothing changes.

    A device or a pipe (`/dev/null`, `/dev/stdout`) is written to as it is: root would put a plain file in its place.

    Args:
        path: of the file.

    Raises:
        StoreError: `store_full`, `store_read_only`, `store_unreachable`.
    """
    if path.exists() and not path.is_file():
        yield from _straight(path)
        return
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.tmp")
    try:
        with beside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        raise store_trouble(error, str(path)) from error
    finally:
        beside.unlink(missing_ok=True)


def _straight(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("wb") as stream:
            yield stream
    except OSError as error:
        raise store_trouble(error, str(path)) from error
