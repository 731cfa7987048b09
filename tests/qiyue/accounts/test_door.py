"""Sign-in: passwords, the link, cookies, tokens, throttling."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import open_store
from qiyue.accounts import door as door_module
from qiyue.accounts.door import MOST_FROM_AN_ADDRESS, MOST_TOGETHER, Door, TooManyAttemptsError
from qiyue.accounts.keys import masked, unmasked
from schema.errors import QiyueError, UsageError

PASSWORD = "四个词 的 长 口令"


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    store = open_store(f"sqlite:///{tmp_path}/q.sqlite", str(tmp_path / "originals"))
    opened = Door(store.database)
    opened.add_account("王芳", password=PASSWORD, grants={"采购": "editor"})
    yield opened
    opened.close()
    store.close()


def actions(door: Door) -> list[str]:
    door.trail.note("-", "flush", wait=True)
    return [entry.action for entry in reversed(door.audit.newest(100)) if entry.action != "flush"]


def test_the_right_password_opens_a_session(door: Door) -> None:
    signed_in = door.sign_in("王芳", PASSWORD, address="10.0.0.1")
    person = door.by_cookie(signed_in.key)
    assert person is not None
    assert (person.name, dict(person.grants), person.csrf) == ("王芳", {"采购": "editor"}, signed_in.person.csrf)
    door.sign_out(person, address="10.0.0.1")
    assert door.by_cookie(signed_in.key) is None
    assert actions(door) == ["sign in", "sign out"]


@pytest.mark.parametrize(("name", "password"), [("王芳", "wrong"), ("nobody", PASSWORD), ("a\x00b", "x"), ("", "")])
def test_anything_else_does_not_and_says_no_more(door: Door, name: str, password: str) -> None:
    with pytest.raises(UsageError) as error:
        door.sign_in(name, password, address="10.0.0.1")
    assert (error.value.code, error.value.message) == ("sign_in_failed", "name or password is wrong")
    assert actions(door) == ["sign-in failed"]


def test_an_unknown_name_costs_a_hash_as_well(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []

    def look(_password: str, stored: str | None) -> bool:
        seen.append(stored)
        return False

    monkeypatch.setattr(door_module, "is_password", look)
    with pytest.raises(UsageError):
        door.sign_in("nobody", "x", address="1")
    assert seen == [None]


def test_too_many_attempts_are_refused_even_with_the_right_password(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door_module, "is_password", lambda password, stored: password == PASSWORD)
    for _ in range(MOST_TOGETHER):
        with pytest.raises(UsageError, match="sign_in_failed"):
            door.sign_in("王芳", "wrong", address="10.0.0.1")
    with pytest.raises(TooManyAttemptsError) as error:
        door.sign_in("王芳", PASSWORD, address="10.0.0.1")
    assert 0 < error.value.seconds <= 15 * 60
    door.sign_in("王芳", PASSWORD, address="10.0.0.2")  # from her own machine she still comes in


def test_an_address_that_tries_many_names_is_refused(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_module, "is_password", lambda password, stored: False)
    for n in range(MOST_FROM_AN_ADDRESS):
        with pytest.raises(UsageError, match="sign_in_failed"):
            door.sign_in(f"user{n}", "x", address="10.0.0.9")
    with pytest.raises(TooManyAttemptsError):
        door.sign_in("王芳", PASSWORD, address="10.0.0.9")


def test_the_link_works_once_and_only_the_newest(door: Door) -> None:
    old, new = door.new_link(), door.new_link()
    with pytest.raises(UsageError, match="link_used"):
        door.use_link(old, owner="owner", address="127.0.0.1")
    person = door.use_link(new, owner="owner", address="127.0.0.1").person
    assert (person.name, person.admin) == ("owner", True)
    with pytest.raises(UsageError, match="link_used"):
        door.use_link(new, owner="owner", address="127.0.0.1")


def test_a_session_ends(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in = door.sign_in("王芳", PASSWORD, address="1")
    monkeypatch.setattr(door_module, "seconds_until", lambda moment: -1.0)
    assert door.by_cookie(signed_in.key) is None
    assert door.by_cookie("nonsense") is None


def test_a_token_has_the_rights_of_its_owner_within_its_scopes(door: Door) -> None:
    person = door.sign_in("王芳", PASSWORD, address="1").person
    token, kept = door.make_token(person, label="系统", scopes=["read"], days=30)
    assert token not in str(kept)
    found = door.by_token(token)
    assert found is not None
    assert (found.name, found.scopes, found.csrf, found.via) == ("王芳", frozenset({"read"}), None, "token")
    assert found.may_read("采购/1")
    assert not found.may_edit("采购/1")
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "qy_000000000000_" + "x" * 43, "", "Bearer"):
        assert door.by_token(wrong) is None
    door.access.remove_token(kept.id)
    assert door.by_token(token) is None


@pytest.mark.parametrize(
    ("scopes", "days", "code"),
    [
        ([], 1, "value_unreadable"),
        (["read"], 0, "value_unreadable"),
        (["read"], 1000, "value_unreadable"),
        (["fly"], 1, "value_unreadable"),
        (["admin"], 1, "not_allowed"),
    ],
)
def test_tokens_that_are_refused(door: Door, scopes: list[str], days: int, code: str) -> None:
    person = door.sign_in("王芳", PASSWORD, address="1").person
    with pytest.raises(QiyueError) as error:
        door.make_token(person, label="x", scopes=scopes, days=days)
    assert error.value.code == code


def test_a_token_makes_no_token_stronger_than_itself(door: Door) -> None:
    person = door.sign_in("王芳", PASSWORD, address="1").person
    weak = door.by_token(door.make_token(person, label="x", scopes=["read"], days=1)[0])
    assert weak is not None
    with pytest.raises(UsageError, match="not_allowed"):
        door.make_token(weak, label="x", scopes=["write"], days=1)


def test_disabled_accounts_are_nobody(door: Door) -> None:
    door.add_account("boss", password=None, admin=True)
    signed_in = door.sign_in("王芳", PASSWORD, address="1")
    token, _ = door.make_token(signed_in.person, label="x", scopes=["read"], days=1)
    door.accounts.change("王芳", disabled=True)
    assert (door.by_cookie(signed_in.key), door.by_token(token)) == (None, None)
    with pytest.raises(UsageError, match="sign_in_failed"):
        door.sign_in("王芳", PASSWORD, address="1")


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "wang-fang-1", "x" * 300])
def test_weak_passwords_are_refused(door: Door, password: str) -> None:
    with pytest.raises(UsageError, match="password_weak"):
        door.add_account("Wang-Fang-1", password=password)


@pytest.mark.parametrize("name", ["", "a b", "a/b", "x" * 65, "-", "a\n"])
def test_names_that_are_none(door: Door, name: str) -> None:
    with pytest.raises(UsageError, match="value_unreadable"):
        door.add_account(name, password=None)


def test_a_masked_key_is_different_each_time() -> None:
    assert masked("secret") != masked("secret")
    assert unmasked(masked("secret")) == "secret"
    assert unmasked("zz") == ""
    assert unmasked("abc") == ""
