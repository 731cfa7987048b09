"""Accounts and what each may do in which folder.

    accounts = open_accounts(store.database)
    accounts.add(Account("wang", grants={"采购": "editor"}), password=None)

A grant holds for a folder and those below it; the folder "" is the whole collection, contracts without a folder
included.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from corpus.account_tables import ACCOUNT, ACCOUNT_METADATA, ACCOUNTS_VERSION, GRANT, SESSION
from corpus.audit import guard
from corpus.database import Database
from corpus.outbox import now
from corpus.tables import META
from schema.errors import StoreError, UsageError

Role = Literal["reader", "editor"]
_VERSION_KEY = "accounts_version"


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in.

    Attributes:
        name: unique.
        admin: may do everything, and manage accounts.
        disabled: may not sign in, keeps their name in the audit log.
        external: issuer and subject of an OpenID Connect provider, if the account signs in there.
        has_password: whether it can sign in with a password.
        grants: role by folder.
        created_at: ISO, UTC.
    """

    name: str
    admin: bool = False
    disabled: bool = False
    external: str | None = None
    has_password: bool = False
    grants: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    created_at: str = ""


class Accounts:
    """The accounts of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: Account, *, password: str | None) -> None:
        """Make an account.

        Args:
            account: its name and rights.
            password: argon2 hash; None when it never signs in with one.

        Raises:
            UsageError: `account_exists`.
        """
        row = {"name": account.name, "password": password, "external": account.external, "created_at": now()}
        try:
            with self._database.writing() as connection:
                connection.execute(
                    insert(ACCOUNT).values(**row, admin=account.admin, disabled=account.disabled),
                )
                _write_grants(connection, account.name, account.grants)
        except IntegrityError as error:
            raise UsageError("account_exists", f"there is an account {account.name} already") from error

    def get(self, name: str) -> Account:
        """One account.

        Raises:
            StoreError: `account_unknown`.
        """
        found = self.find(name)
        if found is None:
            raise StoreError("account_unknown", f"there is no account {name}")
        return found

    def find(self, name: str) -> Account | None:
        """One account, or None."""
        with self._database.reading() as connection:
            return account_in(connection, name)

    def find_external(self, external: str) -> Account | None:
        """The account of an OpenID Connect identity, or None."""
        with self._database.reading() as connection:
            name = connection.execute(select(ACCOUNT.c.name).where(ACCOUNT.c.external == external)).scalar()
            return account_in(connection, name) if name is not None else None

    def all(self) -> list[Account]:
        """All accounts by name."""
        with self._database.reading() as connection:
            names = connection.execute(select(ACCOUNT.c.name).order_by(ACCOUNT.c.name)).scalars().all()
            return [found for name in names if (found := account_in(connection, name))]

    def count(self) -> int:
        """How many accounts can sign in."""
        with self._database.reading() as connection:
            query = select(func.count()).select_from(ACCOUNT).where(ACCOUNT.c.disabled.is_(False))
            return connection.execute(query).scalar_one()

    def password_of(self, name: str) -> str | None:
        """The argon2 hash of an account that may sign in; None when there is none."""
        query = select(ACCOUNT.c.password).where(ACCOUNT.c.name == name, ACCOUNT.c.disabled.is_(False))
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def change(
        self,
        name: str,
        *,
        admin: bool | None = None,
        disabled: bool | None = None,
        grants: Mapping[str, Role] | None = None,
        password: str | None = None,
        external: str | None = None,
    ) -> None:
        """Change what is given, leave the rest; whoever is disabled or gets a new password is signed out.

        Raises:
            StoreError: `account_unknown`.
            UsageError: `last_admin` when nobody could manage accounts any more.
        """
        given = {"admin": admin, "disabled": disabled, "password": password, "external": external}
        values: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
        with self._database.writing() as connection, _keeping_an_admin(connection):
            if account_in(connection, name) is None:
                raise StoreError("account_unknown", f"there is no account {name}")
            if values:
                connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == name).values(**values))
            if grants is not None:
                _write_grants(connection, name, grants)
            if disabled or password is not None:
                connection.execute(delete(SESSION).where(SESSION.c.account == name))

    def remove(self, name: str) -> None:
        """Remove an account with its sessions, tokens and saved searches.

        Raises:
            StoreError: `account_unknown`.
            UsageError: `last_admin`.
        """
        with self._database.writing() as connection, _keeping_an_admin(connection):
            gone = connection.execute(delete(ACCOUNT).where(ACCOUNT.c.name == name))
            if not gone.rowcount:
                raise StoreError("account_unknown", f"there is no account {name}")


def account_in(connection: Connection, name: str) -> Account | None:
    """An account within a transaction."""
    row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.name == name)).first()
    if row is None:
        return None
    query = select(GRANT.c.folder, GRANT.c.role).where(GRANT.c.account == name).order_by(GRANT.c.folder)
    grants: dict[str, Role] = {row.folder: row.role for row in connection.execute(query)}
    return Account(
        name=row.name,
        admin=row.admin,
        disabled=row.disabled,
        external=row.external,
        has_password=row.password is not None,
        grants=MappingProxyType(grants),
        created_at=row.created_at,
    )


def prepare_accounts(database: Database) -> None:
    """Make the tables of accounts, or bring them up to date.

    Raises:
        StoreError: `store_version` when they were written by a newer program.
    """
    query = select(META.c.value).where(META.c.key == _VERSION_KEY)
    with database.reading() as connection:
        found = connection.execute(query).scalar()
    if found is not None and int(found) > ACCOUNTS_VERSION:
        raise StoreError("store_version", f"the accounts have version {found}, this program knows {ACCOUNTS_VERSION}")
    if found is not None:
        return
    with database.writing() as connection:
        if connection.execute(query).scalar() is None:  # another program may have been quicker
            ACCOUNT_METADATA.create_all(connection)
            for statement in guard(database.dialect):
                connection.execute(text(statement))
            connection.execute(insert(META).values(key=_VERSION_KEY, value=str(ACCOUNTS_VERSION)))


def _write_grants(connection: Connection, name: str, grants: Mapping[str, Role]) -> None:
    connection.execute(delete(GRANT).where(GRANT.c.account == name))
    rows = [{"account": name, "folder": folder.strip("/"), "role": role} for folder, role in sorted(grants.items())]
    if rows:
        connection.execute(insert(GRANT), rows)


@contextmanager
def _keeping_an_admin(connection: Connection) -> Iterator[None]:
    """Refuse a change that takes the last administrator away, be it the only account there is."""
    living = select(func.count()).select_from(ACCOUNT).where(ACCOUNT.c.disabled.is_(False), ACCOUNT.c.admin)
    before = connection.execute(living).scalar_one()
    yield
    if before and not connection.execute(living).scalar_one():
        raise UsageError("last_admin", "nobody could manage the accounts any more")
