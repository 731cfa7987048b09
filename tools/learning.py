"""Logistic regression for the weights in nlp/data: the same examples give the same weights."""

import math
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "nlp" / "data"
ROUNDS, STEP, SHRINK, LEAST, SMALLEST = 15, 0.2, 1e-4, 2, 100
_MOST = 30.0
Weights = dict[str, float]


@dataclass(frozen=True)
class Example:
    """What is seen of one choice.

    Attributes:
        batch: of contracts it comes from.
        plus: keys that speak for it; the empty key stands for every example.
        minus: keys of the other choice.
        right: whether it was the right one.
        named: words to show it by.
    """

    batch: str
    plus: frozenset[str]
    minus: frozenset[str]
    right: bool
    named: str = ""


def learnt(examples: Iterable[Example]) -> Weights:
    """Weights of all keys that two examples or more have.

    Args:
        examples: in any order that is always the same.
    """
    chosen = list(examples)
    often = Counter(key for example in chosen for key in example.plus ^ example.minus)
    keys = {key: n for n, key in enumerate(sorted(key for key, times in often.items() if times >= LEAST))}
    weights, squares = np.zeros(len(keys)), np.full(len(keys), 1e-8)
    rows = [
        (
            np.array([keys[k] for k in sorted(e.plus - e.minus) if k in keys], dtype=int),
            np.array([keys[k] for k in sorted(e.minus - e.plus) if k in keys], dtype=int),
            float(e.right),
        )
        for e in chosen
    ]
    order = random.Random(0)
    for _ in range(ROUNDS):
        order.shuffle(rows)
        for plus, minus, right in rows:
            scale = 1 / math.sqrt(max(len(plus) + len(minus), 1))
            margin = float(weights[plus].sum() - weights[minus].sum()) * scale
            error = (1 / (1 + math.exp(-max(-_MOST, min(_MOST, margin)))) - right) * scale
            for row, sign in ((plus, 1), (minus, -1)):
                step = error * sign + SHRINK * weights[row]
                squares[row] += step * step
                weights[row] -= STEP * step / np.sqrt(squares[row])
    return {key: float(weights[n]) for key, n in keys.items()}


def margin(weights: Weights, example: Example) -> float:
    """Above zero where the weights are for an example."""
    return sum(weights.get(k, 0) for k in example.plus - example.minus) - sum(
        weights.get(k, 0) for k in example.minus - example.plus
    )


def write(table: str, weights: Weights) -> int:
    """Write a table, small weights left out; their number.

    Args:
        table: file name in nlp/data.
        weights: as learnt.
    """
    rows = sorted((key, round(weight * 1000)) for key, weight in weights.items())
    kept = [(key, weight) for key, weight in rows if abs(weight) >= SMALLEST or not key]
    (FOLDER / table).write_text("".join(f"{key}\t{weight}\n" for key, weight in kept), encoding="utf-8")
    return len(kept)
