"""Files of a request, streamed to disk as they come: memory holds one chunk, however large they are."""

import hashlib
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from schema.errors import ReadError, StoreError, UsageError

MOST_FILES = 1000
_LONGEST_NAME = 200
_LONGEST_FIELD = 10_000
_MOST_FIELDS = 200
MANIFEST = "batch.json"
Manifest = dict[str, Any]
"""What was sent: `owner`, `folder`, `tags`, and `files` as pairs of name and sha256."""


@dataclass(frozen=True)
class Sent:
    """A file that came.

    Attributes:
        name: as its sender calls it, without folders.
        path: where it lies.
        sha256: of its bytes.
        size: in bytes.
    """

    name: str
    path: Path
    sha256: str
    size: int


@dataclass
class Upload:
    """What a request sent.

    Attributes:
        folder: that holds the files, each in one of its own, so that equal names do not meet.
        fields: values by name.
        files: in their order.
    """

    folder: Path
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[Sent] = field(default_factory=list)

    def first(self, name: str) -> str | None:
        """The first value of a field, None when it is missing or empty."""
        return next(iter(self.fields.get(name, [])), None) or None

    def discard(self) -> None:
        """Remove the files."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def settle(self, manifest: Manifest) -> Path:
        """Give the folder the name of what it holds, so that the same request has the same folder.

        Args:
            manifest: what else makes two requests the same; kept beside the files.

        Returns:
            The folder, which may have been there already.
        """
        told = {**manifest, "files": [[sent.name, sent.sha256] for sent in self.files]}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True)
        final = self.folder.with_name(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32])
        (self.folder / MANIFEST).write_text(text, encoding="utf-8")
        try:
            self.folder.rename(final)
        except OSError:
            if not final.is_dir():
                raise
            self.discard()
        return final


def read_manifest(batch: Path) -> Manifest:
    """What was sent into a folder."""
    told: Manifest = json.loads((batch / MANIFEST).read_text(encoding="utf-8"))
    return told


async def receive(request: Request, uploads: Path) -> Upload:
    """Take the multipart body of a request in.

    Args:
        request: whose body nobody has read.
        uploads: folder for files that are on their way.

    Raises:
        UsageError: `request_invalid`.
        ReadError: `file_too_large`, `file_type_unknown` when the body is of another kind.
        StoreError: `store_full`, `store_read_only`.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise ReadError("file_type_unknown", "the body is not multipart/form-data", remedy="send files as a form does")
    folder = uploads / f"coming-{uuid4().hex}"
    upload = Upload(folder)
    whole = False
    try:
        taker = _Taker(upload, boundary)
        async for chunk in request.stream():
            await run_in_threadpool(taker.take, chunk)
        taker.finish()
        whole = True
    except FormParserError as error:
        raise UsageError("request_invalid", "the form is broken off or not well made") from error
    except OSError as error:
        raise _trouble(error) from error
    finally:
        if not whole:
            upload.discard()
    return upload


class _Taker:
    """Fed with chunks, writes files."""

    def __init__(self, upload: Upload, boundary: bytes) -> None:
        self._upload = upload
        self._head: dict[str, str] = {}
        self._name, self._value = b"", b""
        self._field: str = ""
        self._text = bytearray()
        self._stream: IO[bytes] | None = None
        self._digest = hashlib.sha256()
        self._ended = False
        upload.folder.mkdir(parents=True)
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished,
                "on_end": self._finished,
            },
        )

    def take(self, chunk: bytes) -> None:
        self._parser.write(chunk)

    def finish(self) -> None:
        self._parser.finalize()
        if self._stream is not None or not self._ended:
            raise UsageError("request_invalid", "the form breaks off before its end")

    def _begin(self) -> None:
        self._head, self._field, self._text = {}, "", bytearray()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._head[self._name.decode("latin-1").lower()] = self._value.decode("utf-8", "replace")
        self._name, self._value = b"", b""

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._head.get("content-disposition", "").encode())
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" not in options:
            if len(self._upload.fields) >= _MOST_FIELDS:
                raise UsageError("request_invalid", f"the form has more than {_MOST_FIELDS} fields")
            return
        number = len(self._upload.files)
        if number >= MOST_FILES:
            raise ReadError("file_too_large", f"more than {MOST_FILES} files", remedy="send fewer at once")
        place = self._upload.folder / str(number)
        place.mkdir(exist_ok=True)  # an empty field before it left its folder
        name = plain_name(options[b"filename"].decode("utf-8", "replace"))
        self._digest = hashlib.sha256()
        self._upload.files.append(Sent(name, place / name, "", 0))
        self._stream = (place / name).open("wb")

    def _data(self, data: bytes, start: int, end: int) -> None:
        piece = data[start:end]
        if self._stream is not None:
            self._stream.write(piece)
            self._digest.update(piece)
            return
        self._text += piece
        if len(self._text) > _LONGEST_FIELD:
            raise UsageError("request_invalid", f"the field {self._field[:40]!r} is too long")

    def _end(self) -> None:
        if self._stream is None:
            self._upload.fields.setdefault(self._field, []).append(self._text.decode("utf-8", "replace"))
            return
        self._stream.close()
        self._stream = None
        sent = self._upload.files[-1]
        size = sent.path.stat().st_size
        if not size and sent.name == "unnamed":  # what browsers send for a file field that was left empty
            self._upload.files.pop()
            return
        self._upload.files[-1] = Sent(sent.name, sent.path, self._digest.hexdigest(), size)

    def _finished(self) -> None:
        self._ended = True


def plain_name(name: str) -> str:
    """A file name that is one on every disk: without folders, control characters and signs that turn text around."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if c.isprintable() or c == " ").strip(" .")
    stem, dot, ending = shown.rpartition(".")
    while len(shown.encode("utf-8", "replace")) > _LONGEST_NAME:
        stem = (stem or ending)[:-1]
        shown = f"{stem}{dot}{ending[:10]}" if dot else stem
        ending = ending[:10]
    return shown.encode("utf-8", "replace").decode() or "unnamed"


def _trouble(error: OSError) -> StoreError:
    from corpus.originals import store_trouble

    return store_trouble(error, "the folder of uploads")
