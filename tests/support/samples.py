"""The shipped samples and their truth (samples/README.md)."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "samples"
NAMES = ("service", "purchase", "lease")
FILES = {"service": "service.pdf", "purchase": "purchase.docx", "lease": "lease.pdf"}


def sample_file(name: str) -> Path:
    """The made file: scan, Word file or digital PDF."""
    return FOLDER / FILES[name]


def sample_text(name: str) -> str:
    """The canonical text that reading the file should give, without the last line end."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def sample_truth(name: str) -> dict[str, Any]:
    """The values written by hand beside it."""
    truth: dict[str, Any] = json.loads((FOLDER / f"{name}.truth.json").read_text(encoding="utf-8"))
    return truth
