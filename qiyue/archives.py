"""Archives as an import sees them: what lies in a zip file, under which names, and what is refused unopened.

A member of an archive is written `folder/all.zip!/2025/lease.docx`; an archive in an archive is opened too, once:
`all.zip!/2025.zip!/lease.docx`.
"""

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from ingest import sniff
from schema.errors import CATALOGUE, ReadError

SEPARATOR = "!/"
_MEMBERS = 10_000
_MEMBER_BYTES = 500_000_000
_NESTED_BYTES = 200_000_000
_RATIO = 200
_SMALL = 1_000_000
_SUFFIX = ".zip"
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_AES = 99
_UNICODE_PATH = 0x7075
_BROKEN = (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error, ValueError)


@dataclass(frozen=True)
class Member:
    """A member of an archive.

    Attributes:
        name: with the folders inside the archive, archives in it behind `!/`.
        code: why it cannot be read, None when it can.
        message: why it cannot be read, or is passed over.
    """

    name: str
    code: str | None = None
    message: str | None = None

    @property
    def remedy(self) -> str | None:
        """What helps when it cannot be read."""
        if self.code is None:
            return None
        if self.code == "file_encrypted":
            return "give it with --password, or unpack it"
        return "unpack it" if self.code == "file_too_large" else CATALOGUE[self.code].remedy


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive by its bytes: Word, OFD and OpenDocument files are zip files too, and none."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) not in _MAGIC:
                return path.suffix.lower() == _SUFFIX
            with zipfile.ZipFile(stream) as archive:
                return sniff.zip_type(archive) == sniff.ZIP
    except (OSError, *_BROKEN):
        # one that is broken is reported as the archive its name promises
        return path.suffix.lower() == _SUFFIX


def members(path: Path, *, password: str | None = None) -> Iterator[Member]:
    """Members of an archive and of the archives in it, by name.

    Args:
        path: the archive.
        password: opens members that are encrypted; without it they are refused.

    Raises:
        ReadError: `file_damaged`, `file_too_large`, `file_unreadable`: nothing of it can be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _members(archive, path.name, "", path, password)
    except OSError as error:
        raise ReadError("file_unreadable", f"{path.name} may not be read ({error.strerror})") from error
    except _BROKEN as error:
        raise ReadError("file_damaged", f"{path.name} is no whole archive") from error


def _members(archive: zipfile.ZipFile, what: str, before: str, path: Path, password: str | None) -> Iterator[Member]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MEMBERS:
        raise ReadError("file_too_large", f"{what} has {len(infos)} members, more than {_MEMBERS}")
    if _overlap(infos):
        raise ReadError("file_damaged", f"{what} has members that lie over each other, as in a bomb")
    seen: set[str] = set()
    for info in sorted(infos, key=member_name):
        name = before + member_name(info)
        if name in seen:
            yield Member(name, "file_damaged", f"{what} has two members of this name")
            continue
        seen.add(name)
        refused = _refused(archive, info, name, password)
        if refused is not None:
            yield refused
        elif not name.lower().endswith(_SUFFIX):
            yield Member(name)
        elif before:
            yield Member(name, message="an archive inside an archive inside an archive; unpack it")
        else:
            yield from _nested(path, name, password)


def _refused(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, password: str | None) -> Member | None:
    """A member that is not unpacked, by what the directory says of it."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return Member(name, message="a link")
    locked = _locked(archive, info, name, password)
    if locked is not None:
        return Member(name, locked.code, locked.message)
    if info.file_size > _MEMBER_BYTES or info.file_size > max(_SMALL, _RATIO * info.compress_size):
        return Member(name, "file_too_large", f"{name} unpacks to {info.file_size} bytes")
    return None


def _locked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, password: str | None) -> ReadError | None:
    """Why an encrypted member cannot be opened; None when it can. The first byte tells."""
    if not info.flag_bits & _ENCRYPTED_FLAG:
        return None
    if password is None:
        return ReadError("file_encrypted", f"{name} is protected by a password", remedy="give it with --password")
    try:
        with _opened(archive, info, password) as stream:
            stream.read(1)
    except NotImplementedError:
        return ReadError("file_encrypted", f"{name} is encrypted in a way that is not known", remedy="unpack it")
    except (zipfile.BadZipFile, zlib.error):
        return ReadError("file_damaged", f"{name} cannot be unpacked")
    except RuntimeError:
        return ReadError("file_encrypted", f"the password does not open {name}", remedy="give the right one")
    return None


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: str | None) -> IO[bytes]:
    """A member to be read; Chinese passwords are tried in both encodings that archivers use.

    Raises:
        RuntimeError: the password is wrong.
        NotImplementedError: encrypted in a way that is not known.
    """
    if not info.flag_bits & _ENCRYPTED_FLAG or password is None:
        return archive.open(info)
    tries = list(dict.fromkeys(password.encode(code, "replace") for code in ("utf-8", "gb18030")))
    for number, key in enumerate(tries, start=1):
        try:
            if info.compress_type == _AES:
                from ingest.zip_aes import open_sealed

                return open_sealed(archive, info, key)
            return archive.open(info, pwd=key)
        except NotImplementedError:
            raise
        except RuntimeError:
            if number == len(tries):
                raise
    raise AssertionError("there is always one to try")


def _nested(path: Path, name: str, password: str | None) -> Iterator[Member]:
    """Members of an archive in an archive; one that cannot be opened is one failed member."""
    try:
        data = _inner(str(path), *_version(path), name, password)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sniff.zip_type(archive) != sniff.ZIP:
                yield Member(name)
                return
            yield from list(_members(archive, name, name + SEPARATOR, path, password))
    except ReadError as error:
        yield Member(name, error.code, error.message)
    except _BROKEN:
        yield Member(name, "file_damaged", f"{name} is no whole archive")


def open_member(path: Path, member: str, *, password: str | None = None) -> IO[bytes]:
    """Unpack a member.

    Args:
        path: the archive.
        member: `Member.name`.
        password: opens it, and the archive in the archive it lies in, when they are encrypted.

    Raises:
        ReadError: `file_missing`, `file_damaged`, `file_encrypted`, `file_too_large`.
    """
    inner, separator, rest = member.partition(SEPARATOR)
    try:
        with zipfile.ZipFile(path) as archive:
            if not separator or _info(archive, member) is not None:
                return io.BytesIO(_unpacked(archive, member, _MEMBER_BYTES, password))
        with zipfile.ZipFile(io.BytesIO(_inner(str(path), *_version(path), inner, password))) as archive:
            return io.BytesIO(_unpacked(archive, rest, _MEMBER_BYTES, password))
    except _BROKEN as error:
        raise ReadError("file_damaged", f"{member} cannot be unpacked") from error


@lru_cache(maxsize=1)
def _inner(path: str, changed: int, size: int, name: str, password: str | None) -> bytes:
    """An archive in an archive; the one in hand is kept, for its members are asked for one after another."""
    with zipfile.ZipFile(path) as archive:
        return _unpacked(archive, name, _NESTED_BYTES, password)


def _version(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _unpacked(archive: zipfile.ZipFile, name: str, most: int, password: str | None) -> bytes:
    """Bytes of a member, counted while they are unpacked."""
    info = _info(archive, name)
    if info is None:
        raise ReadError("file_missing", f"{name} is no longer there")
    locked = _locked(archive, info, name, password)
    if locked is not None:
        raise locked
    with _opened(archive, info, password) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise ReadError("file_too_large", f"{name} unpacks to more than {most} bytes")
    return data


def _info(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    return next((info for info in archive.infolist() if member_name(info) == name), None)


def _overlap(infos: list[zipfile.ZipInfo]) -> bool:
    """Whether members share bytes of the archive: each then unpacks the same bytes again."""
    end = -1
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        # the local header is as long as its name at least
        end = info.header_offset + 30 + info.compress_size
    return False


def member_name(info: zipfile.ZipInfo) -> str:
    """Name of a member: UTF-8 where it is marked so, otherwise what its bytes make: UTF-8, or GBK as Windows writes."""
    return _printable(_unicode_path(info.extra) or _decoded(info)).replace("\\", "/")


def _decoded(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _unicode_path(extra: bytes) -> str | None:
    """The name in the extra field that some programs add for names beyond their code page."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = (
            int.from_bytes(extra[place : place + 2], "little"),
            int.from_bytes(extra[place + 2 : place + 4], "little"),
        )
        if kind == _UNICODE_PATH and size > 5:
            try:
                return extra[place + 9 : place + 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                return None
        place += 4 + size
    return None


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace") if any("\ud800" <= char <= "\udfff" for char in name) else name
