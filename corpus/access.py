"""How an account proves who it is: sessions of browsers, tokens of programs, and failed attempts that count."""

import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from corpus.account_tables import FAILURE, SESSION, TOKEN
from corpus.accounts import Account, account_in
from corpus.database import Database
from schema.errors import StoreError


@dataclass(frozen=True)
class Session:
    """A browser that is signed in.

    Attributes:
        key: sha256 of what its cookie says.
        account: who.
        csrf: secret its forms carry.
        created_at, seen_at, expires_at: ISO, UTC.
        address: it came from.
    """

    key: str
    account: str
    csrf: str
    created_at: str
    seen_at: str
    expires_at: str
    address: str | None = None


@dataclass(frozen=True)
class Token:
    """A key of a program.

    Attributes:
        id: public part.
        account: whose rights it has.
        key: sha256 of the whole token.
        label: what it is for.
        scopes: what it may be used for.
        created_at, expires_at: ISO, UTC.
        used_at: last use, to the hour; None when never used.
    """

    id: str
    account: str
    key: str
    label: str
    scopes: tuple[str, ...]
    created_at: str
    expires_at: str
    used_at: str | None = None


@dataclass(frozen=True)
class Failures:
    """Failed attempts to sign in: for a name from an address, for the name, from the address; when they began."""

    together: int
    by_name: int
    by_address: int
    oldest: str | None


class Access:
    """Sessions, tokens and failures of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_session(self, session: Session, *, now: str) -> None:
        """Remember a session; expired ones are cleared away."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.expires_at < now))
            connection.execute(insert(SESSION).values(**vars(session)))

    def session(self, key: str) -> tuple[Session, Account] | None:
        """A session and its account, which may be disabled or the session expired: the caller decides."""
        with self._database.reading() as connection:
            row = connection.execute(select(SESSION).where(SESSION.c.key == key)).first()
            account = account_in(connection, row.account) if row else None
        return (Session(**row._mapping), account) if row and account else None

    def touch_session(self, key: str, *, seen_at: str, expires_at: str) -> None:
        """Note that a session is in use."""
        with self._database.writing() as connection:
            values = {"seen_at": seen_at, "expires_at": expires_at}
            connection.execute(update(SESSION).where(SESSION.c.key == key).values(**values))

    def close_session(self, key: str) -> None:
        """Forget a session; no error when there is none."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.key == key))

    def add_token(self, token: Token) -> None:
        """Remember a token."""
        with self._database.writing() as connection:
            connection.execute(insert(TOKEN).values(**vars(token) | {"scopes": json.dumps(token.scopes)}))

    def token(self, identity: str) -> tuple[Token, Account] | None:
        """A token and its account; the caller compares the key and the time."""
        with self._database.reading() as connection:
            token = _token_in(connection, identity)
            account = account_in(connection, token.account) if token else None
        return (token, account) if token and account else None

    def tokens(self, account: str | None = None) -> list[Token]:
        """Tokens of one account or of all, the newest first."""
        query = select(TOKEN.c.id).order_by(TOKEN.c.created_at.desc(), TOKEN.c.id)
        query = query.where(TOKEN.c.account == account) if account else query
        with self._database.reading() as connection:
            names = connection.execute(query).scalars().all()
            return [found for name in names if (found := _token_in(connection, name))]

    def touch_token(self, identity: str, used_at: str) -> None:
        """Note that a token is in use."""
        with self._database.writing() as connection:
            connection.execute(update(TOKEN).where(TOKEN.c.id == identity).values(used_at=used_at))

    def remove_token(self, identity: str, *, account: str | None = None) -> None:
        """Withdraw a token.

        Args:
            identity: its id.
            account: whose it must be; None for anybody's.

        Raises:
            StoreError: `token_unknown`.
        """
        query = delete(TOKEN).where(TOKEN.c.id == identity)
        query = query.where(TOKEN.c.account == account) if account else query
        with self._database.writing() as connection:
            if not connection.execute(query).rowcount:
                raise StoreError("token_unknown", f"there is no token {identity}")

    def note_failure(self, name: str, address: str, *, at: str, forget_before: str) -> None:
        """Count a failed attempt; old ones are forgotten."""
        with self._database.writing() as connection:
            connection.execute(delete(FAILURE).where(FAILURE.c.at < forget_before))
            connection.execute(insert(FAILURE).values(name=name, address=address, at=at))

    def failures(self, name: str, address: str, *, since: str) -> "Failures":
        """Failed attempts that still count.

        Args:
            name: typed.
            address: of the asker.
            since: when they begin to count.
        """
        by_name, by_address = FAILURE.c.name == name, FAILURE.c.address == address
        with self._database.reading() as connection:

            def number(where: ColumnElement[bool]) -> int:
                query = select(func.count()).select_from(FAILURE).where(FAILURE.c.at >= since, where)
                return connection.execute(query).scalar_one()

            oldest = select(func.min(FAILURE.c.at)).where(FAILURE.c.at >= since, or_(by_name, by_address))
            counts = (number(by_name & by_address), number(by_name), number(by_address))
            return Failures(*counts, connection.execute(oldest).scalar())

    def forgive(self, name: str) -> None:
        """Forget the failures of a name: it has signed in."""
        with self._database.writing() as connection:
            connection.execute(delete(FAILURE).where(FAILURE.c.name == name))


def _token_in(connection: Connection, identity: str) -> Token | None:
    row = connection.execute(select(TOKEN).where(TOKEN.c.id == identity)).first()
    if row is None:
        return None
    return Token(**{**row._mapping, "scopes": tuple(json.loads(row.scopes))})
