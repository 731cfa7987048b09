"""What a contract of its kind should say and does not: nlp/data/required.toml."""

import re
from collections.abc import Iterator

from nlp.checks.ledger import Draft, Ledger
from nlp.lexicon import Rule, read_rules

_FEWEST_CLAUSES = 5
_FEWEST_CHARACTERS = 500


def missing(ledger: Ledger) -> Iterator[Draft]:
    """Fields that the law names for this kind of contract and of which no word is said."""
    contract = ledger.contract
    if len(contract.clauses) < _FEWEST_CLAUSES or len(ledger.text) < _FEWEST_CHARACTERS:
        return
    for rule in read_rules("required"):
        if _applies(rule, contract.kind, contract.title or "") and not _is_said(ledger, rule):
            note = f"（{rule.data['source']}）"
            yield Draft(
                message=f"没有找到关于“{rule.label}”的约定{note}",
                data={"field": rule.label, "source": str(rule.data["source"]), "kind": contract.kind or ""},
                severity=rule.data.get("severity"),
            )


def _applies(rule: Rule, kind: str | None, title: str) -> bool:
    kinds, others = rule.data["kinds"], rule.data.get("not_title")
    if (others and re.search(others, title)) or kind in rule.data.get("not_kinds", ()):
        return False
    return kind in kinds or ("any" in kinds and kind not in ("supplement", "confidentiality", "other"))


def _is_said(ledger: Ledger, rule: Rule) -> bool:
    """A fact, a clause type or a word: silence rather than a wrong finding."""
    contract = ledger.contract
    facts = {
        "amounts": contract.amounts,
        "payments": contract.payments,
        "term": contract.term,
        "dispute": contract.dispute,
        "penalties": contract.penalties,
        "parties": contract.parties,
    }
    if any(facts[name] for name in rule.data.get("facts", ())):
        return True
    types = set(rule.data.get("types", ()))
    return any(types & set(c.types) for c in contract.clauses) or bool(rule.regex.search(ledger.text))
