"""Deadlines and penalties of whole contracts whose truth was written first (tests/golden/facts), all together.

Right at first sight, by batch (F1; a penalty only with its debtor, period and cap):
deadlines .98 .99 .99 .99 .94 1.0 .97, penalties .82 .83 .82 .76 .90 .88 .91;
penalties alone, with service credits, caps and duties without a name (batches 8 to 11): .64 .51 .79 .93.
A wrong value anywhere is printed; a few may stay wrong for a while, so the bars are shares of all, not of one contract.
"""

from collections import defaultdict

import pytest

from ingest.options import ReadOptions
from ingest.read import read
from nlp.parse import parse
from tests.support import heldout
from tests.support.truth import Score

BARS = {"deadlines": 0.99, "penalties": 0.97, "deadlines.who": 0.97, "penalties.per": 0.99, "penalties.cap": 0.99}


@pytest.fixture(scope="module")
def totals() -> dict[str, Score]:
    found: dict[str, Score] = defaultdict(Score)
    for name in heldout.names():
        truth = heldout.truth_of(name)
        if "penalties" not in truth:
            continue
        path = heldout.file_of(name)
        contract = parse(read(path.read_bytes(), ReadOptions(name=path.name)))
        for kind, score in heldout.compare(truth, contract).items():
            total = found[kind]
            total.wanted, total.found, total.hit = (
                total.wanted + score.wanted,
                total.found + score.found,
                total.hit + score.hit,
            )
            total.lost += [f"{name}: - {words}" for words in score.lost]
            total.extra += [f"{name}: + {words}" for words in score.extra]
    return found


@pytest.mark.parametrize("kind", BARS)
def test_share_right(totals: dict[str, Score], kind: str) -> None:
    score = totals[kind]
    assert score.wanted > 40
    wrong = "\n".join([*score.lost, *score.extra])
    assert min(score.recall, score.precision) >= BARS[kind], f"{score.hit} of {score.wanted} ({score.found})\n{wrong}"
