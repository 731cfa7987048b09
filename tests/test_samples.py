"""Each sample, read and parsed, gives its truth: from its text (nlp alone) and from the made file (the whole path).

`BARS` says how much of it, as (precision, recall); what is not named must be complete and clean. A bar is only ever
raised; the truth is never bent towards the output.
"""

from functools import cache

import pytest

from ingest.read import read
from nlp.parse import parse
from schema.contract import Contract
from tests.support.builders import document
from tests.support.samples import NAMES, sample_file, sample_text, sample_truth
from tests.support.truth import DESCRIBED_BY, MATCHED_BY, Score, compare

LISTS = (*MATCHED_BY, "parties", "clauses", "clauses.types", "tables", "choices", "facts")
DETAILS = tuple(f"{kind}.{key}" for kind, keys in DESCRIBED_BY.items() for key in keys)
NOT_YET = {*LISTS, *DETAILS} - {"parts", "clauses", "tables"}
BARS: dict[str, tuple[float, float]] = dict.fromkeys(NOT_YET, (0.0, 0.0))
TEXT = [pytest.param(name, "text", id=f"{name}-text") for name in NAMES]


@cache
def record(name: str, origin: str) -> Contract:
    """The record of a sample, made once a process."""
    return parse(document(sample_text(name)) if origin == "text" else read(sample_file(name)))


@cache
def scores(name: str, origin: str) -> dict[str, Score]:
    """How it compares with the truth."""
    return compare(sample_truth(name), record(name, origin))


@pytest.mark.parametrize("what", [*LISTS, *DETAILS])
@pytest.mark.parametrize(("name", "origin"), TEXT)
def test_the_record_holds_the_truth(name: str, origin: str, what: str) -> None:
    precision, recall = BARS.get(what, (1.0, 1.0))
    score = scores(name, origin)[what]
    shown = f"{what}: precision {score.precision:.3f}, recall {score.recall:.3f}\n- " + "\n- ".join(score.lost)
    assert score.recall >= recall, shown
    assert score.precision >= precision, shown + "\n+ " + "\n+ ".join(score.extra)


@pytest.mark.parametrize(("name", "origin"), TEXT)
def test_a_clean_contract_gives_no_error(name: str, origin: str) -> None:
    found = record(name, origin).findings
    assert [f.message for f in found if f.severity == "error"] == []
    # assert {f["code"] for f in sample_truth(name)["findings"]} <= {f.code for f in found}
