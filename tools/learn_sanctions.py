"""Learn the weights by which numbers that no rule knows are taken for penalties (`python -m tools.learn_sanctions`).

    python -m tools.learn_sanctions            write nlp/data/sanction_weights.tsv
    python -m tools.learn_sanctions --held     learn without one batch of contracts after the other: how each fares

Learnt from: the contracts of tests/golden/facts, whose truth was written by hand, and the sentences of tests/specs,
whose expectations are tests. Logistic regression with adaptive steps; the same files give the same weights.
"""

import argparse
import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from tests.support import heldout
from tests.support.builders import document
from tests.support.heads import contract_of
from tests.support.specs import cases

FILE = Path(__file__).resolve().parent.parent / "nlp" / "data" / "sanction_weights.tsv"
TABLES = (
    "penalties",
    "penalties_forms",
    "penalties_loose",
    "penalties_turns",
    "payments",
    "payments_more",
    "amounts",
    "amounts_more",
    "rate_roles",
    "rate_roles_more",
    "exclusions",
    "liabilities",
    "liabilities_more",
    "terms_more",
    "deadlines",
)
ROUNDS, STEP, SHRINK, LEAST, SMALLEST = 15, 0.2, 1e-4, 2, 100
Weights = dict[str, float]


@dataclass(frozen=True)
class Example:
    """A number: the batch it comes from, what is seen of it, whether it is a penalty."""

    batch: str
    seen: tuple[str, ...]
    penal: bool


def main() -> None:
    """Write the weights, or try them on what they have not seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--held", action="store_true", help="learn without each batch in turn and say how it fared")
    examples = [*_contracts(), *_sentences()]
    if parser.parse_args().held:
        _held(examples)
        return
    table = {key: round(weight * 1000) for key, weight in learnt(examples).items()}
    rows = sorted((key, weight) for key, weight in table.items() if abs(weight) >= SMALLEST or not key)
    FILE.write_text("".join(f"{key}\t{weight}\n" for key, weight in rows), encoding="utf-8")
    print(f"{len(examples)} numbers, {sum(e.penal for e in examples)} penalties, {len(rows)} weights")


def _contracts() -> Iterator[Example]:
    from ingest.read import read as ingested
    from nlp.parse import read

    for name in heldout.names():
        truth = heldout.truth_of(name)
        if "penalties" in truth:
            yield from _numbers(name.partition("_")[0], read(ingested(heldout.file_of(name))), truth["penalties"])


def _sentences() -> Iterator[Example]:
    from nlp.parse import read

    for table in TABLES:
        for case in cases(table):
            yield from _numbers("sentences", read(document(contract_of(case.contract, case.text))), None)


def _numbers(batch: str, reading: Any, truth: list[dict[str, Any]] | None) -> Iterator[Example]:  # noqa: ANN401
    """Every number of a document with its label; those that the truth does not tell apart are left out."""
    from nlp.extract.sanction_features import features
    from nlp.extract.sanction_places import column_head
    from nlp.extract.sanction_sums import Candidate
    from nlp.extract.sanctions import sanctions_in

    found = [(sentence, sanctions_in(reading, sentence)) for sentence in reading.sentences.items]
    labels = None if truth is None else _labels([s for _, row in found for s in row], truth)
    for sentence, sanctions in found:
        last: tuple[Any, str] = ("none", "")
        for item in sanctions:
            penal = item.use == "penalty" if labels is None else labels[_key(item)]
            if penal is None:
                penal = item.use == "penalty"
            if item.use != "cap" and item.form != "blank":
                candidate = Candidate(item.form, item.start, item.end, item.value, item.amount, item.what)
                column = column_head(sentence, item.start)
                seen = features(sentence, reading.mentions, candidate, (item.left, item.right), last, column)
                keys = tuple(sorted({key for key in seen if key.isprintable()}))
                yield Example(batch, keys, penal)
            last = ("cap" if item.use == "cap" else "penalty" if penal else "none", item.form)


def _key(item: Any) -> tuple[str, Decimal | None]:  # noqa: ANN401
    return {"months": "multiple"}.get(item.form, item.form), item.value


def _labels(items: list[Any], truth: list[dict[str, Any]]) -> dict[tuple[str, Decimal | None], bool | None]:
    """By form and value: True where all of them are penalties of the truth, False where none is, else None."""
    wanted: Counter[tuple[str, Decimal | None]] = Counter(
        (form, Decimal(str(row[form])))
        for row in truth
        for form in ("rate", "amount", "multiple")
        if row.get(form) is not None
    )
    there = Counter(_key(item) for item in items if item.use != "cap")
    return {
        _key(i): False if not wanted[_key(i)] else True if wanted[_key(i)] >= there[_key(i)] else None for i in items
    }


def learnt(examples: list[Example]) -> Weights:
    """Weights of all keys that two numbers or more have; the empty key is what is added for every number."""
    often = Counter(key for example in examples for key in example.seen)
    keys = {key: n for n, key in enumerate(sorted(key for key, times in often.items() if times >= LEAST), 1)}
    weights, squares = np.zeros(len(keys) + 1), np.full(len(keys) + 1, 1e-8)
    rows = [(np.array([0, *(keys[k] for k in e.seen if k in keys)]), float(e.penal)) for e in examples]
    order = random.Random(0)
    for _ in range(ROUNDS):
        order.shuffle(rows)
        for row, penal in rows:
            scale = 1 / math.sqrt(len(row))
            margin = float(weights[row].sum()) * scale
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, margin)))) - penal
            step = error * scale + SHRINK * weights[row]
            squares[row] += step * step
            weights[row] -= STEP * step / np.sqrt(squares[row])
    return {"": float(weights[0]), **{key: float(weights[n]) for key, n in keys.items()}}


def _held(examples: list[Example]) -> None:
    """Learn without each batch in turn; precision and recall of the weights alone at even odds."""
    total = [0, 0, 0]
    for batch in sorted({e.batch for e in examples} - {"sentences"}):
        weights = learnt([e for e in examples if e.batch != batch])
        counts = [0, 0, 0]
        for example in (e for e in examples if e.batch == batch):
            keys = [key for key in example.seen if key in weights]
            found = weights[""] + sum(weights[key] for key in keys) > 0
            counts = [counts[0] + example.penal, counts[1] + found, counts[2] + (found and example.penal)]
        total = [a + b for a, b in zip(total, counts, strict=True)]
        print(f"{batch:12} {_shown(*counts)}")
    print(f"{'all':12} {_shown(*total)}")


def _shown(wanted: int, found: int, hit: int) -> str:
    return f"precision {hit / max(found, 1):.3f}  recall {hit / max(wanted, 1):.3f}  of {wanted}"


if __name__ == "__main__":
    main()
