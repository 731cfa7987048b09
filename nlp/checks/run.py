"""All checks over one contract."""

from collections.abc import Iterable

from nlp.checks.doubt import COMPUTED, doubted
from nlp.checks.ledger import Draft, Ledger, Options
from nlp.checks.rule import Rule
from nlp.checks.rules import RULES
from schema.contract import Contract
from schema.document import Suspect
from schema.finding import Finding

_ORDER = {"error": 0, "warning": 1, "info": 2}


def run_checks(ledger: Ledger, rules: tuple[Rule, ...] = RULES) -> tuple[Finding, ...]:
    """Everything the checks find: errors first, then warnings, each in text order.

    Args:
        ledger: of one contract; its options grade codes anew or switch them off.
        rules: those to apply.
    """
    grades = ledger.options.grades
    found = (_finding(ledger, rule, d) for rule in rules if grades.get(rule.code) != "off" for d in rule.check(ledger))
    return _graded(found, ledger.options)


def check_record(contract: Contract, options: Options | None = None) -> tuple[Finding, ...]:
    """Check a record again, with what people corrected in it and with other options.

    Findings about what only the reading of the file knows (`Rule.of_file`) are kept as they stand in the record.

    Args:
        contract: a whole record.
        options: what a user may set.
    """
    doubts = (f for f in contract.findings if f.data.get("rule") == "ocr.reader")
    ledger = Ledger.of(contract, options, tuple(_suspect(f) for f in doubts))
    of_file = {rule.id for rule in RULES if rule.of_file}
    kept = [f for f in contract.findings if f.data.get("rule") in of_file]
    made = run_checks(ledger, tuple(rule for rule in RULES if not rule.of_file))
    return _graded([*made, *kept], ledger.options)


def _suspect(finding: Finding) -> Suspect:
    """A doubtful reading as it stood in the document."""
    reading, reason = (str(finding.data[key]) for key in ("reading", "reason"))
    return Suspect(span=finding.spans[0], reading=reading, alternative=finding.suggestion or "", reason=reason)


def _graded(findings: Iterable[Finding], options: Options) -> tuple[Finding, ...]:
    """Graded as set, those switched off left out, in order."""
    found = []
    for finding in findings:
        grade = options.grades.get(finding.code, finding.severity)
        if grade != "off":
            found.append(finding if grade == finding.severity else finding.model_copy(update={"severity": grade}))
    return tuple(sorted(found, key=lambda f: (_ORDER[f.severity], f.spans[0].start if f.spans else -1)))


def _finding(ledger: Ledger, rule: Rule, found: Draft) -> Finding:
    draft = doubted(ledger, found) if rule.code in COMPUTED else found
    return Finding(
        code=rule.code,
        severity=max(rule.severity, draft.severity or rule.severity, key=_ORDER.__getitem__),
        message=draft.message,
        spans=draft.spans,
        elements=draft.elements,
        data={"rule": rule.id} | draft.data,
        suggestion=draft.suggestion,
    )
