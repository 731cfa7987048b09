"""`qiyue serve`, `account` and `token` on the command line."""

import io
import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

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
    assert server.wait(30) == 0
    with Service(read_settings({"QIYUE_DATA": str(data)})) as service:
        assert [entry.action for entry in Audit(service.store.database).newest(9)] == ["search", "sign in"]


def test_answers_are_sent_at_once() -> None:
    """asyncio switches Nagle's delay off only for sockets whose protocol is named: it cost each answer 40 ms."""
    with _listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
