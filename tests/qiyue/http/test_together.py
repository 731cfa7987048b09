"""Many readers and an import at once, over real connections: nobody gets an error, everybody the truth."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import uvicorn

from qiyue.accounts.person import Person
from qiyue.executors import Opened
from qiyue.http.app import build_app
from qiyue.http.site import open_site
from qiyue.settings import read_settings
from tests.support.quick import Inline
from tests.support.served import Names, fill

READERS, ROUNDS, FILES = 50, 4, 30


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, dict[str, str], Names]]:
    names = fill(tmp_path)
    with open_site(read_settings({"QIYUE_DATA": str(tmp_path)})) as site:
        site.readers.__dict__["opened"] = lambda: Opened(Inline(), 1)
        account = site.door.add_account("boss", password=None, admin=True)
        person = Person(account.name, True)
        token, _ = site.door.make_token(person, label="", scopes=["read", "write"], days=1)
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(build_app(site), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        yield address, {"Authorization": f"Bearer {token}"}, names
        server.should_exit = True
        thread.join(20)


def test_fifty_readers_and_an_import(served: tuple[str, dict[str, str], Names]) -> None:
    address, headers, names = served
    paths = [
        "/v1/clauses?q=违约金&facet=type",
        "/v1/contracts?limit=5",
        f"/v1/contracts/{names.seen}",
        f"/v1/clauses/{names.seen}/main/3/1/similar",
        "/v1/export?what=clauses",
    ]
    with httpx.Client(base_url=address, headers=headers, timeout=60) as writer:
        files = [("file", (f"{n}.txt", f"第一条 甲方向乙方购买水泵{n}台。".encode())) for n in range(FILES)]
        job = writer.post("/v1/imports", files=files).json()["job"]

        def read(number: int) -> list[int]:
            with httpx.Client(base_url=address, headers=headers, timeout=60) as http:
                return [http.get(paths[(number + n) % len(paths)]).status_code for n in range(ROUNDS)]

        with ThreadPoolExecutor(READERS) as pool:
            statuses = {status for found in pool.map(read, range(READERS)) for status in found}
        until = time.monotonic() + 60
        while writer.get(f"/v1/jobs/{job}").json()["state"] == "running" and time.monotonic() < until:
            time.sleep(0.1)
        assert statuses == {200}
        assert writer.get(f"/v1/jobs/{job}").json()["counts"]["stored"] == FILES
        while writer.get("/v1/clauses?q=水泵").json()["total"] < FILES and time.monotonic() < until:
            time.sleep(0.1)
        assert writer.get("/v1/clauses?q=水泵").json()["total"] == FILES
