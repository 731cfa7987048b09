"""What scanning costs: facts of contracts read from their text and from their scans, list by list.

    python -m tools.scan_loss                            twelve contracts of tests/golden/facts, three scanners
    python -m tools.scan_loss --names crane_hire --spoils bad --details

Each contract is set, printed and scanned as an image-only PDF; both readings are held against the same truth. The
scanners are those of the OCR figures: a clean one, an office one, and a bad one (150 dpi, skewed, noisy).
"""

import argparse
import time
from collections.abc import Iterable

from schema.contract import Contract
from tests.support import heldout
from tests.support.scan import Spoil, scan, write_pdf
from tests.support.sheets import PLAIN
from tests.support.truth import Score
from tools.score import added

SPOILS = {
    "clean": Spoil(dpi=300, quality=80, skew=0.2, noise=1.0, blur=0.0, shade=0.0, specks_per_page=0, paper=250.0),
    "office": Spoil(),
    "bad": Spoil(dpi=150, quality=30, skew=1.5, noise=6.0, blur=0.7, shade=0.15, specks_per_page=150, ink=60.0),
}
_COUNT = 12


def from_text(name: str) -> Contract:
    """The record of a contract's text."""
    from ingest.read import read
    from nlp.parse import parse

    return parse(read(heldout.file_of(name)))


def from_scan(name: str, spoil: Spoil) -> Contract:
    """The record of its scan."""
    from ingest.read import read
    from nlp.parse import parse

    return parse(read(write_pdf(scan(heldout.text_of(name), PLAIN, spoil), spoil)))


def chosen(count: int) -> list[str]:
    """Texts spread over the alphabet, so that all batches and kinds are among them.

    Texts with tables are left out (a sheet has to plan their columns), those that imitate OCR too.
    """
    plain = [name for name in heldout.names() if "\t" not in heldout.text_of(name) and "ocr" not in name]
    plain = [name for name in plain if heldout.file_of(name).suffix == ".txt"]
    step = max(len(plain) // count, 1)
    return plain[::step][:count]


def report(spoil: str, text: dict[str, Score], scanned: dict[str, Score], *, details: bool) -> None:
    """Print one scanner's table: F1 from text, from the scan and what is lost."""
    print(f"\n{spoil}\n{'list':<24}{'truth':>6}{'text':>8}{'scan':>8}{'lost':>8}")
    for kind in sorted(text):
        before, after = text[kind], scanned.get(kind, Score())
        print(f"{kind:<24}{before.wanted:>6}{before.f1:>8.3f}{after.f1:>8.3f}{before.f1 - after.f1:>8.3f}")
        if details:
            for sign, rows in (("-", after.lost), ("+", after.extra)):
                for row in rows:
                    print(f"    {sign} {row}")


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=lambda words: words.split(","), help="contracts, separated by commas")
    parser.add_argument("--count", type=int, default=_COUNT, help="how many contracts, without --names")
    parser.add_argument("--spoils", type=lambda words: words.split(","), default=list(SPOILS), help="which scanners")
    parser.add_argument("--details", action="store_true", help="also what was missed and what was false")
    options = parser.parse_args(None if arguments is None else list(arguments))
    names = options.names or chosen(options.count)
    print(f"contracts: {', '.join(names)}")
    text = added(heldout.compare(heldout.truth_of(name), from_text(name)) for name in names)
    for spoil in options.spoils:
        began = time.process_time()
        scanned = added(heldout.compare(heldout.truth_of(name), from_scan(name, SPOILS[spoil])) for name in names)
        report(spoil, text, scanned, details=options.details)
        print(f"{time.process_time() - began:.0f} s of processor time")


if __name__ == "__main__":
    main()
