"""Members of ZIP archives encrypted with AES, as WinZip, 7-Zip, WinRAR and Bandizip do (AE-1 and AE-2).

A member is salt, two bytes that tell a wrong password, the packed bytes in counter mode, ten bytes of HMAC-SHA1.
https://www.winzip.com/en/support/aes-encryption/
"""

import hashlib
import hmac
import io
import struct
import zipfile
import zlib
from typing import IO, Any, Final, cast

import numpy as np

_EXTRA: Final = 0x9901
_LOCAL: Final = struct.Struct("<4s22xHH")
_ROUNDS: Final = 1000
_CHECK: Final = 2
_SEAL: Final = 10
_CHUNK: Final = 1 << 16
_BLOCK: Final = 16


def open_sealed(archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: bytes) -> IO[bytes]:
    """Open a member that is encrypted with AES, as `ZipFile.open` opens the others.

    Args:
        archive: the open archive.
        info: a member packed by method 99.
        password: as typed, encoded.

    Raises:
        RuntimeError: the password is wrong.
        NotImplementedError: packed or encrypted in a way that is not known.
        zipfile.BadZipFile: here or while it is read: cut off or changed.
    """
    return io.BufferedReader(_Sealed(archive, info, password), _CHUNK)


class _Sealed(io.RawIOBase):
    """Packed bytes decrypted and unpacked a piece at a time; the seal is checked at the end."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        size, self._packed = _how(info.extra)
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._file = cast(IO[bytes], archive.fp)
        self._file.seek(info.header_offset)
        head = self._file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile("no header in front of a member")
        self._at = info.header_offset + _LOCAL.size + sum(_LOCAL.unpack(head)[1:])
        self._left = info.compress_size - size // 2 - _CHECK - _SEAL
        if self._left < 0:
            raise zipfile.BadZipFile("a member too short to be encrypted")
        salt, check = self._take(size // 2), self._take(_CHECK)
        keys = hashlib.pbkdf2_hmac("sha1", password, salt, _ROUNDS, 2 * size + _CHECK)
        if not hmac.compare_digest(keys[2 * size :], check):
            raise RuntimeError("Bad password for a member")
        self._aes = Cipher(algorithms.AES(keys[:size]), modes.ECB()).encryptor()
        self._seal = hmac.new(keys[size : 2 * size], digestmod=hashlib.sha1)
        self._counter = 1
        self._promised = info.file_size
        self._waiting = b""
        self._done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 — whatever has bytes to write into
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        self._promised -= len(data)
        if self._promised < 0 or (not data and self._promised):
            raise zipfile.BadZipFile("a member is not as long as is said of it")
        return len(data)

    def _next(self, most: int) -> bytes:
        """At most so many bytes more; none at the end."""
        while not self._done:
            waiting = self._waiting or self._plain()
            if self._packed == zipfile.ZIP_STORED:
                data, self._waiting = waiting[:most], waiting[most:]
            else:
                data = self._inflate.decompress(waiting, most)
                self._waiting = self._inflate.unconsumed_tail
            if data:
                return data
            if not waiting:
                self._done = True
                whole = self._packed == zipfile.ZIP_STORED or self._inflate.eof
                if not whole or not hmac.compare_digest(self._seal.digest()[:_SEAL], self._take(_SEAL)):
                    raise zipfile.BadZipFile("a member is cut off or changed")
        return b""

    def _plain(self) -> bytes:
        """The next packed bytes, decrypted."""
        sealed = self._take(min(_CHUNK, self._left))
        self._left -= len(sealed)
        self._seal.update(sealed)
        blocks = -(-len(sealed) // _BLOCK)
        counters = np.zeros((blocks, 2), "<u8")
        counters[:, 0] = np.arange(self._counter, self._counter + blocks)
        self._counter += blocks
        mask = np.frombuffer(self._aes.update(counters.tobytes()), np.uint8)[: len(sealed)]
        return (np.frombuffer(sealed, np.uint8) ^ mask).tobytes()

    def _take(self, count: int) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(count)
        if len(data) < count:
            raise zipfile.BadZipFile("the archive is cut off")
        self._at += count
        return data


def _how(extra: bytes) -> tuple[int, int]:
    """Bytes of the key, and how a member is packed below its encryption."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        if kind == _EXTRA and size >= 7 and place + 11 <= len(extra):
            strength, packed = struct.unpack_from("<BH", extra, place + 8)
            if strength in (1, 2, 3) and packed in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                return 8 + 8 * strength, packed
            break
        place += 4 + size
    raise NotImplementedError("a way of encryption that is not known")
