"""The door of the room: a file becomes a `Document`.

    document = read(Path("采购合同.pdf"))
    document.text[document.paragraphs[0].span.start:]

Nothing is fetched and nothing is written. A file can still crash or hang a library it is read with: whoever reads files
of strangers calls this in a process of its own and lets that process limit itself (`ingest.limits`).
"""

import hashlib
from pathlib import Path

from ingest import sniff
from ingest.assemble import assemble
from ingest.noise import take_out_noise
from ingest.options import ReadOptions
from ingest.readers import reader_for
from schema.document import Document
from schema.errors import QiyueError, ReadError
from schema.source import SourceFile

_DEFAULT = ReadOptions()


def read(source: Path | bytes, options: ReadOptions = _DEFAULT) -> Document:
    """Read a file into canonical text with places.

    Args:
        source: path or bytes of one document (members of an archive: `ingest.archive.members`).
        options: name, password, limits, OCR mode.

    Returns:
        The document; `problems` says what of it could not be read.

    Raises:
        ReadError: there is no document: `file_missing`, `file_unreadable`, `file_empty`, `file_encrypted`,
            `file_damaged`, `file_type_unknown`, `file_too_large`, `no_text`, `tool_missing`, `reader_timeout`.
    """
    data, name = _load(source, options)
    media_type = sniff.sniff(data)
    reader = reader_for(media_type)
    if reader is None:
        raise _unknown(name, media_type)
    try:
        draft = reader(data, options)
    except QiyueError as error:
        raise ReadError(error.code, f"{name}: {error.message}", remedy=error.remedy) from error
    except (MemoryError, RecursionError) as error:
        raise ReadError("reader_memory", f"{name}: reading it took more memory than there is") from error
    take_out_noise(draft)
    source_file = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=name, media_type=media_type, size=len(data))
    return assemble(draft, source_file, max_characters=options.limits.characters)


def _load(source: Path | bytes, options: ReadOptions) -> tuple[bytes, str]:
    """Bytes and name of a source, within the limit of size."""
    if isinstance(source, bytes):
        data, name = source, options.name or "document"
    else:
        name = options.name or source.name
        try:
            size = source.stat().st_size
            if source.is_dir():
                raise ReadError("file_unreadable", f"{name} is a folder", remedy="name a file")
            _check_size(size, name, options)
            data = source.read_bytes()
        except FileNotFoundError as error:
            raise ReadError("file_missing", f"{source} does not exist") from error
        except (PermissionError, OSError) as error:
            raise ReadError("file_unreadable", f"{name} may not be read") from error
    if not data:
        raise ReadError("file_empty", f"{name} holds no bytes")
    _check_size(len(data), name, options)
    return data, name


def _check_size(size: int, name: str, options: ReadOptions) -> None:
    if size > options.limits.file_bytes:
        raise ReadError("file_too_large", f"{name} has {size} bytes, more than {options.limits.file_bytes}")


def _unknown(name: str, media_type: str) -> ReadError:
    if media_type == sniff.ZIP:
        return ReadError("file_type_unknown", f"{name} is an archive of files", remedy="import it: each member is read")
    return ReadError("file_type_unknown", f"{name} is of no format that can be read")
