"""Sign-in at an OpenID Connect provider: an invented one on the loopback, with real signatures."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from qiyue.http.app import build_app
from qiyue.http.site import Site, open_site
from qiyue.settings import read_settings


class Provider:
    """Vouches for whoever asks; what its tokens say can be changed."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signs_with: RSAKey = self.key
        self.claims: dict[str, Any] = {}
        self.nonce = ""
        self.asked: list[dict[str, list[str]]] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                base = provider.address
                known = {
                    "/.well-known/openid-configuration": {
                        "issuer": base,
                        "authorization_endpoint": f"{base}/authorize",
                        "token_endpoint": f"{base}/token",
                        "jwks_uri": f"{base}/keys",
                        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                    },
                    "/keys": KeySet([provider.key]).as_dict(private=False),
                }
                self.answer(known[self.path])

            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.asked.append(parse_qs(form))
                self.answer({"access_token": "x", "token_type": "Bearer", "id_token": provider.token()})

            def answer(self, what: object) -> None:
                body = json.dumps(what).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self) -> str:
        now = int(time.time())
        said = {"iss": self.address, "aud": "qiyue", "sub": "wang", "iat": now, "exp": now + 60, "nonce": self.nonce}
        return jwt.encode({"alg": "RS256", "kid": "one"}, said | self.claims, self.signs_with)


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def site(tmp_path: Path, provider: Provider) -> Iterator[Site]:
    given = {"ISSUER": provider.address, "CLIENT_ID": "qiyue", "CLIENT_SECRET": "geheim"}
    settings = {f"QIYUE_OPENID_{name}": value for name, value in given.items()}
    with open_site(read_settings({"QIYUE_DATA": str(tmp_path), **settings})) as opened:
        opened.door.add_account("王芳", password=None, grants={"采购": "reader"}, external=f"{provider.address} wang")
        yield opened


@pytest.fixture
def browser(site: Site) -> TestClient:
    return TestClient(build_app(site), follow_redirects=False)


def sent_away(browser: TestClient, provider: Provider, to: str = "/grid") -> dict[str, str]:
    """What the browser brings to the provider."""
    answer = browser.get("/sign-in/openid", params={"next": to})
    assert answer.status_code == 303
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    provider.nonce = asked["nonce"]
    return asked


def test_whoever_the_provider_vouches_for_comes_in(browser: TestClient, provider: Provider) -> None:
    asked = sent_away(browser, provider)
    assert (asked["client_id"], asked["scope"], asked["code_challenge_method"]) == ("qiyue", "openid", "S256")
    back = browser.get("/sign-in/openid/back", params={"state": asked["state"], "code": "abc"})
    assert (back.status_code, back.headers["location"]) == (303, "/grid")
    assert browser.get("/v1/me").json()["name"] == "王芳"
    assert provider.asked[0]["code"] == ["abc"]
    assert provider.asked[0]["code_verifier"]
    again = browser.get("/sign-in/openid/back", params={"state": asked["state"], "code": "abc"})
    assert again.json()["code"] == "link_used"


@pytest.mark.parametrize(
    "claims", [{"nonce": "other"}, {"aud": "other"}, {"iss": "https://other"}, {"exp": 1}, {"sub": None}]
)
def test_a_token_that_says_anything_else_opens_nothing(
    browser: TestClient, provider: Provider, claims: dict[str, Any]
) -> None:
    asked = sent_away(browser, provider)
    provider.claims = claims
    back = browser.get("/sign-in/openid/back", params={"state": asked["state"], "code": "abc"})
    assert (back.status_code, back.json()["code"]) == (401, "sign_in_failed")
    assert browser.get("/v1/me").status_code == 401


def test_a_token_signed_by_another_opens_nothing(browser: TestClient, provider: Provider) -> None:
    asked = sent_away(browser, provider)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    back = browser.get("/sign-in/openid/back", params={"state": asked["state"], "code": "abc"})
    assert back.json()["code"] == "sign_in_failed"


def test_only_the_browser_that_was_sent_comes_back(site: Site, browser: TestClient, provider: Provider) -> None:
    asked = sent_away(browser, provider)
    other = TestClient(build_app(site), follow_redirects=False)
    assert (
        other.get("/sign-in/openid/back", params={"state": asked["state"], "code": "abc"}).json()["code"] == "link_used"
    )


def test_an_identity_without_an_account_is_refused_and_noted(
    site: Site, browser: TestClient, provider: Provider
) -> None:
    asked = sent_away(browser, provider, to="https://evil.example")
    provider.claims = {"sub": "stranger"}
    back = browser.get("/sign-in/openid/back", params={"state": asked["state"], "code": "abc"})
    assert (back.status_code, back.json()["code"]) == (403, "not_allowed")
    site.door.trail.note("-", "flush", wait=True)
    assert f"{provider.address} stranger" in [entry.object for entry in site.door.audit.newest(5)]


def test_without_a_provider_there_is_no_such_door(tmp_path: Path) -> None:
    with open_site(read_settings({"QIYUE_DATA": str(tmp_path / "other")})) as site:
        answer = TestClient(build_app(site)).get("/sign-in/openid")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
