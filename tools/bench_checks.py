"""What the checks cost in processor time (`python -m tools.bench_checks [FILE]`).

Without a file the three samples are put behind one another, some 13,000 characters. Reading the facts is not counted;
the ledger is made anew for each round, as for each contract.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from ingest.read import read
from nlp.checks.ledger import Ledger
from nlp.checks.rule import Rule
from nlp.checks.rules import RULES
from nlp.checks.run import run_checks
from nlp.parse import parse

ROUNDS = 15
_SHOWN = 8


def main(arguments: list[str]) -> int:
    """Print milliseconds of all checks together and of the dearest ones."""
    paths = [Path(a) for a in arguments] or sorted(Path("samples").glob("*.txt"))
    contract = parse(read("\n".join(read(path).text for path in paths).encode()))
    ledger = Ledger.of(contract)
    run_checks(ledger)  # word lists are loaded once a process
    whole = [_milliseconds(run_checks, ledger) for _ in range(ROUNDS)]
    print(f"{len(contract.text)} characters, {len(RULES)} checks: {median(whole):.1f} ms")
    single = {rule.id: median(_milliseconds(_alone(rule), ledger) for _ in range(ROUNDS // 3)) for rule in RULES}
    for name, spent in sorted(single.items(), key=lambda item: -item[1])[:_SHOWN]:
        print(f"  {name:<20} {spent:.1f} ms")
    return 0


def _alone(rule: Rule) -> Callable[[Ledger], object]:
    return lambda ledger: list(rule.check(ledger))


def _milliseconds(work: Callable[[Ledger], object], ledger: Ledger) -> float:
    fresh = replace(ledger)
    start = time.process_time()
    work(fresh)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
