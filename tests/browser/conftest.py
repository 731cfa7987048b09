"""Browsers and servers of these tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ingest.read import read
from nlp.parse import parse
from qiyue.http.site import open_site
from qiyue.service.base import Service
from qiyue.service.indexing import drain
from qiyue.service.organising import delete_contracts
from qiyue.settings import read_settings
from schema.contract import Contract
from tests.support.browser import PASSWORD, PATIENCE, ROOT, Served, browsing, chromium, serving, started
from tests.support.hostile import hostile
from tests.support.served import fill, put


@pytest.fixture(scope="session", autouse=True)
def installed() -> str:
    """The browser, or the reason why these tests are skipped."""
    return chromium()


@pytest.fixture(scope="session")
def browser(installed: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with started() as opened:
        yield opened


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browsing(browser) as opened:
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


@pytest.fixture
def word(small: Served) -> Iterator[tuple[Served, Contract]]:
    """The same collection while it holds the shipped Word file with its original too."""
    path = ROOT / "samples" / "purchase.docx"
    contract = parse(read(path))
    with Service(read_settings({"QIYUE_DATA": str(small.data)})) as service:
        with path.open("rb") as stream:
            service.store.originals.put(contract.id, stream)
        put(service, contract, None)
        yield small, contract
        delete_contracts(service, [contract.id])
