"""Browsers and servers of these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.browser import browsing, chromium


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
