"""The files as they came: named by the sha256 of their bytes, never written twice, never half there.

Any fsspec address serves. On a local disk a file is written beside its place, synced and renamed; object stores put a
whole object or nothing.
"""

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from uuid import uuid4

import fsspec

from schema.errors import StoreError

_BLOCK = 1 << 20
_UNFINISHED = "unfinished"


class Originals:
    """Files by their sha256 (lower-case hex).

    Attributes:
        url: as given.
        is_local: whether they lie on this disk, so that `place` is a path.
    """

    def __init__(self, url: str) -> None:
        """Name the place; it is made when something is put there.

        Args:
            url: a path, or an fsspec URL (`s3://bucket/folder`, `memory://folder`).
        """
        self.url = url
        self._fs, root = fsspec.core.url_to_fs(url)
        self._root = str(root).rstrip("/")
        self.is_local = "file" in (self._fs.protocol if isinstance(self._fs.protocol, tuple) else (self._fs.protocol,))

    def place(self, sha256: str) -> str:
        """Where a file lies, in the words of its file system."""
        return f"{self._root}/{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def has(self, sha256: str) -> bool:
        """Whether the file is there."""
        return bool(self._fs.exists(self.place(sha256)))

    def put(self, sha256: str, stream: IO[bytes]) -> bool:
        """Store a file.

        Args:
            sha256: what its bytes must give.
            stream: read from here to its end.

        Returns:
            False when the bytes are not those announced (the file changed meanwhile); then nothing is stored.

        Raises:
            StoreError: `store_full`, `store_read_only`, `store_unreachable`.
        """
        if self.has(sha256):
            return True
        try:
            return self._put_local(sha256, stream) if self.is_local else self._put_remote(sha256, stream)
        except OSError as error:
            raise store_trouble(error, self.url) from error

    def open(self, sha256: str) -> IO[bytes]:
        """Read a file.

        Raises:
            StoreError: `original_missing`.
        """
        try:
            return self._fs.open(self.place(sha256), "rb")  # type: ignore[no-any-return]
        except FileNotFoundError as error:
            raise StoreError("original_missing", f"the original of {sha256[:12]} is not in {self.url}") from error

    def is_whole(self, sha256: str) -> bool:
        """Whether the stored bytes still give their name."""
        if not self.has(sha256):
            return False
        digest = hashlib.sha256()
        with self.open(sha256) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest() == sha256

    def remove(self, sha256: str) -> None:
        """Delete a file; no error when it is not there."""
        if self.has(sha256):
            self._fs.rm_file(self.place(sha256))

    def names(self) -> Iterator[str]:
        """The sha256 of each file."""
        for path in self._files(self._root):
            name = path.rpartition("/")[2]
            if len(name) == 64:
                yield name

    def unfinished(self) -> Iterator[tuple[str, str]]:
        """Path and sha256 of each file a killed program left half written."""
        for path in self._files(f"{self._root}/{_UNFINISHED}"):
            yield path, path.rpartition("/")[2].partition(".")[0]

    def remove_unfinished(self, path: str) -> None:
        """Delete one of them."""
        self._fs.rm_file(path)

    def _files(self, folder: str) -> list[str]:
        if not self._fs.exists(folder):
            return []
        self._fs.invalidate_cache()
        return [str(path) for path in self._fs.find(folder)]

    def _put_local(self, sha256: str, stream: IO[bytes]) -> bool:
        final = Path(self.place(sha256))
        beside = Path(self._root) / _UNFINISHED / f"{sha256}.{uuid4().hex}"
        beside.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("wb") as target:
                same = _copy(stream, target) == sha256
                target.flush()
                os.fsync(target.fileno())
            if same:
                final.parent.mkdir(parents=True, exist_ok=True)
                beside.replace(final)
                _sync_folder(final.parent)
            return same
        finally:
            beside.unlink(missing_ok=True)

    def _put_remote(self, sha256: str, stream: IO[bytes]) -> bool:
        data = stream.read()
        if hashlib.sha256(data).hexdigest() != sha256:
            return False
        self._fs.makedirs(self.place(sha256).rpartition("/")[0], exist_ok=True)
        self._fs.pipe_file(self.place(sha256), data)
        return True


def _copy(stream: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def store_trouble(error: OSError, place: str) -> StoreError:
    """The error with a remedy for a disk that will not take what it should.

    Args:
        error: as the system raised it.
        place: named in the message.
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreError("store_full", f"no space is left for {place}")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StoreError("store_read_only", f"{place} may not be written")
    return StoreError("store_unreachable", f"{place}: {error.strerror or error}")
