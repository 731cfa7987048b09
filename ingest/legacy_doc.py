"""DOC, WPS and Word 2003 XML: old formats, turned into DOCX by LibreOffice, or into plain text by catdoc or antiword.

LibreOffice keeps tables, lists, notes and tracked changes; what it writes is read like any Word file. The text of the
other two has no automatic numbers, deleted words among the others, and (antiword) tables without some of their cells:
a problem says so, and the page is graded.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ingest import sniff
from ingest.blocks import Draft, PageInfo
from ingest.flow import mend_flow
from ingest.libreoffice import PROGRAMS, convert
from ingest.options import ReadOptions
from ingest.outside_tool import find_tool, run_tool
from ingest.text import text_blocks
from ingest.word.read_docx import read_docx
from schema.errors import ReadError
from schema.problem import Problem

_SUFFIX: Final = {sniff.DOC: "doc", sniff.WPS: "wps", sniff.WORD_XML: "xml"}
_WORD: Final = b"\xec\xa5"
_ENCRYPTED: Final = 0x01
_SECTOR: Final = 512
_LOST: Final = "no automatic numbers, deleted words as if they stood, and tables not always whole"


def read_legacy(data: bytes, options: ReadOptions) -> Draft:
    """Read a file of an old word processor.

    Raises:
        ReadError: `tool_missing` when no converter is installed, `file_encrypted`, `file_damaged`, `reader_timeout`.
    """
    kind = _SUFFIX[sniff.sniff(data)]
    if kind != "xml" and is_encrypted(data):
        raise ReadError(
            "file_encrypted", "the Word file is protected by a password", remedy="open it in Word and save it without"
        )
    # the others would print the mark-up of XML
    for programs, read in _CONVERTERS[:1] if kind == "xml" else _CONVERTERS:
        path = find_tool(*programs)
        if path is not None:
            # one that fails on a file gives way to none that would make rubbish of it
            return read(path, data, kind, options)
    needed = "LibreOffice" if kind == "xml" else "LibreOffice, catdoc or antiword"
    raise ReadError(
        "tool_missing",
        f"reading .{kind} files needs {needed}, and none is installed",
        remedy="install the package libreoffice-writer",
    )


def is_encrypted(data: bytes) -> bool:
    """Whether a Word 97 file is encrypted: its text stream begins on a sector and says so in its eleventh byte."""
    for start in range(0, min(len(data), 1 << 22), _SECTOR):
        if data.startswith(_WORD, start) and len(data) > start + 12:
            return bool(data[start + 0x0B] & _ENCRYPTED)
    return False


def _by_libreoffice(program: str, data: bytes, kind: str, options: ReadOptions) -> Draft:
    limits = options.limits
    made = convert(
        program,
        data,
        suffix=kind,
        target="docx:MS Word 2007 XML",
        seconds=limits.tool_seconds,
        most_bytes=limits.file_bytes,
    )
    draft = read_docx(made, options, legal_lost=True)
    draft.pages[0].reason = f"{kind.upper()} file, by LibreOffice"
    return draft


def _by_antiword(program: str, data: bytes, kind: str, options: ReadOptions) -> Draft:
    # one paragraph a line (-w 0), tables with bars
    return _as_text(data, kind, options, [program, "-m", "UTF-8.txt", "-w", "0"], "antiword")


def _by_catdoc(program: str, data: bytes, kind: str, options: ReadOptions) -> Draft:
    return _as_text(data, kind, options, [program, "-w", "-d", "utf-8"], "catdoc")


def _as_text(data: bytes, kind: str, options: ReadOptions, command: list[str], what: str) -> Draft:
    with tempfile.TemporaryDirectory(prefix="qiyue-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"source.{kind}"
        source.write_bytes(data)
        out = run_tool([*command, str(source)], home=Path(folder), seconds=options.limits.tool_seconds, what=what)
    text = out.decode("utf-8", "replace")
    if not text.strip():
        raise ReadError("file_damaged", f"{what} finds no words in it")
    page = PageInfo(reason=f"{kind.upper()} file, by {what}", grade="check", grade_reason=_LOST)
    draft = Draft(blocks=text_blocks(_bars_to_tabs(text)), pages=[page])
    mend_flow(draft)
    message = f"{what} reads {_LOST}: install the package libreoffice-writer and read it again"
    draft.problems.append(Problem(code="part_unread", severity="warning", message=message))
    return draft


def _bars_to_tabs(text: str) -> str:
    """Rows of a table, which antiword draws with bars."""
    lines = []
    for line in text.split("\n"):
        bare = line.strip()
        if bare.startswith("|") and bare.endswith("|") and len(bare) > 1:
            line = "\t".join(cell.strip() for cell in bare[1:-1].split("|"))
        lines.append(line)
    return "\n".join(lines)


_Read = Callable[[str, bytes, str, ReadOptions], Draft]
_CONVERTERS: Final[tuple[tuple[tuple[str, ...], _Read], ...]] = (
    (PROGRAMS, _by_libreoffice),
    (("catdoc",), _by_catdoc),
    (("antiword",), _by_antiword),
)
