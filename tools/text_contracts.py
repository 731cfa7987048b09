"""The project's own contracts as plain text, read without the machinery of files: for benches and proofs of search."""

import re
from hashlib import sha256
from pathlib import Path

from schema.document import Document, Paragraph
from schema.page import Page
from schema.source import SourceFile
from schema.span import Span

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
GOLDEN = ROOT / "tests" / "golden" / "facts"


def sample_paths() -> list[Path]:
    """The shipped samples."""
    return sorted(SAMPLES.glob("*.txt"))


def all_paths() -> list[Path]:
    """The samples and, in a checkout, the contracts of the tests."""
    return [*sample_paths(), *sorted(GOLDEN.glob("*.txt"))]


def read_text_contract(path: Path) -> Document:
    """A text as a document without layout: one paragraph a line."""
    text = path.read_text("utf-8").rstrip("\n")
    data = text.encode()
    source = SourceFile(sha256=sha256(data).hexdigest(), name=path.name, media_type="text/plain", size=len(data))
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    spans = [Span(start=s, end=s + len(line)) for s, line in zip(starts, text.split("\n"), strict=True)]
    page = Page(number=1, width=595, height=842, origin="flow")
    return Document(source=source, text=text, pages=(page,), paragraphs=tuple(Paragraph(span=s) for s in spans))
