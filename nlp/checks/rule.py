"""The shape of a row of the table of checks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nlp.checks.ledger import Draft, Ledger
from schema.finding import FindingCode
from schema.problem import Severity

Check = Callable[[Ledger], Iterable[Draft]]


@dataclass(frozen=True)
class Rule:
    """One check.

    Attributes:
        id: unique; stands in `data["rule"]` of its findings.
        code: of its findings.
        severity: unless a finding is less certain; a check never raises it.
        check: the function.
        doc: one line: what it compares, and how.
        example: contract text with the fault; docs/findings.md shows what is found in it, a test holds it to that.
            Empty where no words alone show it (a scan, a Word file).
        tolerance: how far numbers may lie apart, in words; empty where nothing is computed.
        of_file: whether it asks what only the reading of the file knows (odd numbering, doubtful characters), so that
            its findings cannot be made again from a record.
    """

    id: str
    code: FindingCode
    severity: Severity
    check: Check
    doc: str
    example: str
    tolerance: str = ""
    of_file: bool = False
