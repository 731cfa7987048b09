"""A second opinion on what a number is there for: learnt weights beside the rules.

Rules know wordings one by one and miss what nobody has written down yet: of contracts new to them they found nine of
ten penalties. Weights of what stands around a number, learnt from the annotated contracts and the tables of sentences
(tools/learn_penalties.py), find most of the rest. They speak only where they are nearly sure:

- a number that no rule takes for a penalty is one at a likelihood of four in five;
- one that a rule takes is none below one in ten.

Caps, blanks and what no longer holds are left to the rules. A penalty found so says `penalty.weighed` as its rule.
"""

from collections.abc import Iterable

from nlp.extract.sanction_sums import Use
from nlp.extract.weights import likelihood

TABLE = "sanction_weights.tsv"
ADDED_AT = 0.8
DROPPED_AT = 0.1


def weighed(told: Use, seen: Iterable[str]) -> Use:
    """What a rule says of a number, unless the weights are nearly sure that it is wrong.

    Args:
        told: by the rules, `penalty` or `none`.
        seen: keys of `sanction_features.features`.
    """
    likely = likelihood(TABLE, seen)
    if told == "none":
        return "penalty" if likely >= ADDED_AT else "none"
    return told if likely >= DROPPED_AT else "none"
