"""Tables of learnt weights in the package: a key of what is seen, a tab, its weight in thousandths.

They are learnt from the annotated contracts by tools/learn_penalties.py (logistic regression) and kept as text, so that
a change of them can be read.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

_SCALE = 1000
_MANY = 30.0


@cache
def read_weights(table: str) -> Mapping[str, int]:
    """The weights of a table; the empty key holds what is added whatever is seen.

    Args:
        table: file name in nlp/data.
    """
    lines = resources.files("nlp.data").joinpath(table).read_text(encoding="utf-8").splitlines()
    return {key: int(weight) for key, _, weight in (line.rpartition("\t") for line in lines)}


def likelihood(table: str, plus: Iterable[str], minus: Iterable[str] = ()) -> float:
    """How likely something is, 0 to 1.

    Args:
        table: file name in nlp/data.
        plus: keys that speak for it by their weights.
        minus: keys that are subtracted, those of the other choice.
    """
    weights = read_weights(table)
    ahead = {key for key in plus if key in weights and key}
    behind = {key for key in minus if key in weights and key}
    ahead, behind = ahead - behind, behind - ahead
    total = weights.get("", 0) + sum(weights[key] for key in ahead) - sum(weights[key] for key in behind)
    count = len(ahead) + len(behind) + ("" in weights)
    margin = total / _SCALE / math.sqrt(max(count, 1))
    return 1 / (1 + math.exp(-max(-_MANY, min(_MANY, margin))))
