"""What people said about the parser's word: kept beside it, never over it."""

from typing import Literal

from schema.base import Model
from schema.values import Scalar

CorrectionState = Literal["applied", "orphaned"]


class Correction(Model):
    """One correction of one field.

    Attributes:
        number: of the correction in its collection.
        element: id of the element, or `contract` for a field of the contract itself; None when orphaned.
        field: path of the field (`value`, `cap.rate`, `phone.0.text`).
        parser_value: what the parser says.
        value: what the person says.
        who: name of the person.
        at: ISO time in UTC.
        why: reason given.
        rule: rule that made the element; None for a field of the contract.
        words: words of the element when it was corrected.
        state: orphaned when a later reading no longer has these words.
    """

    number: int
    element: str | None
    field: str
    parser_value: Scalar
    value: Scalar
    who: str
    at: str
    why: str
    rule: str | None = None
    words: str = ""
    state: CorrectionState = "applied"
