"""Findings: what a reviewer should look at, each with its working shown."""

from typing import Literal

from schema.base import Model
from schema.problem import Severity
from schema.span import Span

FindingCode = Literal[
    "capitals_figures_differ",
    "sum_differs",
    "percent_sum",
    "blank_field",
    "missing_field",
    "missing_annex",
    "dangling_reference",
    "wrong_reference",
    "duplicate_number",
    "numbering_gap",
    "party_name_varies",
    "impossible_date",
    "dates_out_of_order",
    "values_conflict",
    "penalty_without_cap",
    "penalty_over_threshold",
    "overlapping_penalties",
    "undefined_term",
    "ocr_suspect",
    "noise_text",
    "placeholder_text",
    "credit_code_invalid",
    "account_conflict",
    "unsigned",
    "undated",
    "unanchored_deadline",
    "uncited_annex",
    "unused_term",
    "penalty_exposure",
    "one_sided_penalty",
]


class Finding(Model):
    """One finding of the checks.

    Attributes:
        code: stable code, documented in docs/findings.md.
        severity: error: the contract contradicts itself; warning: a person should look; info: worth knowing.
        message: one sentence.
        spans: the words it is about; the place to click first comes first.
        elements: ids of the elements it is about.
        data: the working: numbers as decimal strings, formula, what differs.
        suggestion: a better reading, never applied.
    """

    code: FindingCode
    severity: Severity
    message: str
    spans: tuple[Span, ...] = ()
    elements: tuple[str, ...] = ()
    data: dict[str, str | int | tuple[str, ...]] = {}
    suggestion: str | None = None
