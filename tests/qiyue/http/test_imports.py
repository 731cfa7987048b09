"""Files in over HTTP: streamed, stored once, followed as they come, refused with a reason."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from corpus.accounts import Role
from qiyue.accounts.person import Person
from qiyue.executors import Opened
from qiyue.http.app import build_app
from qiyue.http.site import Site, open_site
from qiyue.http.uploads import plain_name
from qiyue.service import importing
from qiyue.service.base import Service
from qiyue.service.indexing import Drained, drain
from qiyue.settings import read_settings
from qiyue.tasks import Failed, Limits, Parsed, Task
from schema.errors import SearchError
from tests.support.quick import Inline, inline, quick_read


class Held(Inline):
    """Reads when told to."""

    def __init__(self) -> None:
        super().__init__(self._read)
        self.gate = threading.Event()
        self.gate.set()

    def _read(self, task: Task, limits: Limits) -> Parsed | Failed:
        assert self.gate.wait(20)
        return quick_read(task, limits)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def site(tmp_path: Path, held: Held) -> Iterator[Site]:
    roots = tmp_path / "shared"
    roots.mkdir()
    settings = read_settings(
        {"QIYUE_DATA": str(tmp_path / "data"), "QIYUE_UPLOAD_MB": "1", "QIYUE_IMPORT_ROOTS": str(roots)}
    )
    with open_site(settings) as opened:
        opened.readers.__dict__["opened"] = lambda: Opened(inline(held).executor, 1)
        yield opened
        held.gate.set()


def client(site: Site, name: str, **grants: Role) -> TestClient:
    account = site.door.add_account(name, password=None, admin=not grants, grants=grants)
    person = Person(account.name, account.admin, account.grants)
    token, _ = site.door.make_token(person, label="", scopes=["read", "write"], days=1)
    return TestClient(build_app(site), headers={"Authorization": f"Bearer {token}"})


def files(*pairs: tuple[str, str]) -> list[tuple[str, tuple[str, bytes]]]:
    return [("file", (name, words.encode())) for name, words in pairs]


def wait(http: TestClient, job: int) -> dict[str, Any]:
    """The job when it is done, as its events tell."""
    with http.stream("GET", f"/v1/jobs/{job}/events") as answer:
        names = [line.removeprefix("event: ") for line in answer.iter_lines() if line.startswith("event: ")]
    assert names[-1] == "done"
    found: dict[str, Any] = http.get(f"/v1/jobs/{job}").json()
    return found


def settle(site: Site) -> None:
    """Wait until no import is running: the index is told after the job is done."""
    until = time.monotonic() + 30
    while site.imports.running and time.monotonic() < until:
        time.sleep(0.02)
    assert not site.imports.running


def test_files_are_imported_and_followed(site: Site) -> None:
    http = client(site, "editor", 采购="editor")
    sent = files(
        ("甲.txt", "第一条 甲"), ("../乙.txt", "第一条 乙"), ("坏.pdf", "!file_damaged"), ("甲.txt", "第一条 丙")
    )
    answer = http.post("/v1/imports", files=sent, data={"folder": "采购/2026", "tag": ["新"]})
    assert answer.status_code == 202
    job = wait(http, answer.json()["job"])
    assert (job["state"], job["counts"]) == ("done", {"stored": 3, "duplicate": 0, "failed": 1, "skipped": 0})
    assert sorted(file["path"] for file in job["files"]) == ["乙.txt", "坏.pdf", "甲.txt", "甲.txt"]
    failed = next(file for file in job["files"] if file["state"] == "failed")
    assert (failed["code"], bool(failed["remedy"])) == ("file_damaged", True)
    cards = http.get("/v1/contracts").json()["contracts"]
    assert {(card["folder"], *card["tags"]) for card in cards} == {("采购/2026", "新")}
    settle(site)
    assert list(site.imports.uploads.iterdir()) == []


def test_an_import_is_done_when_search_knows_its_contracts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    http = client(site, "boss")
    asked, go = threading.Event(), threading.Event()

    def slowly(service: Service, *, wait: float = 0.0, batches: int | None = None) -> Drained:
        asked.set()
        assert go.wait(60)
        return drain(service, wait=wait, batches=batches)

    monkeypatch.setattr(importing, "drain", slowly)
    job = http.post("/v1/imports", files=files(("甲.txt", "第一条 甲方应当支付违约金。"))).json()["job"]
    assert asked.wait(60)
    told = http.get(f"/v1/jobs/{job}").json()
    assert (told["state"], told["counts"]["stored"], told["finished_at"]) == ("indexing", 1, None)
    assert http.get("/v1/clauses", params={"q": "违约金"}).json()["total"] == 0
    assert "正在进入索引" in http.get(f"/import/{job}").text
    go.set()
    assert wait(http, job)["state"] == "done"
    assert http.get("/v1/clauses", params={"q": "违约金"}).json()["total"] == 1


def test_an_import_ends_without_an_index_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    down = SearchError("search_unreachable", "no answer")
    monkeypatch.setattr(importing, "drain", lambda service, **_: Drained(0, service.store.outbox.count(), down))
    http = client(site, "boss")
    job = wait(http, http.post("/v1/imports", files=files(("甲.txt", "第一条 甲"))).json()["job"])
    assert (job["state"], job["counts"]["stored"]) == ("done", 1)


def test_the_same_bytes_are_stored_once(site: Site, held: Held) -> None:
    http = client(site, "boss")
    held.gate.clear()
    begun = [http.post("/v1/imports", files=files(("甲.txt", "第一条 甲"))).json()["job"] for _ in range(2)]
    assert begun[0] == begun[1]  # the same request while its import runs is that import
    held.gate.set()
    wait(http, begun[0])
    settle(site)
    again = wait(http, http.post("/v1/imports", files=files(("别名.txt", "第一条 甲"))).json()["job"])
    assert [file["state"] for file in again["files"]] == ["duplicate"]
    assert http.get("/v1/contracts").json()["total"] == 1


def test_a_duplicate_tells_nothing_of_where_it_lies(site: Site) -> None:
    boss, other = client(site, "boss"), client(site, "other", 行政="editor")
    text = "".join(f"第{n}条 甲方向乙方购买第{n}种设备。" for n in range(40))
    wait(boss, boss.post("/v1/imports", files=files(("甲.txt", text)), data={"folder": "采购"}).json()["job"])
    sent = files(("乙.txt", text), ("丙.txt", text.replace("。", "；")))
    job = wait(other, other.post("/v1/imports", files=sent, data={"folder": "行政"}).json()["job"])
    assert [(f["state"], f["contract"] is None, f["of"], f["certainty"]) for f in job["files"]] == [
        ("duplicate", True, None, None),
        ("stored", False, None, None),
    ]
    twin = next(f for f in boss.get(f"/v1/jobs/{job['id']}").json()["files"] if f["state"] == "stored")
    assert twin["relation"] == "twin"  # who may see both sees that they are one
    assert other.get("/v1/jobs/1").json()["code"] == "job_unknown"
    assert [j["id"] for j in other.get("/v1/jobs").json()["jobs"]] == [job["id"]]


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"files": files(("a.txt", "x" * 1_200_000))}, 413, "file_too_large"),
        ({"json": {"file": "x"}}, 422, "request_invalid"),
        ({"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415, "file_type_unknown"),
        ({"data": {"folder": "采购"}, "files": {"note": (None, b"x")}}, 422, "request_invalid"),
        ({"files": files(("a.txt", "x")), "data": {"folder": "../x"}}, 422, "request_invalid"),
        ({"files": files(("a.txt", "x")), "data": {"folder": "行政"}}, 403, "not_allowed"),
        ({"files": files(("a.txt", "x"))}, 403, "not_allowed"),
        (
            {"content": b"--b\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
            422,
            "request_invalid",
        ),
        (
            {"content": b"rubbish", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
            422,
            "request_invalid",
        ),
    ],
)
def test_what_is_refused_leaves_nothing(site: Site, request_: dict[str, Any], status: int, code: str) -> None:
    http = client(site, "editor", 采购="editor")
    answer = http.post("/v1/imports", **request_)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not site.imports.uploads.exists() or list(site.imports.uploads.iterdir()) == []
    assert http.get("/v1/jobs").json() == {"jobs": []}


def test_an_empty_field_before_a_file_is_passed_over(site: Site) -> None:
    http = client(site, "boss")
    sent = [("file", ("", b"")), *files(("甲.txt", "第一条 甲"))]
    body, kind = encode_multipart(sent)
    job = wait(http, http.post("/v1/imports", content=body, headers={"Content-Type": kind}).json()["job"])
    assert [file["path"].rpartition("/")[2] for file in job["files"]] == ["甲.txt"]


def encode_multipart(sent: list[tuple[str, tuple[str, bytes]]]) -> tuple[bytes, str]:
    """As browsers send it: a file field that was left empty has an empty name."""
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode() + data + b"\r\n"
        for field, (name, data) in sent
    ]
    return b"".join(parts) + b"--b--\r\n", "multipart/form-data; boundary=b"


def test_a_body_longer_than_it_said_is_cut_off(site: Site) -> None:
    http = client(site, "editor", 采购="editor")

    def body() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(40):
            yield b"x" * 50_000

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = http.post("/v1/imports", content=body(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert list(site.imports.uploads.iterdir()) == []


def test_too_many_imports_at_once_wait(site: Site, held: Held) -> None:
    http = client(site, "boss")
    held.gate.clear()
    answers = [http.post("/v1/imports", files=files((f"{n}.txt", f"第一条 {n}"))) for n in range(5)]
    assert [answer.status_code for answer in answers] == [202] * 4 + [429]
    assert answers[-1].headers["retry-after"]


def test_an_import_cut_off_goes_on_at_the_next_start(site: Site, held: Held) -> None:
    http = client(site, "boss")
    held.gate.clear()
    job = http.post("/v1/imports", files=files(("1.txt", "第一条 1"), ("2.txt", "第一条 2"))).json()["job"]
    closing = threading.Thread(target=site.imports.close)
    closing.start()
    held.gate.set()
    closing.join(20)
    assert site.imports.resume() in ([job], [])
    assert wait(http, job)["counts"]["stored"] == 2


def test_paths_of_the_server_only_below_the_roots_and_for_administrators(site: Site, tmp_path: Path) -> None:
    (tmp_path / "shared" / "甲.txt").write_text("第一条 甲", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    boss, editor = client(site, "boss"), client(site, "editor", 采购="editor")
    inside, outside = str(tmp_path / "shared"), str(tmp_path / "shared" / ".." / "secret.txt")
    assert boss.post("/v1/imports", json={"paths": [outside]}).json()["code"] == "not_allowed"
    assert editor.post("/v1/imports", json={"paths": [inside]}).json()["code"] == "not_allowed"
    job = wait(boss, boss.post("/v1/imports", json={"paths": [inside]}).json()["job"])
    assert job["counts"]["stored"] == 1
    assert (tmp_path / "shared" / "甲.txt").exists()


def test_a_browser_uploads_with_the_secret_of_its_session(site: Site) -> None:
    browser = TestClient(build_app(site), follow_redirects=False)
    browser.get(f"/sign-in/link?key={site.door.new_link()}")
    csrf = browser.get("/v1/me").json()["csrf"]
    sent = files(("甲.txt", "第一条 甲"))
    assert browser.post("/v1/imports", files=sent).json()["code"] == "form_expired"
    assert browser.post("/v1/imports", files=sent, data={"csrf": csrf}).status_code == 202
    assert browser.post("/v1/imports", files=sent, headers={"X-CSRF-Token": csrf}).status_code == 202


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\合同\\甲.pdf", "甲.pdf"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("<script>.docx", "<script>.docx"),
    ],
)
def test_names_are_made_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_long_name_keeps_its_ending() -> None:
    short = plain_name("合" * 300 + ".pdf")
    assert short.endswith(".pdf")
    assert len(short.encode()) <= 200


def test_one_call_imports(site: Site) -> None:
    """As docs/http.md shows it."""
    http: httpx.Client = client(site, "boss")
    job = http.post("/v1/imports", files={"file": ("采购合同.txt", "第一条 甲".encode())}).json()
    assert json.dumps(job) == json.dumps({"job": 1, "url": "/v1/jobs/1", "events": "/v1/jobs/1/events"})
