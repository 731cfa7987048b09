"""Signatures, seals and the day of signing."""

import re
from collections.abc import Iterator

from nlp.checks.ledger import Draft, Ledger
from schema.form import Signature

_SIGN = re.compile(r"签字|签名|签章|签署|代表人?(?:[/或].{0,8})?[:： ]*$|代表人?(?:[/或].{0,8})?[:：]", re.MULTILINE)
_DATED = re.compile(
    r"(?:^|[\s，;])(?:签[订署约]|合同)?(?:日期|时间)[:：] ?\d{4} ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2}", re.MULTILINE
)
_SEAL = re.compile(r"盖章|公章|合同专用章|签章")


def unsigned(ledger: Ledger) -> Iterator[Draft]:
    """Signature blocks without a name or without a seal: one finding for each part."""
    roles = {p.id: p.role for p in ledger.contract.parties}
    parts: dict[str, list[Signature]] = {}
    for signature in ledger.contract.signatures:
        parts.setdefault(signature.part or "", []).append(signature)
    for part, found in parts.items():
        blank = [s for s in found if _lacks_name(s, found)]
        unsealed = [s for s in found if s.sealed is False and _SEAL.search(s.text)]
        if not blank and not unsealed:
            continue
        words = [
            f"{'、'.join(_names(roles, group))}未{what}"
            for group, what in ((blank, "签字"), (unsealed, "盖章"))
            if group
        ]
        missing = [s for s in found if s in blank or s in unsealed]
        yield Draft(
            message=f"{ledger.part_name(part) or '签署页'}：{'，'.join(words)}",
            spans=tuple(s.span for s in missing),
            elements=tuple(s.id for s in missing),
            data={"unsigned": tuple(s.id for s in blank), "unsealed": tuple(s.id for s in unsealed)},
            severity=None if ledger.is_ocr else "info",
        )


def _lacks_name(signature: Signature, beside: list[Signature]) -> bool:
    """No name written where one belongs; a name that cannot be tied to a party may be that of any."""
    if signature.signer or signature.signed or not _SIGN.search(signature.text):
        return False
    return not any(s.signer and s.party is None and s.span == signature.span for s in beside)


def _names(roles: dict[str, str], signatures: list[Signature]) -> list[str]:
    return list(dict.fromkeys(roles.get(s.party or "", "一方") for s in signatures))


def _dated_line(ledger: Ledger) -> bool:
    """日期：2025-05-12 at the head or the end of the contract, whatever was made of it."""
    parts = [p for p in ledger.contract.parts if p.id in ("cover", "preamble", "signature")]
    return any(_DATED.search(ledger.text, p.span.start, p.span.end) for p in parts)


def undated(ledger: Ledger) -> Iterator[Draft]:
    """No day of signing anywhere."""
    signed = ledger.contract.sign_date
    main = [s for s in ledger.contract.signatures if not (s.part or "").startswith("annex")]
    if (signed and signed.precision == "day") or any(s.date and len(s.date) == 10 for s in main):
        return
    if not ledger.contract.parties or len(ledger.contract.clauses) < 3 or _dated_line(ledger):
        return
    printed = f"，只写到{signed.text}" if signed else ""
    places = ((signed.span,) if signed else ()) + tuple(s.span for s in main)
    yield Draft(
        message=f"没有签订日期{printed}",
        spans=places,
        elements=tuple(s.id for s in main),
        data={"printed": signed.value if signed else ""},
        severity=None if any(p.name for p in ledger.contract.parties) else "info",
    )
