"""Numbers that name somebody: 统一社会信用代码, telephones, e-mail addresses, accounts, postcodes, identity cards.

They are strings: leading zeros count. Sources: GB 32100-2015 (credit code), GB 11643-1999 (citizen number),
ISO/IEC 7812-1 (Luhn, bank cards). Accounts and postcodes are only digits; they are read where a label says what they
are.
"""

import re
from dataclasses import dataclass
from typing import Literal

from nlp.values.found import Found, without_overlaps

Kind = Literal["credit_code", "mobile", "telephone", "email", "citizen_number"]


@dataclass(frozen=True, slots=True)
class Identifier(Found):
    """An identifier.

    Attributes:
        kind: which.
        value: without spaces.
        valid: whether its check digit is right; None for kinds that have none.
    """

    kind: Kind
    value: str
    valid: bool | None = None


_CREDIT = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}(?![0-9A-Za-z])")
_CITIZEN = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![\d-])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")
_TELEPHONE = re.compile(
    r"(?<![\d-])(?:\+?86[- ])?\(?0\d{2,3}\)?[- ]?[2-9]\d{6,7}(?:[-转 ]{1,2}\d{1,6})?(?![\d])"
    r"|(?<![\d-])[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)"
)
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,24}){1,3}")
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def find_identifiers(text: str) -> list[Identifier]:
    """All identifiers that can be told by their form.

    Args:
        text: folded text of any length.
    """
    found = [Identifier(m.start(), m.end(), "email", m[0]) for m in _EMAIL.finditer(text)] if "@" in text else []
    found += [
        Identifier(m.start(), m.end(), "citizen_number", m[0].upper(), is_citizen_number(m[0]))
        for m in _CITIZEN.finditer(text)
    ]
    found += [
        Identifier(m.start(), m.end(), "credit_code", m[0], is_credit_code(m[0]))
        for m in _CREDIT.finditer(text)
        if not m[0].isdigit() or is_credit_code(m[0])
    ]
    found += [Identifier(m.start(), m.end(), "mobile", _compact(m[0])) for m in _MOBILE.finditer(text)]
    found += [Identifier(m.start(), m.end(), "telephone", m[0].strip()) for m in _TELEPHONE.finditer(text)]
    return without_overlaps(found)


def _compact(text: str) -> str:
    return re.sub(r"[ -]", "", text)


def is_credit_code(code: str) -> bool:
    """Whether the check character of a unified social credit code is right (GB 32100-2015).

    >>> is_credit_code("91350100M000100Y43")
    True
    """
    if len(code) != 18 or any(c not in _CREDIT_ALPHABET for c in code):
        return False
    total = sum(_CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31] == code[17]


def is_citizen_number(number: str) -> bool:
    """Whether the check character of a citizen number is right (GB 11643-1999).

    >>> is_citizen_number("11010519491231002X")
    True
    """
    if not re.fullmatch(r"\d{17}[\dXx]", number):
        return False
    total = sum(int(c) * pow(2, 17 - i, 11) for i, c in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def is_card_number(digits: str) -> bool:
    """Whether the Luhn check digit of a bank card is right (ISO/IEC 7812-1); company accounts have none.

    >>> is_card_number("6222021234567890128")
    True
    """
    if not re.fullmatch(r"\d{12,19}", digits):
        return False
    doubled = [int(c) * (2 if i % 2 else 1) for i, c in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
