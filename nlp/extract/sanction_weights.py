"""A second opinion on what a number is there for: learnt weights beside the rules.

Rules know wordings one by one and miss what nobody has written down yet: of contracts new to them they found nine of
ten penalties. Weights of what stands around a number, learnt from the annotated contracts and the tables of sentences
(tools/learn_sanctions.py, logistic regression), find most of the rest. They speak only where they are nearly sure:

- a number that no rule takes for a penalty is one at a likelihood of four in five;
- one that a rule takes is none below one in ten.

Caps, blanks and what no longer holds are left to the rules. A penalty found so says `penalty.weighed` as its rule.
"""

import math
from collections.abc import Iterable
from functools import cache
from importlib import resources

from nlp.extract.sanction_sums import Use

TABLE = "sanction_weights.tsv"
ADDED_AT = 0.8
DROPPED_AT = 0.1
_MANY = 30.0
_SCALE = 1000


@cache
def weights() -> dict[str, int]:
    """The table: key of what is seen → weight in thousandths; the empty key holds what is added for every number."""
    lines = resources.files("nlp.data").joinpath(TABLE).read_text(encoding="utf-8").splitlines()
    return {key: int(weight) for key, _, weight in (line.rpartition("\t") for line in lines)}


def likelihood(seen: Iterable[str]) -> float:
    """How likely a number is a penalty, 0 to 1.

    Args:
        seen: keys of `sanction_features.features`.
    """
    table = weights()
    keys = {key for key in seen if key in table}
    total = table.get("", 0) + sum(table[key] for key in keys)
    margin = total / _SCALE / math.sqrt(len(keys) + 1)
    return 1 / (1 + math.exp(-max(-_MANY, min(_MANY, margin))))


def weighed(told: Use, seen: Iterable[str]) -> Use:
    """What a rule says of a number, unless the weights are nearly sure that it is wrong.

    Args:
        told: by the rules, `penalty` or `none`.
        seen: keys of `sanction_features.features`.
    """
    likely = likelihood(seen)
    if told == "none":
        return "penalty" if likely >= ADDED_AT else "none"
    return told if likely >= DROPPED_AT else "none"
