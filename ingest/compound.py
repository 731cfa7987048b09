"""Streams of a compound file ([MS-CFB]), the container of old Word files and of encrypted new ones."""

import struct
from typing import Final

from schema.errors import ReadError

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST: Final = 0xFFFFFFFA  # larger numbers mark the end of a chain, or no sector
_HEADER: Final = 512
_ENTRY: Final = 128
_STREAM: Final = 2
_ROOT: Final = 5


class CompoundFile:
    """A compound file whose streams are read by name; the folders in it are not told apart."""

    def __init__(self, data: bytes) -> None:
        """Read the directory.

        Raises:
            ReadError: `file_damaged`.
        """
        self._data = data
        if not data.startswith(_MAGIC) or len(data) < _HEADER:
            raise _damaged()
        shift, small_shift = struct.unpack_from("<HH", data, 0x1E)
        if shift not in (9, 12) or small_shift != 6:
            raise _damaged()
        self._size, self._small_size = 1 << shift, 1 << small_shift
        self._cutoff, small_first = struct.unpack_from("<II", data, 0x38)
        self._next = self._table()
        self._entries = self._directory(struct.unpack_from("<I", data, 0x30)[0])
        chain = self._chain(small_first, self._next)
        self._small_next = _numbers(b"".join(map(self._sector, chain)))
        root = self._entries.get("")
        self._small = b"".join(map(self._sector, self._chain(root[0], self._next))) if root else b""

    def stream(self, name: str) -> bytes | None:
        """Bytes of a stream; None when there is none of this name.

        Raises:
            ReadError: `file_damaged`.
        """
        if name not in self._entries:
            return None
        first, size = self._entries[name]
        if size >= self._cutoff:
            parts = b"".join(map(self._sector, self._chain(first, self._next)))
        else:
            wide = self._small_size
            parts = b"".join(self._small[at * wide : (at + 1) * wide] for at in self._chain(first, self._small_next))
        if len(parts) < size:
            raise _damaged()
        return parts[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _table(self) -> list[int]:
        """The sector that follows each sector."""
        places = list(struct.unpack_from("<109I", self._data, 0x4C))
        more, count = struct.unpack_from("<II", self._data, 0x44)
        for _ in range(min(count, len(self._data) // self._size)):
            if more >= _LAST:
                break
            block = _numbers(self._sector(more))
            places.extend(block[:-1])
            more = block[-1] if block else _LAST
        most = len(self._data) // self._size + 1
        return _numbers(b"".join(self._sector(place) for place in places[:most] if place < _LAST))

    def _chain(self, first: int, following: list[int]) -> list[int]:
        """Numbers of the sectors of a stream; one that comes round to itself is cut."""
        chain: list[int] = []
        while first < _LAST:
            if first >= len(following) or len(chain) > len(following):
                raise _damaged()
            chain.append(first)
            first = following[first]
        return chain

    def _directory(self, first: int) -> dict[str, tuple[int, int]]:
        """First sector and size of each stream by its name; the root has none."""
        data = b"".join(map(self._sector, self._chain(first, self._next)))
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 0x40)
            start, size = struct.unpack_from("<IQ", data, at + 0x74)
            name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == _STREAM:
                found.setdefault(name, (start, size & 0xFFFFFFFF))
            elif kind == _ROOT:
                found[""] = (start, size)
        return found


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _damaged() -> ReadError:
    return ReadError("file_damaged", "the container of the file is cut off or broken")
