"""A contract checked against itself: one in the collection, with what people corrected, or a file."""

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from qiyue.service.base import Service
from schema.errors import UsageError
from schema.finding import FindingCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schema.contract import Contract
    from schema.finding import Finding

_LEVELS = {"error": 0, "warning": 1, "info": 2}


def check(service: Service, reference: str, only: tuple[str, ...] = ()) -> "tuple[Contract, tuple[Finding, ...]]":
    """The record and what is found in it by the settings of today.

    Args:
        service: the collection; a file does not open it.
        reference: path of a file, or id of a contract or the beginning of one.
        only: codes of findings; all when empty.

    Raises:
        UsageError: `finding_unknown`, `file_missing`.
        StoreError: `contract_unknown`.
        ReadError: the file cannot be read.
    """
    _known(only)
    path = Path(reference)
    if path.suffix or path.is_file():
        from qiyue.pipeline import parse_file

        contract = parse_file(path, limits=service.limits, checks=service.settings.checks)
        findings = contract.findings
    else:
        from nlp.checks.run import check_record
        from qiyue.check_options import options_of
        from qiyue.service.contracts import get_contract

        contract = get_contract(service, reference)
        findings = check_record(contract, options_of(service.settings.checks))
    return contract, tuple(f for f in findings if not only or f.code in only)


def reaches(findings: "Iterable[Finding]", level: str) -> bool:
    """Whether one of the findings is as grave as a level."""
    return any(_LEVELS[f.severity] <= _LEVELS[level] for f in findings)


def _known(codes: tuple[str, ...]) -> None:
    from difflib import get_close_matches

    known = get_args(FindingCode)
    for code in codes:
        if code not in known:
            near = get_close_matches(code, known, 1)
            remedy = f"do you mean {near[0]}?" if near else "see docs/findings.md"
            raise UsageError("finding_unknown", f"there is no finding {code!r}", remedy=remedy)
