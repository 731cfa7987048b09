"""Accounts, tokens and the log over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qiyue.http.app import build_app
from qiyue.http.site import Site, open_site
from qiyue.settings import read_settings

PASSWORD = "四个词 的 长 口令"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(read_settings({"QIYUE_DATA": str(tmp_path)})) as opened:
        yield opened


@pytest.fixture
def boss(site: Site) -> TestClient:
    made = TestClient(build_app(site), follow_redirects=False)
    made.get(f"/sign-in/link?key={site.door.new_link()}")
    made.headers["X-CSRF-Token"] = made.get("/v1/me").json()["csrf"]
    return made


def signed_in(site: Site, name: str) -> TestClient:
    made = TestClient(build_app(site), follow_redirects=False)
    assert made.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
    made.headers["X-CSRF-Token"] = made.get("/v1/me").json()["csrf"]
    return made


def test_an_administrator_makes_and_changes_accounts(site: Site, boss: TestClient) -> None:
    wanted = {"name": "王芳", "password": PASSWORD, "grants": {"采购": "editor", "": "reader"}}
    made = boss.post("/v1/accounts", json=wanted)
    assert (made.status_code, made.json()["grants"]) == (201, {"": "reader", "采购": "editor"})
    assert "password" not in {key for key in made.json() if key != "has_password"}
    assert boss.post("/v1/accounts", json=wanted).json()["code"] == "account_exists"
    wang = signed_in(site, "王芳")
    assert wang.get("/v1/accounts").json()["code"] == "not_allowed"
    assert boss.patch("/v1/accounts/王芳", json={"grants": {"行政": "reader"}}).json()["grants"] == {"行政": "reader"}
    assert wang.get("/v1/me").json()["grants"] == {"行政": "reader"}  # rights of today, not of when they signed in
    assert boss.patch("/v1/accounts/王芳", json={"disabled": True}).status_code == 200
    assert wang.get("/v1/me").status_code == 401
    assert boss.patch("/v1/accounts/nobody", json={"admin": True}).json()["code"] == "account_unknown"
    assert boss.post("/v1/accounts", json=wanted | {"name": "x", "password": "short"}).json()["code"] == "password_weak"


def test_people_make_and_withdraw_their_own_tokens(site: Site, boss: TestClient) -> None:
    boss.post("/v1/accounts", json={"name": "王芳", "password": PASSWORD, "grants": {"采购": "editor"}})
    wang = signed_in(site, "王芳")
    made = wang.post("/v1/tokens", json={"label": "归档", "scopes": ["read"], "days": 30}).json()
    program = TestClient(build_app(site), headers={"Authorization": f"Bearer {made['token']}"})
    assert program.get("/v1/me").json()["scopes"] == ["read"]
    assert wang.post("/v1/tokens", json={"scopes": ["admin"]}).json()["code"] == "not_allowed"
    assert program.post("/v1/tokens", json={"scopes": ["write"]}).json()["code"] == "not_allowed"
    assert [t["id"] for t in wang.get("/v1/tokens").json()["tokens"]] == [made["kept"]["id"]]
    assert wang.get("/v1/tokens?everybody=true").json()["code"] == "not_allowed"
    assert made["token"] not in boss.get("/v1/tokens?everybody=true").text
    assert boss.get("/v1/tokens").json()["tokens"] == []
    assert wang.delete(f"/v1/tokens/{made['kept']['id']}").status_code == 204
    assert program.get("/v1/me").status_code == 401


def test_the_log_is_for_administrators(site: Site, boss: TestClient) -> None:
    boss.post("/v1/accounts", json={"name": "王芳", "password": PASSWORD})
    entries = boss.get("/v1/audit?who=" + boss.get("/v1/me").json()["name"]).json()["entries"]
    assert [entry["action"] for entry in entries] == ["add account", "sign in"]
    assert boss.get(f"/v1/audit?before={entries[0]['number']}&limit=1").json()["entries"][0]["action"] == "sign in"
    assert signed_in(site, "王芳").get("/v1/audit").json()["code"] == "not_allowed"
