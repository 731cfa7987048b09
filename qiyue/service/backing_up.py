"""Backup and restore of a whole collection."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qiyue.service.base import Service
from qiyue.service.indexing import reindex
from schema.errors import QiyueError, UsageError


def backup(service: Service, path: Path, *, on_progress: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """Write the collection and the settings into one file.

    Args:
        service: the collection.
        path: of the file.
        on_progress: told after each original: done, in all.

    Returns:
        How much is in it, and contracts whose original is missing or damaged.

    Raises:
        StoreError: the file cannot be written.
    """
    from corpus.backup import write_backup

    if not path.absolute().parent.is_dir():
        raise UsageError("file_missing", f"there is no folder {path.absolute().parent}")
    made = write_backup(service.store, path, settings=service.settings.file, on_progress=on_progress)
    return {"file": str(path), "contracts": made.contracts, "rows": made.rows, "missing": made.missing}


def restore(service: Service, path: Path, *, on_progress: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """Put a backup into an empty collection and make the index anew.

    Args:
        service: the collection.
        path: of the backup.
        on_progress: told after each original and each contract indexed: done, in all.

    Returns:
        How much was restored; `index` says why the index is not made, if it is not.

    Raises:
        StoreError: `backup_damaged`, `store_not_empty`, `store_version`; then nothing was changed.
    """
    from corpus.backup import read_backup

    if not path.exists():
        raise UsageError("file_missing", f"{path} does not exist")
    made = read_backup(service.store, path, on_progress=on_progress)
    settings = _restore_settings(service, made.settings)
    trouble = None
    try:
        reindex(service, on_progress=on_progress)
    except QiyueError as error:
        trouble = str(error)
    return {
        "contracts": made.contracts,
        "rows": made.rows,
        "missing": made.missing,
        "settings": settings,
        "index": trouble,
    }


def _restore_settings(service: Service, text: str | None) -> str | None:
    """Write the settings file where there is none."""
    target = service.settings.data / "settings.toml"
    if text is None or target.exists():
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return str(target)
