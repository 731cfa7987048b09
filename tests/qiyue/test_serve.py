"""`qiyue serve`, `account` and `token` on the command line."""

import datetime
import io
import json
import re
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from corpus.audit import Audit
from qiyue.__main__ import main
from qiyue.cli.serve import _listen
from qiyue.service.base import Service
from qiyue.settings import read_settings

PASSWORD = "四个词 的 长 口令"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QIYUE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def add(monkeypatch: pytest.MonkeyPatch, name: str, *more: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    return main(["account", "add", name, "--password-stdin", *more])


def test_accounts_are_made_listed_changed_and_closed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert add(monkeypatch, "王芳", "--admin") == 0
    assert add(monkeypatch, "李明", "--editor", "采购/", "--reader", ".") == 0
    capsys.readouterr()
    _, out, _ = run(capsys, "account", "list", "--json")
    accounts = {a["name"]: a for a in json.loads(out)["accounts"]}
    assert accounts["王芳"]["role"] == "admin"
    assert accounts["李明"]["grants"] == {"": "reader", "采购": "editor"}
    assert run(capsys, "account", "grant", "李明", "--reader", "行政")[0] == 0
    assert run(capsys, "account", "disable", "李明")[0] == 0
    _, out, _ = run(capsys, "account", "list", "--json")
    assert {a["name"]: (a["role"], a["grants"]) for a in json.loads(out)["accounts"]}["李明"] == (
        "disabled",
        {"行政": "reader"},
    )
    assert run(capsys, "account", "enable", "李明")[0] == 0
    code, _, said = run(capsys, "account", "disable", "王芳")
    assert (code, said.split(":")[0]) == (2, "last_admin")


def test_a_token_is_shown_once(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    add(monkeypatch, "王芳", "--admin")
    capsys.readouterr()
    code, out, _ = run(capsys, "token", "create", "王芳", "--label", "归档", "--scope", "read")
    assert code == 0
    assert re.fullmatch(r"qy_[0-9a-f]{12}_[\w-]{43}\n", out)
    assert out.strip().encode() not in (data / "qiyue.sqlite").read_bytes()
    identity = out.split("_")[1]
    _, listed, _ = run(capsys, "token", "list", "--json")
    assert [t["id"] for t in json.loads(listed)["tokens"]] == [identity]
    assert run(capsys, "token", "revoke", identity)[0] == 0
    assert run(capsys, "token", "revoke", identity)[0] == 2


def test_an_address_others_can_reach_needs_accounts_and_tls(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, said = run(capsys, "serve", "--host", "0.0.0.0", "--port", "0")
    assert code == 2
    assert "qiyue account add" in said
    add(monkeypatch, "王芳", "--admin")
    capsys.readouterr()
    code, _, said = run(capsys, "serve", "--host", "0.0.0.0", "--port", "0")
    assert (code, said.split(":")[0]) == (2, "setting_invalid")
    assert "QIYUE_PUBLIC_URL" in said


def test_it_serves_and_its_link_signs_in_and_the_log_is_written_to_the_end(data: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "qiyue", "serve", "--port", "0", "--json"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        with httpx.Client(base_url=told["address"], timeout=60) as browser:
            assert browser.get(told["link"]).status_code == 303
            assert browser.get("/v1/me").json()["admin"] is True
            assert browser.get("/v1/clauses?q=违约金").json()["total"] == 0
    finally:
        server.terminate()
    assert server.wait(120) == 0
    with Service(read_settings({"QIYUE_DATA": str(data)})) as service:
        assert [entry.action for entry in Audit(service.store.database).newest(9)] == ["search", "sign in"]


def test_answers_are_sent_at_once() -> None:
    """asyncio switches Nagle's delay off only for sockets whose protocol is named: it cost each answer 40 ms."""
    with _listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody but us has signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    kind, bare = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    certificate, private = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(pem))
    private.write_bytes(key.private_bytes(pem, kind, bare))
    return certificate, private


@pytest.mark.slow
def test_files_are_sent_over_tls_with_an_own_certificate(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """At an address others can reach: sign-in gives a cookie that only goes over TLS, and an upload is stored."""
    add(monkeypatch, "王芳", "--admin")
    capsys.readouterr()
    token = run(capsys, "token", "create", "王芳", "--scope", "read", "--scope", "write")[1].strip()
    certificate, key = own_certificate(tmp_path)
    command = [sys.executable, "-m", "qiyue", "serve", "--host", "0.0.0.0", "--port", "0", "--json"]
    command += ["--tls-cert", str(certificate), "--tls-key", str(key)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = json.loads(server.stdout.readline())["address"].rpartition(":")[2]
        trusting = ssl.create_default_context(cafile=str(certificate))
        with httpx.Client(base_url=f"https://localhost:{port}", verify=trusting, timeout=120) as http:
            signed = http.post("/sign-in", data={"name": "王芳", "password": PASSWORD}, headers={"Accept": "text/html"})
            assert signed.headers["set-cookie"].startswith("__Host-qiyue=")
            assert "; Secure" in signed.headers["set-cookie"]
            assert signed.headers["strict-transport-security"]
            http.cookies.clear()
            http.headers["Authorization"] = f"Bearer {token}"
            words = "采购合同\n第一条 违约责任\n乙方逾期交货的，应当支付违约金。\n".encode()
            sent = http.post("/v1/imports", files=[("file", ("甲.txt", words + b"\n" * 2_000_000))])
            assert sent.status_code == 202
            with http.stream("GET", sent.json()["events"]) as events:
                assert any(line == "event: done" for line in events.iter_lines())
            assert http.get(sent.json()["url"]).json()["counts"]["stored"] == 1
            assert http.get("/v1/clauses", params={"q": "违约金"}).json()["total"] >= 1
    finally:
        server.terminate()
    assert server.wait(120) == 0
