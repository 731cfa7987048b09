"""The door: from a password, a link, a cookie or a token to the person behind it."""

import re
import threading
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiyue.accounts.clock import after, iso, seconds_until, utc
from qiyue.accounts.keys import digest, new_key, new_token, same, token_id
from qiyue.accounts.passwords import hash_password, is_password
from qiyue.accounts.person import SCOPES, Person
from qiyue.accounts.trail import Trail
from schema.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpus.access import Session, Token
    from corpus.accounts import Account, Role
    from corpus.database import Database

IDLE_HOURS = 12
LONGEST_DAYS = 7
WINDOW_MINUTES = 15
MOST_TOGETHER = 5
MOST_FROM_AN_ADDRESS = 20
MOST_FOR_A_NAME = 50  # more than for a name from one address, so that a stranger cannot easily lock somebody out
_LONGEST_TOKEN_DAYS = 366
_SEEN_MINUTES = 5
_AT_ONCE = 2
_NAME = re.compile(r"[^\s/\\\x00-\x1f\x7f]{1,64}")


class TooManyAttemptsError(UsageError):
    """Sign-in is refused for a while.

    Attributes:
        seconds: until it is worth trying again.
    """

    def __init__(self, seconds: int) -> None:
        """Say how long."""
        super().__init__(
            "too_many", "too many failed attempts to sign in", remedy=f"try again in {max(seconds // 60, 1)} minutes"
        )
        self.seconds = max(seconds, 1)


@dataclass(frozen=True)
class SignedIn:
    """A new session: what its cookie says and who it is."""

    key: str
    person: Person


class Door:
    """Sign-in of one collection. Safe to use from several threads."""

    def __init__(self, database: "Database") -> None:
        """Open the accounts.

        Raises:
            StoreError: they cannot be read.
        """
        from corpus.access import Access
        from corpus.accounts import Accounts, prepare_accounts
        from corpus.audit import Audit
        from corpus.saved import SavedSearches

        prepare_accounts(database)
        self.accounts = Accounts(database)
        self.access = Access(database)
        self.audit = Audit(database)
        self.saved = SavedSearches(database)
        self.trail = Trail(self.audit.add)
        self._link: str | None = None
        self._hashing = threading.BoundedSemaphore(_AT_ONCE)

    def close(self) -> None:
        """Write what is left of the audit log."""
        self.trail.close()

    # by password or link

    def sign_in(self, name: str, password: str, *, address: str) -> SignedIn:
        """Sign in with a password.

        Raises:
            UsageError: `sign_in_failed`, or `TooManyAttemptsError`.
        """
        name = unicodedata.normalize("NFC", name)
        known = _NAME.fullmatch(name) is not None
        self._throttle(name if known else "", address)
        with self._hashing:  # each takes 64 MB and a tenth of a second
            right = is_password(password, self.accounts.password_of(name) if known else None)
        if not right:
            at = iso(utc())
            self.access.note_failure(
                name if known else "", address, at=at, forget_before=after(minutes=-WINDOW_MINUTES)
            )
            self.trail.note("-", "sign-in failed", name if known else None, address=address)
            raise UsageError("sign_in_failed", "name or password is wrong")
        self.access.forgive(name)
        return self._open(self.accounts.get(name), address, "password")

    def new_link(self) -> str:
        """A key that signs the owner of this machine in, once; an older one no longer works."""
        self._link = new_key()
        return self._link

    def use_link(self, key: str, *, owner: str, address: str) -> SignedIn:
        """Sign the owner of this machine in by the link.

        Args:
            key: from the link.
            owner: name of their account, which is made on first use.
            address: of the asker.

        Raises:
            UsageError: `link_used`.
        """
        link, given = self._link, key
        if link is None or not same(digest(link), digest(given)):
            raise UsageError("link_used", "this link was used already, or is of an earlier start")
        self._link = None
        return self._open(self.local_account(owner), address, "link")

    def local_account(self, owner: str) -> "Account":
        """The account of the owner of this machine: an administrator without a password, made when missing."""
        from corpus.accounts import Account

        account = self.accounts.find(owner)
        if account is None:
            self.accounts.add(Account(owner, admin=True), password=None)
        elif not account.admin or account.disabled:
            self.accounts.change(owner, admin=True, disabled=False)
        return self.accounts.get(owner)

    def open_external(self, external: str, *, address: str) -> SignedIn:
        """Sign in somebody whom an OpenID Connect provider vouches for.

        Raises:
            UsageError: `not_allowed` when no account belongs to that identity.
        """
        account = self.accounts.find_external(external)
        if account is None or account.disabled:
            self.trail.note("-", "sign-in failed", external, address=address)
            raise UsageError("not_allowed", "no account belongs to this identity", remedy="ask an administrator")
        return self._open(account, address, "openid")

    def sign_out(self, person: Person, *, address: str) -> None:
        """End a session."""
        self.access.close_session(person.key)
        self.trail.note(person, "sign out", address=address)

    # who is it

    def by_cookie(self, key: str) -> Person | None:
        """The person of a session's cookie; None when it is over."""
        found = self.access.session(digest(key))
        if found is None:
            return None
        session, account = found
        if account.disabled or seconds_until(session.expires_at) <= 0:
            return None
        if seconds_until(session.seen_at) < -_SEEN_MINUTES * 60:
            self.access.touch_session(session.key, seen_at=iso(utc()), expires_at=_expiry(session))
        return Person(name=account.name, admin=account.admin, grants=account.grants, key=session.key, csrf=session.csrf)

    def by_token(self, token: str) -> Person | None:
        """The person of a program's token; None when it is unknown, expired or withdrawn."""
        identity = token_id(token)
        found = self.access.token(identity) if identity else None
        if found is None:
            return None
        known, account = found
        if not same(known.key, digest(token)) or account.disabled or seconds_until(known.expires_at) <= 0:
            return None
        hour = iso(utc().replace(minute=0, second=0, microsecond=0))
        if known.used_at != hour:
            self.access.touch_token(known.id, hour)
        scopes = frozenset(known.scopes)
        return Person(account.name, account.admin, account.grants, scopes, via="token", key=known.id)

    # managing

    def add_account(
        self,
        name: str,
        *,
        password: str | None,
        admin: bool = False,
        grants: "Mapping[str, Role] | None" = None,
        external: str | None = None,
    ) -> "Account":
        """Make an account.

        Raises:
            UsageError: `account_exists`, `password_weak`, `value_unreadable` for a name that cannot be one.
        """
        from corpus.accounts import Account

        name = unicodedata.normalize("NFC", name)
        if not _NAME.fullmatch(name) or name == "-":
            raise UsageError(
                "value_unreadable", "that is no name for an account", remedy="1 to 64 characters, no blank"
            )
        hashed = hash_password(password, name=name) if password is not None else None
        self.accounts.add(Account(name, admin=admin, external=external, grants=grants or {}), password=hashed)
        return self.accounts.get(name)

    def set_password(self, name: str, password: str) -> None:
        """Give an account a password; its sessions end.

        Raises:
            StoreError: `account_unknown`.
            UsageError: `password_weak`.
        """
        self.accounts.change(name, password=hash_password(password, name=name))

    def make_token(self, person: Person, *, label: str, scopes: "Iterable[str]", days: int) -> tuple[str, "Token"]:
        """A token with the rights of a person, as far as its scopes go.

        Returns:
            The token itself, which is nowhere kept, and what is kept of it.

        Raises:
            UsageError: `value_unreadable` for unknown scopes or a time that is too long, `not_allowed` for scopes
                the person does not have.
        """
        from corpus.access import Token

        wanted = tuple(scope for scope in SCOPES if scope in set(scopes))
        if unknown := sorted(set(scopes) - set(SCOPES)):
            raise UsageError("value_unreadable", f"there is no scope {unknown[0][:40]}", remedy=", ".join(SCOPES))
        if not wanted or not 1 <= days <= _LONGEST_TOKEN_DAYS:
            raise UsageError(
                "value_unreadable", "a token needs a scope and a time", remedy=f"1 to {_LONGEST_TOKEN_DAYS} days"
            )
        for scope in wanted:
            person.need(scope)
        if {"admin", "metrics"} & set(wanted):
            person.need_to_manage()
        identity, token = new_token()
        kept = Token(identity, person.name, digest(token), label[:100], wanted, iso(utc()), after(days=days))
        self.access.add_token(kept)
        return token, kept

    def _open(self, account: "Account", address: str, how: str) -> SignedIn:
        from corpus.access import Session

        if account.disabled:
            raise StoreError("account_unknown", "this account is closed")
        key, csrf, at = new_key(), new_key(), iso(utc())
        session = Session(digest(key), account.name, csrf, at, at, after(hours=IDLE_HOURS), address)
        self.access.open_session(session, now=at)
        person = Person(account.name, account.admin, account.grants, key=session.key, csrf=csrf)
        self.trail.note(person, "sign in", address=address, how=how, wait=True)
        return SignedIn(key, person)

    def _throttle(self, name: str, address: str) -> None:
        found = self.access.failures(name, address, since=after(minutes=-WINDOW_MINUTES))
        too_many = (
            found.together >= MOST_TOGETHER
            or found.by_address >= MOST_FROM_AN_ADDRESS
            or found.by_name >= MOST_FOR_A_NAME
        )
        if too_many and found.oldest is not None:
            raise TooManyAttemptsError(int(seconds_until(found.oldest) + WINDOW_MINUTES * 60))


def _expiry(session: "Session") -> str:
    """So many hours after the last sign of life, but never longer than so many days after signing in."""
    born = -seconds_until(session.created_at)
    left = LONGEST_DAYS * 86400 - born
    return after(seconds=min(IDLE_HOURS * 3600, max(left, 0)))
