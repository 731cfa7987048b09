"""What printing costs: facts of contracts read from their text, from a Word file and from the PDF made of it.

    python -m tools.print_loss                          twelve contracts of tests/golden/facts
    python -m tools.print_loss --names crane_hire --details

Each contract is set as a Word file, its lines as paragraphs and its tables as ruled tables, and printed by LibreOffice:
lines are wrapped, signature blocks typed with blanks no longer stand below each other, pages break tables. All three
readings are held against the same truth. `tools.scan_loss` does the same for scans.
"""

import argparse
import subprocess
import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from ingest.libreoffice import find_libreoffice
from schema.contract import Contract
from tests.support import heldout
from tools.scan_loss import chosen, report
from tools.score import added

_FONT = "Noto Serif CJK SC"
_POINTS = 11
_COUNT = 12


def word_file(text: str, path: Path) -> None:
    """Set a text as a Word file.

    Args:
        text: lines are paragraphs, runs of lines with tabs tables.
        path: to write.
    """
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_POINTS)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    for tabbed, run in groupby(text.split("\n"), key=lambda line: "\t" in line):
        lines = list(run)
        if not tabbed:
            for line in filter(str.strip, lines):
                document.add_paragraph(line)
            continue
        rows = [line.split("\t") for line in lines]
        table = document.add_table(rows=0, cols=max(map(len, rows)))
        table.style = "Table Grid"
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=False):
                cell.text = words
    document.save(str(path))


def printed(path: Path) -> Path:
    """The PDF of a Word file, beside it."""
    program = find_libreoffice()
    if program is None:
        raise SystemExit("LibreOffice is needed: apt-get install libreoffice-writer")
    command = [program, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.with_suffix(".pdf")


def _read(path: Path) -> Contract:
    from ingest.read import read
    from nlp.parse import parse

    return parse(read(path))


def _words(name: str) -> str:
    """What is set: the text, of Markdown what it shows, cells parted by tabs."""
    from ingest.read import read

    file = heldout.file_of(name)
    return read(file).text if file.suffix == ".md" else heldout.text_of(name)


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=lambda words: words.split(","), help="contracts, separated by commas")
    parser.add_argument("--count", type=int, default=_COUNT, help="how many contracts, without --names")
    parser.add_argument("--details", action="store_true", help="also what was missed and what was false")
    options = parser.parse_args(None if arguments is None else list(arguments))
    names = options.names or chosen(options.count)
    print(f"contracts: {', '.join(names)}")
    readings: dict[str, list[Contract]] = {"text": [], "word": [], "pdf": []}
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            path = Path(folder) / f"{name}.docx"
            word_file(_words(name), path)
            for kind, file in (("text", heldout.file_of(name)), ("word", path), ("pdf", printed(path))):
                readings[kind].append(_read(file))
    scores = {
        kind: added(
            heldout.compare(heldout.truth_of(name), record) for name, record in zip(names, records, strict=True)
        )
        for kind, records in readings.items()
    }
    for kind in ("word", "pdf"):
        report(kind, scores["text"], scores[kind], details=options.details)


if __name__ == "__main__":
    main()
