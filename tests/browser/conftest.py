"""Browsers and servers of these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from qiyue.http.site import open_site
from qiyue.service.base import Service
from qiyue.service.indexing import drain
from qiyue.settings import read_settings
from tests.support.browser import PASSWORD, Served, browsing, chromium, serving
from tests.support.hostile import hostile
from tests.support.served import fill, put


@pytest.fixture(scope="session", autouse=True)
def installed() -> str:
    """The browser, or the reason why these tests are skipped."""
    return chromium()


@pytest.fixture
def context(tmp_path: Path) -> Iterator[BrowserContext]:
    expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
    with browsing(tmp_path / "browser") as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.pages[0]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served collection of three small contracts and a hostile one, and its administrator."""
    data = tmp_path_factory.mktemp("small") / "data"
    fill(data)
    with Service(read_settings({"QIYUE_DATA": str(data)})) as service:
        put(service, hostile(), "采购/2025")
        drain(service, wait=10)
    with open_site(read_settings({"QIYUE_DATA": str(data), "USER": "owner"})) as site:
        site.door.add_account("owner", password=PASSWORD, admin=True)
    with serving(data) as served:
        yield served
