"""Material beside the project: contracts with annotations, scorers; tests on it skip where it is absent."""

from pathlib import Path

import pytest


def shared_folder() -> Path:
    """The folder beside the checkout; skips the test when there is none."""
    folder = Path(__file__).resolve().parents[2].parent / "shared"
    if not (folder / "contracts").is_dir():
        pytest.skip("no material beside the project")
    return folder
