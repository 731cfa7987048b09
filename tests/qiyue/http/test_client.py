"""The client of docs/http.md, as it stands there, against a real server on the loopback."""

import contextlib
import io
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from qiyue.http.app import build_app
from qiyue.http.site import Site
from tools.docs_http import EXAMPLE, http_page


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(build_app(site), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


def test_the_client_of_the_documentation_works(address: str, tokens: dict[str, str]) -> None:
    assert f"```python\n{EXAMPLE}```" in http_page()
    program = EXAMPLE.replace("http://127.0.0.1:8400", address)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(program, {"token": tokens["reader"]})
    assert said.getvalue().startswith("《服务器采购合同》第三条 1 ")
