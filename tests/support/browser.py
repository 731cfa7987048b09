"""A browser and a server for tests of the pages: Debian's Chromium, a collection of its own, both stopped by pid."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Response, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / ".axe" / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
WIDTH, HEIGHT = 1280, 800
PASSWORD = "四个词 的 长 口令"
_PATIENCE = 120.0
PATIENCE = 90_000
"""Milliseconds a test waits for what must come: a busy machine is slow, not wrong."""


@dataclass(frozen=True)
class Served:
    """A running server: its address, the link that signs its owner in, the folder of its collection."""

    address: str
    link: str
    data: Path


def chromium() -> str:
    """Path of the browser; without one the test is skipped, or fails where tests must be complete (CI)."""
    return _required(shutil.which("chromium"), "Chromium is not installed (apt-get install chromium fonts-noto-cjk)")


def axe() -> str:
    """The accessibility checker, fetched for tests only and never shipped."""
    found = str(AXE) if AXE.is_file() else None
    return _required(found, "axe-core is not there (npm install --no-save --prefix .axe axe-core@4.11.0)")


def _required(found: str | None, lacking: str) -> str:
    if found is not None:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(lacking)
    pytest.skip(lacking)


@contextmanager
def serving(data: Path) -> Iterator[Served]:
    """Serve a collection on a free port of this machine.

    Args:
        data: folder of the collection.
    """
    environment = {**os.environ, "QIYUE_DATA": str(data), "USER": "owner", "PYTHONUNBUFFERED": "1"}
    environment.pop("QIYUE_CONFIG", None)
    command = [sys.executable, "-m", "qiyue", "serve", "--port", "0", "--json"]
    log = data.parent / "serve.log"
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            assert told, log.read_text(encoding="utf-8")
            answer = json.loads(told)
            _wait(answer["address"], process)
            yield Served(answer["address"], answer["link"], data)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    import urllib.error
    import urllib.request

    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)


@contextmanager
def started() -> Iterator[Browser]:
    """A browser; starting one takes longer than most tests, so all of a session share it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def browsing(browser: Browser) -> Iterator[BrowserContext]:
    """A window that has never been here: no cookies, no cache.

    Args:
        browser: it belongs to.
    """
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        color_scheme="light",
        reduced_motion="reduce",
        locale="zh-CN",
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    context.new_page()
    try:
        yield context
    finally:
        context.close()


def settled(page: Page) -> None:
    """Wait until the page has done what it was going to do about the last event: its timers of no length have run."""
    page.evaluate("new Promise((done) => setTimeout(() => setTimeout(done, 0), 0))")


def ready(page: Page) -> None:
    """Wait until the script of the page listens."""
    expect(page.locator("body")).to_have_attribute("data-ready", "true")


@contextmanager
def quiet(page: Page) -> Iterator[list[str]]:
    """Collects what must not happen: errors of scripts, refused content, answers that failed, dialogs."""
    trouble: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:  # a picture that is not there
            trouble.append(message.text)

    def answered(answer: Response) -> None:
        if answer.status >= 500:
            trouble.append(f"{answer.status} {answer.url}")

    def asked(dialog: Dialog) -> None:
        trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("pageerror", lambda error: trouble.append(f"script: {error}"))
    page.on("console", told)
    page.on("response", answered)
    page.on("dialog", asked)
    yield trouble
    assert trouble == []
