"""A real Chromium, and pages that may not ask anything outside the machine."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.ground import parts

OWN_HOSTS = {"127.0.0.1", "localhost", ""}
IN_TOWN: dict[str, Any] = {
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "viewport": {"width": 1280, "height": 800},
}

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running browser. Not kept longer than a module: its event loop would stand in the way of others."""
    parts.CHROMIUM.require()
    parts.CHINESE_FONT.require()
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=parts.chromium_program(), args=as_root)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open a fresh page on a device of its own: ``visit(**device)``, whose words are those of Playwright's contexts.

    The test fails when a page's scripts break, its policy is violated or it asks another machine.
    """
    wrongs: list[str] = []
    devices: list[BrowserContext] = []

    def open_page(**device: Any) -> Page:
        devices.append(chromium.new_context(**{**IN_TOWN, **device}))
        opened = devices[-1].new_page()
        _watch(opened, wrongs)
        return opened

    yield open_page
    for device in devices:
        device.close()
    assert not wrongs


@pytest.fixture
def page(visit: Visit) -> Page:
    """A fresh page on a desk."""
    return visit()


def _watch(page: Page, wrongs: list[str]) -> None:
    def told(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrongs.append(message.text)

    def asked(request: Request) -> None:
        if (urlsplit(request.url).hostname or "") not in OWN_HOSTS:
            wrongs.append(f"asked another machine: {request.url}")

    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on("console", told)
    page.on("request", asked)
