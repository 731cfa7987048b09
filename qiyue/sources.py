"""The files of an import: folders walked in a fixed order, members of archives, and how their bytes are read.

A member of an archive is written `folder/all.zip!/2025/lease.docx`, as in `SourceFile.name`.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from qiyue.archives import SEPARATOR, is_archive, members, open_member
from schema.errors import CATALOGUE, ReadError

_BLOCK = 1 << 20
_LEFT_BY_PROGRAMS = ("~$", "._", ".")
_DOCUMENT = re.compile(r"\.(pdf|docx?|wps|ofd|rtf|odt|txt|md|html?|jpe?g|png|tiff?|bmp|webp|gif)$", re.IGNORECASE)
_LEFT_BY_SYSTEMS = {"thumbs.db", "desktop.ini", "__macosx"}


@dataclass(frozen=True)
class Found:
    """A file that was found, or a place that could not be looked into.

    Attributes:
        path: absolute, members of archives behind `!/`.
        state: `queued`, or the final state it has already.
        code: why it failed.
        message: why it failed or was skipped.
        remedy: what helps.
    """

    path: str
    state: Literal["queued", "failed", "skipped"] = "queued"
    code: str | None = None
    message: str | None = None
    remedy: str | None = None


def find_files(
    roots: tuple[Path, ...], *, recursive: bool = True, own: Path | None = None, password: str | None = None
) -> Iterator[Found]:
    """All files below the roots, by name; what cannot be entered is reported in its place.

    Args:
        roots: files, archives and folders.
        recursive: with sub-folders.
        own: the collection's own folder, which is passed over.
        password: opens encrypted members of archives.
    """
    for root in roots:
        path = root.absolute()
        try:
            is_folder = path.is_dir()
        except OSError as error:
            yield _failed(str(path), "file_unreadable", f"{path.name} may not be looked at ({error.strerror})")
            continue
        yield from _folder(path, own, password, recursive=recursive) if is_folder else _file(path, password)


def _folder(folder: Path, own: Path | None, password: str | None, *, recursive: bool) -> Iterator[Found]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield _failed(str(folder), "file_unreadable", f"the folder {folder.name} may not be read ({error.strerror})")
        return
    for entry in found:
        path = Path(entry.path)
        if not _is_text(entry.path):
            shown = os.fsencode(entry.path).decode("utf-8", "replace")
            yield _failed(shown, "file_unreadable", "its name is not UTF-8", remedy="rename it")
        elif entry.is_symlink() and entry.is_dir():
            yield Found(entry.path, "skipped", message="a link to a folder")
        elif _is_clutter(entry.name):
            if entry.is_file():
                yield Found(entry.path, "skipped", message="a hidden or temporary file")
        elif entry.is_dir():
            if recursive and path != own:
                yield from _folder(path, own, password, recursive=True)
        else:
            yield from _file(path, password)


def _file(path: Path, password: str | None) -> Iterator[Found]:
    if not path.is_file() and path.exists():
        yield Found(str(path), "skipped", message="not a regular file")
    elif is_archive(path):
        yield from _archive(path, password)
    else:
        yield Found(str(path))


def _archive(path: Path, password: str | None) -> Iterator[Found]:
    try:
        for member in members(path, password=password):
            name = f"{path}{SEPARATOR}{member.name}"
            if any(_is_clutter(part) for part in member.name.split("/") if part not in (".", "..")):
                yield Found(name, "skipped", message="a hidden or temporary file")
            elif member.code is not None:
                yield _failed(name, member.code, member.message or "", remedy=member.remedy)
            elif member.message is not None:
                yield Found(name, "skipped", message=member.message)
            else:
                yield Found(name)
    except ReadError as error:
        yield _failed(str(path), error.code, error.message, remedy=error.remedy)


def open_file(path: str, *, password: str | None = None) -> IO[bytes]:
    """Read a file or a member of an archive.

    Args:
        path: the file, a member behind `!/`.
        password: opens an encrypted member.

    Raises:
        ReadError: `file_missing`, `file_unreadable`, `file_damaged`, `file_encrypted`, `file_too_large`.
    """
    name = shown_name(path)
    outer, _, member = path.partition(SEPARATOR)
    try:
        return open_member(Path(outer), member, password=password) if member else Path(path).open("rb")
    except FileNotFoundError as error:
        raise ReadError("file_missing", f"{name} is no longer there") from error
    except OSError as error:
        raise ReadError("file_unreadable", f"{name} may not be read ({error.strerror})") from error


def digest(path: str, *, password: str | None = None) -> str:
    """The sha256 of a file's bytes.

    Args:
        path: as in `open_file`.
        password: as in `open_file`.

    Raises:
        ReadError: as `open_file`; `file_empty`.
    """
    found, size = hashlib.sha256(), 0
    try:
        with open_file(path, password=password) as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
                size += len(block)
    except OSError as error:
        raise ReadError("file_unreadable", f"{shown_name(path)} may not be read ({error.strerror})") from error
    if not size:
        raise ReadError("file_empty", f"{shown_name(path)} holds no bytes")
    return found.hexdigest()


def shown_name(path: str) -> str:
    """Name without folders; of a member the archive's name too."""
    outer, separator, member = path.partition(SEPARATOR)
    return f"{Path(outer).name}{separator}{member}"


def outer_path(path: str) -> str:
    """The file itself; of a member its archive."""
    return path.partition(SEPARATOR)[0]


def promises_text(path: str) -> bool:
    """Whether the name says that it holds a document; then it is a failure when no reader knows its bytes."""
    return _DOCUMENT.search(path) is not None


def is_member(path: str) -> bool:
    """Whether it lies in an archive."""
    return SEPARATOR in path


def _is_clutter(name: str) -> bool:
    return name.startswith(_LEFT_BY_PROGRAMS) or name.lower() in _LEFT_BY_SYSTEMS


def _is_text(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _failed(path: str, code: str, message: str, *, remedy: str | None = None) -> Found:
    return Found(path, "failed", code, message, remedy or CATALOGUE[code].remedy)
