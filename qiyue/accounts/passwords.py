"""Passwords: argon2id hashes with the library's own parameters, and the little that is asked of a new one."""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from schema.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 10
LONGEST = 256
_FEW = 4


def hash_password(password: str, *, name: str) -> str:
    """The argon2id hash of a new password.

    Args:
        password: as typed.
        name: of the account, which must not be its password.

    Raises:
        UsageError: `password_weak`.
    """
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise UsageError("password_weak", f"the password has fewer than {SHORTEST} characters")
    if len(plain) > LONGEST:
        raise UsageError("password_weak", f"the password has more than {LONGEST} characters")
    if len(set(plain)) < _FEW or plain.casefold() in (name.casefold(), name.casefold() * 2):
        raise UsageError("password_weak", "the password is too easy to guess")
    return _hasher().hash(plain)


def is_password(password: str, stored: str | None) -> bool:
    """Whether a password is the one of a hash; takes as long when there is no hash, so that names cannot be guessed.

    Args:
        password: as typed.
        stored: argon2 hash, or None when the account has none or does not exist.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(stored or _nobody(), _normal(password)[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def _normal(password: str) -> str:
    """The same characters however the keyboard composed them (RFC 8265 asks for NFC)."""
    return unicodedata.normalize("NFC", password)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash that nobody has the password of."""
    from secrets import token_hex

    return _hasher().hash(token_hex(16))
