"""Accounts, sessions, tokens, saved searches and the audit log, on SQLite and PostgreSQL alike."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from corpus.access import Access, Session, Token
from corpus.accounts import Account, Accounts, prepare_accounts
from corpus.audit import Audit, Entry
from corpus.saved import MOST, SavedSearches
from corpus.store import Store
from schema.errors import QiyueError, StoreError

LATER, EARLIER = "2999-01-01T00:00:00.000000Z", "2000-01-01T00:00:00.000000Z"


@pytest.fixture
def accounts(store: Store) -> Accounts:
    prepare_accounts(store.database)
    prepare_accounts(store.database)  # a second program
    made = Accounts(store.database)
    made.add(Account("boss", admin=True), password="x")
    return made


def test_an_account_keeps_what_it_was_given(accounts: Accounts) -> None:
    accounts.add(Account("wang", grants={"采购/": "editor", "": "reader"}), password=None)
    found = accounts.get("wang")
    assert (found.name, found.admin, found.has_password) == ("wang", False, False)
    assert dict(found.grants) == {"采购": "editor", "": "reader"}
    assert [account.name for account in accounts.all()] == ["boss", "wang"]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda a: a.add(Account("boss"), password=None), "account_exists"),
        (lambda a: a.get("nobody"), "account_unknown"),
        (lambda a: a.remove("nobody"), "account_unknown"),
        (lambda a: a.change("nobody", admin=True), "account_unknown"),
    ],
)
def test_what_cannot_be_done_says_why(accounts: Accounts, act: Callable[[Accounts], None], code: str) -> None:
    with pytest.raises(QiyueError) as error:
        act(accounts)
    assert error.value.code == code


@pytest.mark.parametrize("others", [("wang",), ()])
def test_the_last_administrator_stays(accounts: Accounts, others: tuple[str, ...]) -> None:
    for name in others:
        accounts.add(Account(name), password=None)
    with pytest.raises(QiyueError, match="last_admin"):
        accounts.change("boss", admin=False)
    with pytest.raises(QiyueError, match="last_admin"):
        accounts.change("boss", disabled=True)
    with pytest.raises(QiyueError, match="last_admin"):
        accounts.remove("boss")
    assert accounts.get("boss").admin


def test_whoever_is_disabled_or_gets_a_new_password_is_signed_out(accounts: Accounts, store: Store) -> None:
    access = Access(store.database)
    accounts.add(Account("wang"), password="old")
    access.open_session(Session("k", "wang", "c", EARLIER, EARLIER, LATER), now=EARLIER)
    accounts.change("wang", disabled=True)
    assert access.session("k") is None
    access.open_session(Session("k", "wang", "c", EARLIER, EARLIER, LATER), now=EARLIER)
    accounts.change("wang", password="new", disabled=False)
    assert access.session("k") is None


def test_sessions_and_tokens_go_with_their_account(accounts: Accounts, store: Store) -> None:
    access = Access(store.database)
    accounts.add(Account("wang"), password=None)
    access.open_session(Session("k", "wang", "c", EARLIER, EARLIER, LATER), now=EARLIER)
    access.add_token(Token("t", "wang", "h", "label", ("read",), EARLIER, LATER))
    assert access.token("t") is not None
    accounts.remove("wang")
    assert (access.session("k"), access.token("t")) == (None, None)


def test_expired_sessions_are_cleared_away(accounts: Accounts, store: Store) -> None:
    access = Access(store.database)
    access.open_session(Session("old", "boss", "c", EARLIER, EARLIER, "2001-01-01"), now=EARLIER)
    access.open_session(Session("new", "boss", "c", EARLIER, EARLIER, LATER), now="2002-01-01")
    assert access.session("old") is None
    assert access.session("new") is not None


def test_a_token_is_withdrawn_only_by_its_owner(accounts: Accounts, store: Store) -> None:
    access = Access(store.database)
    access.add_token(Token("t", "boss", "h", "label", ("read", "write"), EARLIER, LATER))
    with pytest.raises(StoreError, match="token_unknown"):
        access.remove_token("t", account="wang")
    assert [token.scopes for token in access.tokens("boss")] == [("read", "write")]
    access.remove_token("t", account="boss")
    assert access.tokens() == []


def test_failures_are_counted_by_name_and_address_and_forgotten(accounts: Accounts, store: Store) -> None:
    access = Access(store.database)
    for name, address in (("a", "1"), ("a", "2"), ("b", "1")):
        access.note_failure(name, address, at="2025-01-01", forget_before=EARLIER)
    found = access.failures("a", "1", since="2024")
    assert (found.together, found.by_name, found.by_address) == (1, 2, 2)
    assert access.failures("a", "1", since="2026").together == 0
    access.forgive("a")
    assert access.failures("a", "1", since="2024").by_name == 0


def test_saved_searches_know_what_is_new(accounts: Accounts, store: Store) -> None:
    saved = SavedSearches(store.database)
    number = saved.add("boss", "违约金", {"text": "违约金"}, ["c1:main/1", "c1:main/2"]).number
    assert saved.new_among("boss", number, ["c1:main/2", "c2:main/1"]) == ["c2:main/1"]
    saved.mark_seen("boss", number, ["c2:main/1"])
    assert saved.new_among("boss", number, ["c1:main/1", "c2:main/1"]) == ["c1:main/1"]
    accounts.add(Account("wang"), password=None)
    assert saved.of("wang") == []
    for act in (saved.get, saved.remove):
        with pytest.raises(StoreError, match="search_unknown"):
            act("wang", number)
    assert saved.get("boss", number).query == {"text": "违约金"}


def test_saved_searches_are_not_endless(accounts: Accounts, store: Store) -> None:
    saved = SavedSearches(store.database)
    for _ in range(MOST):
        saved.add("boss", "x", {}, [])
    with pytest.raises(QiyueError, match="too_many"):
        saved.add("boss", "x", {}, [])


@pytest.fixture
def audit(accounts: Accounts, store: Store) -> Audit:
    log = Audit(store.database)
    log.add([Entry("boss", "session", "see contract", f"c{n}", {"page": n}) for n in range(3)])
    log.add([Entry("wang", "token", "export", None, {"what": "违约金"})])
    return log


def test_the_audit_log_is_a_chain(audit: Audit) -> None:
    assert [entry.number for entry in audit.newest(10)] == [4, 3, 2, 1]
    assert audit.newest(1)[0].detail == {"what": "违约金"}
    assert [entry.object for entry in audit.newest(10, who="boss", before=3)] == ["c1", "c0"]
    assert audit.broken_at() is None
    assert audit.head() == (4, audit.newest(1)[0].hash)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET who = 'x' WHERE number = 2", "DELETE FROM audit WHERE number = 2"]
)
def test_the_database_refuses_to_change_the_audit_log(audit: Audit, store: Store, statement: str) -> None:
    with pytest.raises((DBAPIError, StoreError)), store.database.writing() as connection:
        connection.execute(text(statement))
    assert audit.broken_at() is None


@pytest.mark.parametrize(
    "change", ["UPDATE audit SET detail = '{}' WHERE number = 2", "DELETE FROM audit WHERE number = 2"]
)
def test_a_changed_audit_log_is_seen(audit: Audit, store: Store, change: str) -> None:
    off = "DROP TRIGGER {}" if store.database.dialect == "sqlite" else "DROP TRIGGER {} ON audit"
    names = ("audit_no_update", "audit_no_delete") if store.database.dialect == "sqlite" else ("audit_kept",)
    with store.database.writing() as connection:
        for name in names:
            connection.execute(text(off.format(name)))
        connection.execute(text(change))
    assert audit.broken_at() == 2
