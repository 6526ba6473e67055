"""A real Chromium, and pages that may not ask anything outside the machine."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.ground import parts

OWN_HOSTS = {"127.0.0.1", "localhost", ""}


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
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page. The test fails when its scripts break, its policy is violated or it asks another machine."""
    wrongs: list[str] = []
    context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 800})

    def told(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrongs.append(message.text)

    def asked(request: Request) -> None:
        if (urlsplit(request.url).hostname or "") not in OWN_HOSTS:
            wrongs.append(f"asked another machine: {request.url}")

    opened = context.new_page()
    opened.on("pageerror", lambda error: wrongs.append(str(error)))
    opened.on("console", told)
    opened.on("request", asked)
    yield opened
    context.close()
    assert not wrongs
