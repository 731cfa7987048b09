"""Tables of those who use a collection: accounts, rights, sessions, tokens, saved searches, audit.

They stand in the database of the collection and are made when somebody first signs in or serves; who only uses the
command line never has them. Keys and tokens are kept as sha256, passwords as argon2 hashes.
"""

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.types import TypeEngine

ACCOUNT_METADATA = MetaData()
ACCOUNTS_VERSION = 1


def _text() -> TypeEngine[str]:
    return String().with_variant(String(collation="C"), "postgresql")


def _column(name: str, *, key: bool = False) -> Column[Any]:
    return Column(name, _text(), primary_key=key)


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean(), nullable=False)


def _of_account(*, key: bool = False) -> Column[Any]:
    parent = ForeignKey("account.name", ondelete="CASCADE")
    return Column("account", _text(), parent, primary_key=key, nullable=False)


def _numbered(name: str) -> Column[Any]:
    return Column(name, Integer(), primary_key=True, autoincrement=True)


ACCOUNT = Table(
    "account",
    ACCOUNT_METADATA,
    _column("name", key=True),
    *map(_column, ("password", "external", "created_at")),
    *map(_flag, ("admin", "disabled")),
    Index("account_by_external", "external", unique=True),
)
"""`external` is issuer and subject of an OpenID Connect provider."""

GRANT = Table("account_grant", ACCOUNT_METADATA, _of_account(key=True), _column("folder", key=True), _column("role"))
"""What an account may do in a folder and those below it; the folder "" is the whole collection."""

SESSION = Table(
    "session",
    ACCOUNT_METADATA,
    _column("key", key=True),
    _of_account(),
    *map(_column, ("csrf", "created_at", "seen_at", "expires_at", "address")),
)

TOKEN = Table(
    "token",
    ACCOUNT_METADATA,
    _column("id", key=True),
    _of_account(),
    *map(_column, ("key", "label", "scopes", "created_at", "expires_at", "used_at")),
    Index("token_by_account", "account"),
)

FAILURE = Table("sign_in_failure", ACCOUNT_METADATA, _numbered("number"), *map(_column, ("name", "address", "at")))
"""Failed attempts to sign in, kept for as long as they count."""

SAVED_SEARCH = Table(
    "saved_search",
    ACCOUNT_METADATA,
    _numbered("number"),
    _of_account(),
    *map(_column, ("name", "query", "created_at", "seen_at")),
    Column("seen", LargeBinary()),
)
"""`query` is JSON of what was asked; `seen` are the hits its owner has been shown."""

VERDICT = Table(
    "verdict",
    ACCOUNT_METADATA,
    *(_column(name, key=True) for name in ("contract", "fact")),
    *map(_column, ("verdict", "who", "at")),
)
"""What people said of facts as a whole: right, or none; `fact` names it by its words, which outlive its id."""

AUDIT = Table(
    "audit",
    ACCOUNT_METADATA,
    Column("number", Integer(), primary_key=True, autoincrement=False),
    *map(_column, ("at", "who", "via", "action", "object", "detail", "address", "before", "hash")),
    Index("audit_by_object", "object"),
)
"""Who did what: only ever added to, each entry carrying the hash of the one before."""
