"""`qiyue check`: what in a contract does not fit together."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qiyue.cli.output import JsonOption, print_json
from qiyue.service.base import open_service

if TYPE_CHECKING:
    from qiyue.service.overview import Places
    from schema.contract import Contract
    from schema.finding import Finding

_HEADS = {"error": "Errors", "warning": "Warnings", "info": "Worth knowing"}


def command(
    contract: Annotated[str, typer.Argument(help="Id or the beginning of one, or a file.", metavar="ID|FILE")],
    only: Annotated[list[str] | None, typer.Option(help="Only findings of this code; repeatable.")] = None,
    fail_on: Annotated[
        Literal["error", "warning"], typer.Option(help="From which severity on the exit code is 1.")
    ] = "error",
    as_json: JsonOption = False,
) -> int:
    """Check a contract against itself: sums, dates, references, names, blanks.

    Findings are told gravest first, each with its clause and page, its working and a better reading where one is
    known. A file is read and not stored. Codes: docs/findings.md; the settings can switch them off.

    Example: qiyue check 采购合同.docx --only sum_differs --fail-on warning
    """
    from qiyue.service.checking import check, reaches

    with open_service() as service:
        value, findings = check(service, contract, tuple(only or ()))
    if as_json:
        print_json({"contract": value.id, "findings": [f.model_dump(mode="json") for f in findings]})
    else:
        _print(value, findings)
    return int(reaches(findings, fail_on))


def _print(contract: "Contract", findings: "tuple[Finding, ...]") -> None:
    from qiyue.service.overview import Places

    places = Places(contract)
    print(f"{contract.title or contract.source.name}  {contract.id[:12]}")
    counts = {level: sum(f.severity == level for f in findings) for level in _HEADS}
    print("  ".join(f"{head}: {counts[level]}" for level, head in _HEADS.items()))
    for level, head in _HEADS.items():
        group = [f for f in findings if f.severity == level]
        if group:
            print(f"\n{head}")
        for code in dict.fromkeys(f.code for f in group):
            print(f"  {code}")
            for finding in (f for f in group if f.code == code):
                _print_finding(contract, places, finding)


def _print_finding(contract: "Contract", places: "Places", finding: "Finding") -> None:
    where = places.of(finding.spans[0]) if finding.spans else ""
    message = " ".join(finding.message.split()).removeprefix(f"{where}：")
    print("    " + "  ".join(filter(None, (where, message))))
    if finding.spans:
        words = " ".join(finding.spans[0].of(contract.text).split())
        print(f"      “{words[:60]}{'…' if len(words) > 60 else ''}”") if words else None
    if formula := finding.data.get("formula"):
        print(f"      {formula}")
    if finding.suggestion:
        print(f"      → {finding.suggestion}")
