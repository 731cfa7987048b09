"""Trouble while reading that did not cost the whole result."""

from typing import Literal

from schema.base import Model
from schema.span import Span

Severity = Literal["error", "warning", "info"]


class Problem(Model):
    """Something that could not be read, or not well, and what it means for the result.

    Attributes:
        code: stable code, listed in docs/errors.md.
        severity: error when text is missing, warning when it may be wrong, info when it is only worth knowing.
        message: one sentence for a person: what, where, what to do.
        page: page number from 1, or None when the whole file is meant.
        span: place in the canonical text, where one is known.
    """

    code: str
    severity: Severity
    message: str
    page: int | None = None
    span: Span | None = None
