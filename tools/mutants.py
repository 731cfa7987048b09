"""Plant one fault in clean contracts and see whether the checks find it (`python -m tools.mutants`).

    python -m tools.mutants --count 600 samples tests/golden/facts

Each mutant has one fault (tools.mutant_faults, tools.mutant_tables). It is found when an error or warning that the
clean contract has not lies on the planted place, or its first place lies on the counterpart that bears on it. Any other
new error is an extra. Contracts that have an error as they are, and forms with many blanks, are left out.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.options import ReadOptions
from ingest.read import read
from nlp.parse import parse
from schema.contract import Contract
from schema.finding import Finding
from tools import mutant_faults, mutant_tables
from tools.mutant_faults import Mutant, Place, Plant

FAULTS: dict[str, Plant] = {
    "digit": mutant_faults.digit,
    "capital": mutant_faults.capital,
    "instalment": mutant_faults.instalment,
    "copies": mutant_faults.copies,
    "tax": mutant_faults.tax,
    "cell": mutant_tables.cell,
    "factor": mutant_tables.factor,
    "row": mutant_tables.row,
    "reference": mutant_faults.reference,
    "date": mutant_faults.date,
    "name": mutant_faults.name,
    "annex": mutant_faults.annex,
    "number": mutant_faults.number,
    "blank": mutant_faults.blank,
    "code": mutant_faults.code,
}
STRICT = ("digit", "capital", "instalment", "copies", "tax", "cell", "factor", "row", "reference")
_GRAVE = ("error", "warning")
_MOST_BLANKS = 8


@dataclass
class Score:
    """What became of the mutants.

    Attributes:
        planted: by kind of fault.
        found: by kind of fault.
        missed: notes of those not found.
        extra: notes of errors somewhere else.
    """

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def rate(self, faults: Iterable[str]) -> float:
        """Share of the mutants of some kinds that were found."""
        planted = sum(self.planted[f] for f in faults)
        return sum(self.found[f] for f in faults) / planted if planted else 1.0


@dataclass(frozen=True)
class Clean:
    """A clean contract and what is found in it as it is."""

    path: str
    text: str
    findings: frozenset[tuple[str, str]]


def clean_contracts(paths: Iterable[Path]) -> Iterator[Clean]:
    """Contracts without an error and with few blanks.

    Args:
        paths: files, or folders of text files.
    """
    for path in paths:
        files = sorted(f for f in path.glob("*") if f.suffix in (".txt", ".md")) if path.is_dir() else [path]
        for file in files:
            text = _parsed(read(file).text).text  # what is taken out as noise is gone the second time
            contract = _parsed(text)
            if contract.text == text and _is_clean(contract):
                yield Clean(file.stem, text, frozenset(map(_sign, contract.findings)))


def _parsed(text: str) -> Contract:
    return parse(read(text.encode(), ReadOptions(name="mutant.txt")))


def _is_clean(contract: Contract) -> bool:
    blanks = sum(b.state == "empty" for b in contract.blanks)
    return (
        blanks <= _MOST_BLANKS and len(contract.clauses) > 4 and all(f.severity != "error" for f in contract.findings)
    )


def _sign(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def plant(contracts: list[Clean], count: int, seed: int) -> list[tuple[Clean, Mutant]]:
    """So many mutants, spread over kinds of faults and contracts.

    Args:
        contracts: clean ones.
        count: how many at most.
        seed: of the choice.
    """
    rng = random.Random(seed)
    pools: dict[str, list[tuple[Clean, Mutant]]] = defaultdict(list)
    for kind, make in FAULTS.items():
        for contract in contracts:
            pools[kind] += [(contract, m) for m in make(contract.text, rng) if m.text != contract.text]
        rng.shuffle(pools[kind])
    chosen: list[tuple[Clean, Mutant]] = []
    while len(chosen) < count and any(pools.values()):
        chosen += [pool.pop() for pool in pools.values() if pool]
    return chosen[:count]


def judge(contract: Clean, mutant: Mutant, score: Score) -> None:
    """Check one mutant and enter what was found.

    Args:
        contract: from which it was made.
        mutant: with one fault.
        score: is added to.
    """
    score.planted[mutant.fault] += 1
    findings = [f for f in _parsed(mutant.text).findings if _sign(f) not in contract.findings]
    near = (mutant.planted, *mutant.counterparts)
    found = [f for f in findings if f.severity in _GRAVE and _points_at(f, mutant)]
    note = f"{mutant.fault} {contract.path}: {mutant.note}"
    if found:
        score.found[mutant.fault] += 1
    else:
        told = "; ".join(f"{f.severity} {f.code}" for f in findings) or "nothing"
        score.missed.append(f"{note} ({told})")
    for finding in findings:
        if finding.severity == "error" and not any(_touches(finding, place) for place in near):
            score.extra.append(f"{note}: {finding.code} {finding.message}")


def _points_at(finding: Finding, mutant: Mutant) -> bool:
    return _touches(finding, mutant.planted) or any(_overlap(finding, 0, place) for place in mutant.counterparts)


def _touches(finding: Finding, place: Place) -> bool:
    return any(_overlap(finding, n, place) for n in range(len(finding.spans)))


def _overlap(finding: Finding, n: int, place: Place) -> bool:
    if n >= len(finding.spans):
        return False
    span = finding.spans[n]
    return span.start <= place[1] and place[0] <= span.end


def main(arguments: list[str] | None = None) -> int:
    """Print the score; 1 where it is below the mark."""
    options = argparse.ArgumentParser(
        prog="python -m tools.mutants", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    options.add_argument("paths", nargs="*", type=Path, help="contracts, or folders of them")
    options.add_argument("--count", type=int, default=600, help="how many mutants")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--only", action="append", help="kind of fault; repeatable")
    options.add_argument("--verbose", action="store_true", help="name those that were missed")
    given = options.parse_args(arguments)
    contracts = list(
        clean_contracts(
            given.paths or [Path("samples"), Path("tests/golden/facts"), Path("tests/nlp/checks/contracts")]
        )
    )
    score = Score()
    for contract, mutant in plant(contracts, given.count, given.seed):
        if not given.only or mutant.fault in given.only:
            judge(contract, mutant, score)
    return _report(score, len(contracts), verbose=given.verbose)


def _report(score: Score, contracts: int, *, verbose: bool) -> int:
    planted = sum(score.planted.values())
    print(f"{planted} mutants of {contracts} contracts")
    for fault in FAULTS:
        if score.planted[fault]:
            print(f"  {fault:<11} {score.found[fault]:>4} of {score.planted[fault]:<4} {score.rate([fault]):.3f}")
    strict, other = score.rate(STRICT), score.rate([f for f in FAULTS if f not in STRICT])
    extra = len(score.extra) / max(planted, 1)
    print(f"arithmetic and references {strict:.3f}, others {other:.3f}, extra errors {len(score.extra)} ({extra:.3f})")
    if verbose:
        print(*score.missed, sep="\n")
        print("extra:", *score.extra, sep="\n")
    return int(strict < 0.98 or other < 0.9 or len(score.extra) > planted * 0.01)


if __name__ == "__main__":
    sys.exit(main())
