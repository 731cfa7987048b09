"""Numbers that do not fit together on a scan: a fault of the contract, or of the reading.

Where the page was read with little confidence, or a second reading saw other characters, nothing is proved: the finding
stays, as a warning, and says so.
"""

from dataclasses import replace

from nlp.checks.ledger import Draft, Ledger
from schema.finding import FindingCode
from schema.span import Span

COMPUTED: tuple[FindingCode, ...] = (
    "sum_differs",
    "capitals_figures_differ",
    "percent_sum",
    "values_conflict",
    "dates_out_of_order",
    "dangling_reference",
)
_SURE = 0.92


def doubted(ledger: Ledger, draft: Draft) -> Draft:
    """The finding as it is, or milder where its words may have been misread.

    Args:
        ledger: of the contract.
        draft: a finding of one of the codes in `COMPUTED`.
    """
    if not ledger.is_ocr or not any(_is_doubtful(ledger, span) for span in draft.spans):
        return draft
    milder = draft.severity or "warning"
    return replace(draft, message=f"{draft.message}（也可能是识别错误）", severity=milder)


def _is_doubtful(ledger: Ledger, span: Span) -> bool:
    if any(doubt.span.overlaps(span) for doubt in ledger.suspects):
        return True
    lines = (line for page in ledger.contract.pages for line in page.lines if line.span.overlaps(span))
    return any(line.grade != "good" or line.confidence < _SURE for line in lines)
