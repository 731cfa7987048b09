"""How exactly facts are read: precision, recall and F1 of every list over annotated contracts.

    python -m tools.score                 own contracts and samples, and what stands beside the project
    python -m tools.score --set golden    one set only (golden, samples, values, beside)
    python -m tools.score --details       also what was missed and what was false

The contracts of tests/golden/facts were written with their truth before the rules saw them; what is printed is the
present state, the figures of the first try stand in docs/accuracy.md. Material beside the project (`../shared`) is
scored with the programs that come with it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support import heldout
from tests.support.samples import NAMES, sample_file, sample_truth
from tests.support.truth import Score, compare

BESIDE = Path(__file__).resolve().parents[1].parent / "shared"
Table = dict[str, Score]


def golden() -> Iterator[Table]:
    """Scores of the contracts written by hand."""
    from ingest.read import read
    from nlp.parse import parse

    for name in heldout.names():
        yield heldout.compare(heldout.truth_of(name), parse(read(heldout.file_of(name))))


def samples() -> Iterator[Table]:
    """Scores of the shipped samples, read from their files (one is a scan)."""
    from ingest.read import read
    from nlp.parse import parse

    for name in NAMES:
        yield compare(sample_truth(name), parse(read(sample_file(name))))


def added(tables: Iterator[Table]) -> Table:
    """One score a list: counts are added."""
    total: Table = {}
    for table in tables:
        for kind, score in table.items():
            sum_ = total.setdefault(kind, Score())
            sum_.wanted += score.wanted
            sum_.found += score.found
            sum_.hit += score.hit
            sum_.lost += score.lost
            sum_.extra += score.extra
    return total


def shown(table: Table, *, details: bool = False) -> str:
    """An aligned table, one line a list; lists with nothing to find are left out."""
    lines = [f"{'list':<22} {'truth':>6} {'found':>6} {'right':>6} {'P':>6} {'R':>6} {'F1':>6}"]
    for kind, score in sorted(table.items()):
        if score.wanted or score.found:
            rates = f"{score.precision:>6.3f} {score.recall:>6.3f} {score.f1:>6.3f}"
            numbers = f"{score.wanted:>6} {score.found:>6} {score.hit:>6} {rates}"
            lines.append(f"{kind:<22} {numbers}")
            if details:
                lines += [f"    - {words}" for words in score.lost] + [f"    + {words}" for words in score.extra]
    return "\n".join(lines)


def _amounts(text: str) -> Counter[tuple[str, ...]]:
    from nlp.normalize import fold
    from nlp.values.money import find_money

    return Counter((format(m.value.normalize(), "f"), m.currency) for m in find_money(fold(text)))


def _rates(text: str) -> Counter[tuple[str, ...]]:
    from nlp.normalize import fold
    from nlp.values.rates import find_rates

    return Counter((format(r.value.normalize(), "f"),) for r in find_rates(fold(text)))


def _lengths(text: str) -> Counter[tuple[str, ...]]:
    from nlp.normalize import fold
    from nlp.values.durations import find_durations

    found = [d for d in find_durations(fold(text)) if d.number is not None and d.form != "service_hours"]
    return Counter((_number(d.low, d.number), "workday" if d.workday else d.unit) for d in found)


def _number(low: Decimal | None, number: Decimal | None) -> str:
    """`3..5` for a range."""
    high = format(number.normalize(), "f") if number is not None else ""
    return f"{format(low.normalize(), 'f')}..{high}" if low is not None else high


_VALUES: dict[str, tuple[Callable[[str], Counter[tuple[str, ...]]], tuple[str, ...]]] = {
    "amount": (_amounts, ("value", "currency")),
    "percent": (_rates, ("value",)),
    "duration": (_lengths, ("number", "unit")),
}


def values(path: Path) -> Table:
    """Scores of single phrases, a list a kind.

    Args:
        path: JSON with `cases`, each a kind, a text and the values expected.
    """
    table: Table = {}
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
        reader, keys = _VALUES[case["kind"]]
        score, found = table.setdefault(case["kind"], Score()), reader(case["text"])
        wanted = Counter(tuple(_plain(row[k]) for k in keys) for row in case["expect"])
        score.wanted += wanted.total()
        score.found += found.total()
        score.hit += (wanted & found).total()
        if wanted != found:
            score.lost.append(f"{case['text']}: {dict(wanted)} ≠ {dict(found)}")
    return table


def _plain(value: Any) -> str:  # noqa: ANN401
    text = str(value)
    return format(Decimal(text).normalize(), "f") if text.replace(".", "", 1).isdigit() else text


def beside(folder: Path) -> str:
    """What the scoring programs beside the project print.

    Args:
        folder: with `score` and `contracts`.
    """
    contracts, programs = folder / "contracts", folder / "score"
    command = f"{sys.executable} -m qiyue parse"
    whole = [sys.executable, str(programs / "run.py"), "--gold", str(contracts / "dev"), "--documents"]
    out = subprocess.run(
        [*whole, str(contracts / "dev"), "--jobs", "1", "--qiyue", command], capture_output=True, text=True, check=False
    ).stdout
    with tempfile.TemporaryDirectory() as made:
        record = Path(made) / "record.json"
        with record.open("w", encoding="utf-8") as file:
            subprocess.run([*command.split(), str(contracts / "seed" / "seed.txt")], stdout=file, check=False)
        seed = [sys.executable, str(programs / "seed.py"), str(record), str(contracts / "seed" / "gold.json")]
        out += "\n" + subprocess.run(seed, capture_output=True, text=True, check=False).stdout
    return out


def main() -> None:
    """Score the sets asked for and print their tables."""
    parser = argparse.ArgumentParser(description="Precision, recall and F1 of the facts of annotated contracts.")
    parser.add_argument("--set", choices=("golden", "samples", "values", "beside"), help="one set only")
    parser.add_argument("--details", action="store_true", help="also what was missed (-) and what was false (+)")
    args = parser.parse_args()
    for name, tables in (("golden", golden), ("samples", samples)):
        if args.set in (None, name):
            print(f"\n{name}\n{shown(added(tables()), details=args.details)}")
    phrases = BESIDE / "contracts" / "values.json"
    if args.set in (None, "values") and phrases.is_file():
        print(f"\nvalues\n{shown(values(phrases), details=args.details)}")
    if args.set in (None, "beside") and (BESIDE / "score").is_dir():
        print(f"\nbeside\n{beside(BESIDE)}")


if __name__ == "__main__":
    main()
