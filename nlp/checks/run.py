"""All checks over one contract."""

from nlp.checks.ledger import Draft, Ledger
from nlp.checks.rule import Rule
from nlp.checks.rules import RULES
from schema.finding import Finding

_ORDER = {"error": 0, "warning": 1, "info": 2}


def run_checks(ledger: Ledger, rules: tuple[Rule, ...] = RULES) -> tuple[Finding, ...]:
    """Everything the checks find: errors first, then warnings, each in text order.

    Args:
        ledger: of one contract.
        rules: those to apply.
    """
    found = [_finding(rule, draft) for rule in rules for draft in rule.check(ledger)]
    return tuple(sorted(found, key=lambda f: (_ORDER[f.severity], f.spans[0].start if f.spans else -1)))


def _finding(rule: Rule, draft: Draft) -> Finding:
    return Finding(
        code=rule.code,
        severity=max(rule.severity, draft.severity or rule.severity, key=_ORDER.__getitem__),
        message=draft.message,
        spans=draft.spans,
        elements=draft.elements,
        data={"rule": rule.id} | draft.data,
        suggestion=draft.suggestion,
    )
