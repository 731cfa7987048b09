"""Files and writers of the embedded engine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy

from schema.errors import SearchError
from search.backends.embedded_values import Values

_HEAP = 256_000_000
"""Bytes of one writer thread: making the documents takes longer than writing them."""

_LARGEST_HEAP = 2_000_000_000


def stamp(path: Path) -> tuple[int, ...]:
    """Changes when a file is written or replaced; the clock of files is too coarse alone."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size


@contextmanager
def reported() -> Iterator[None]:
    """Turn trouble of files and of the engine into errors a person can act on."""
    try:
        yield
    except PermissionError as error:
        raise SearchError(
            "search_unreachable",
            f"The index folder may not be used: {error.filename}",
            remedy="give yourself the right",
        ) from error
    except (OSError, ValueError) as error:
        raise unusable(error) from error


def unusable(error: OSError | ValueError) -> SearchError:
    """What to tell of trouble in the index."""
    return SearchError("search_failed", f"The index cannot be used: {str(error).splitlines()[0][:200]}")


def spacious() -> int:
    """Bytes for a rebuild, up to a quarter of the memory: one large segment searches faster than several."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(_HEAP, min(memory // 4, _LARGEST_HEAP))


@contextmanager
def writing(index: tantivy.Index, values: Values, heap: int = _HEAP) -> Iterator[tantivy.IndexWriter]:
    """All or nothing: what was written is committed at the end, or none of it."""
    writer = index.writer(heap, 1)
    try:
        values.catch_up(mend=True)
        yield writer
        values.save()
        writer.commit()
    except BaseException:
        values.forget()
        with suppress(ValueError, OSError):
            writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
