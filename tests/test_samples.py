"""Each sample, read and parsed, gives its truth: from its text (nlp alone) and from the made file (the whole path).

Everything must be complete and clean but for what `BARS` excuses, as (precision, recall). A bar is only ever raised;
the truth is never bent towards the output.
"""

from functools import cache

import pytest

from ingest.read import read
from nlp.parse import parse
from schema.contract import Contract
from tests.support.builders import document
from tests.support.samples import NAMES, sample_file, sample_text, sample_truth
from tests.support.truth import DESCRIBED_BY, MATCHED_BY, Score, compare, squash

LISTS = (*MATCHED_BY, "parties", "clauses", "clauses.types", "tables", "choices", "facts")
DETAILS = tuple(f"{kind}.{key}" for kind, keys in DESCRIBED_BY.items() for key in keys)
BARS: dict[tuple[str, str], tuple[float, float]] = {
    # the scan reads A0 as AO, both look alike
    ("service-file", "tables"): (1.0, 0.94),
    # what was written on a line is known from Word only
    ("purchase-text", "blanks"): (1.0, 0.3),
}
ORIGINS = [pytest.param(name, "text", id=f"{name}-text") for name in NAMES] + [
    pytest.param(name, "file", id=f"{name}-file", marks=pytest.mark.xdist_group(f"sample-{name}"))
    for name in ("purchase", "lease")
]
SCAN = pytest.param(
    "service", "file", id="service-file", marks=[pytest.mark.slow, pytest.mark.xdist_group("sample-service")]
)
ORIGINS.append(SCAN)


@cache
def record(name: str, origin: str) -> Contract:
    """The record of a sample, made once a process."""
    return parse(document(sample_text(name)) if origin == "text" else read(sample_file(name)))


@cache
def scores(name: str, origin: str) -> dict[str, Score]:
    """How it compares with the truth."""
    return compare(sample_truth(name), record(name, origin))


@pytest.mark.parametrize("what", [*LISTS, *DETAILS])
@pytest.mark.parametrize(("name", "origin"), ORIGINS)
def test_the_record_holds_the_truth(name: str, origin: str, what: str) -> None:
    precision, recall = BARS.get((f"{name}-{origin}", what), BARS.get((name, what), (1.0, 1.0)))
    score = scores(name, origin)[what]
    shown = f"{what}: precision {score.precision:.3f}, recall {score.recall:.3f}\n- " + "\n- ".join(score.lost)
    assert score.recall >= recall, shown
    assert score.precision >= precision, shown + "\n+ " + "\n+ ".join(score.extra)


@pytest.mark.parametrize(("name", "origin"), ORIGINS)
def test_a_clean_contract_gives_no_error(name: str, origin: str) -> None:
    assert [f.message for f in record(name, origin).findings if f.severity == "error"] == []


@pytest.mark.parametrize("name", ["purchase", "lease"])
def test_digital_files_give_their_text_line_by_line(name: str) -> None:
    """All but the signatures of the lease, which stand side by side on paper."""
    got, wanted = (
        [
            squash(line)
            for line in text.split("\n")
            if not line.startswith(("甲方（盖", "乙方（盖", "法定代表人（签", "签订日期：2025年5月20"))
        ]
        for text in (record(name, "file").text, sample_text(name))
    )
    assert got == wanted


@pytest.mark.parametrize(("name", "origin"), [SCAN])
def test_the_scan_gives_its_text_but_for_a_few_characters(name: str, origin: str) -> None:
    got, wanted = (squash(text.replace("_", "")) for text in (record(name, origin).text, sample_text(name)))
    assert distance(got, wanted) <= 0.003 * len(wanted)


@pytest.mark.parametrize(("name", "origin"), [SCAN])
def test_paragraphs_of_the_scan_are_those_of_the_text(name: str, origin: str) -> None:
    got, wanted = record(name, origin).text.split("\n"), sample_text(name).split("\n")
    assert [squash(line)[:6].replace("_", "") for line in got] == [squash(line)[:6].replace("_", "") for line in wanted]


@pytest.mark.parametrize(("name", "origin"), [SCAN])
def test_headers_and_page_numbers_are_furniture_of_the_scan(name: str, origin: str) -> None:
    contract = record(name, origin)
    roles = [f.role for f in contract.furniture]
    assert roles.count("header") == roles.count("page_number") == len(contract.pages) - 1
    assert "seal" in roles
    assert "共9页" not in squash(contract.text)


@pytest.mark.parametrize(("name", "origin"), ORIGINS)
def test_every_fact_is_its_words(name: str, origin: str) -> None:
    contract = record(name, origin)
    facts = [*contract.parties, *contract.amounts, *contract.deadlines, *contract.penalties, *contract.dates]
    assert facts
    for fact in facts:
        assert fact.span.of(contract.text) == fact.text
        assert fact.evidence.rule


def distance(left: str, right: str) -> int:
    """Edit distance of texts that hardly differ, over a band around the diagonal."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        low, high = max(1, i - 100), min(len(right), i + 100)
        previous, row[low - 1] = row[low - 1], i
        for j in range(low, high + 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != right[j - 1]))
    return row[-1]
