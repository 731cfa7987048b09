"""Getting in: links, passwords, cookies, tokens; what a foreign page cannot do; what every answer carries."""

import pytest

from qiyue.http.site import Site
from tests.qiyue.http.conftest import Client

PASSWORD = "四个词 的 长 口令"


def test_nobody_sees_anything_but_whether_it_lives(client: Client) -> None:
    nobody = client()
    assert nobody.get("/healthz").json() == {"ok": True}
    answer = nobody.get("/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_needed")
    assert answer.headers["content-type"] == "application/problem+json"
    assert nobody.get("/readyz").json() == {"ok": True, "checks": {"store": True, "index": True}}


def test_a_browser_is_led_to_the_sign_in(client: Client) -> None:
    answer = client().post("/sign-out", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2F")


def test_the_link_signs_in_once(client: Client, site: Site) -> None:
    browser, key = client(), site.door.new_link()
    answer = browser.get(f"/sign-in/link?key={key}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    me = browser.get("/v1/me").json()
    assert (me["name"], me["admin"], me["via"]) == ("owner", True, "session")
    assert client().get(f"/sign-in/link?key={key}").status_code == 401


def test_a_password_signs_in_and_out(client: Client, site: Site) -> None:
    site.door.add_account("王芳", password=PASSWORD, grants={"采购": "editor"})
    browser = client()
    form = {"name": "王芳", "password": PASSWORD, "next": "//evil.example"}
    answer = browser.post("/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    me = browser.get("/v1/me").json()
    assert (me["name"], me["grants"]) == ("王芳", {"采购": "editor"})
    refused = browser.post("/sign-out")
    assert (refused.status_code, refused.json()["code"]) == (403, "form_expired")
    assert browser.get("/v1/me").status_code == 200
    foreign = {"X-CSRF-Token": me["csrf"], "Sec-Fetch-Site": "cross-site"}
    assert browser.post("/sign-out", headers=foreign).status_code == 403
    assert browser.post("/sign-out", data={"csrf": me["csrf"]}).status_code == 303
    assert browser.get("/v1/me").status_code == 401


def test_a_wrong_password_is_refused_and_then_throttled(client: Client) -> None:
    browser = client()
    form = {"name": "nobody-here", "password": "wrong"}
    answers = [browser.post("/sign-in", data=form) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    page = browser.post("/sign-in", data=form | {"next": "/grid"}, headers={"Accept": "text/html"})
    assert page.headers["location"] == "/sign-in?error=too_many&next=%2Fgrid"


@pytest.mark.parametrize("token", ["", "nonsense", "qy_000000000000_" + "x" * 43, "\u00e9"])
def test_a_wrong_token_is_refused_even_beside_a_cookie(client: Client, site: Site, token: str) -> None:
    browser = client()
    browser.get(f"/sign-in/link?key={site.door.new_link()}")
    answer = browser.get("/v1/me", headers={"Authorization": f"Bearer {token}".encode()})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="qiyue"')


def test_every_answer_is_guarded(client: Client) -> None:
    for path in ("/healthz", "/v1/me", "/nowhere"):
        headers = client().get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_another_name_for_this_machine_is_an_attack(client: Client) -> None:
    answer = client("admin").get("/v1/me", headers={"Host": "rebound.example"})
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")
    assert client().get("/healthz", headers={"Host": "10.0.0.7:8400"}).status_code == 200


@pytest.mark.parametrize("path", ["/v1/me%00", "/v1/me?x=%00"])
def test_addresses_with_nul_are_refused(client: Client, path: str) -> None:
    assert client("admin").get(path).json()["code"] == "request_invalid"


def test_nothing_there_and_a_wrong_method_are_problems(client: Client) -> None:
    assert client("admin").get("/v1/nothing").json()["code"] == "not_found"
    wrong = client("admin").delete("/healthz")
    assert (wrong.status_code, wrong.json()["code"], wrong.headers["allow"]) == (405, "method_wrong", "GET")
