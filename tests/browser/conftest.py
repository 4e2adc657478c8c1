from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from companion.dashboard.service_log import set_up_logging
from tests.browser.chromium import chromium
from tests.browser.staged import StagedService

expect.set_options(timeout=15_000)  # a machine that does more than this takes its time


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for a file: while it lives, no asyncio test can run in this thread."""
    with chromium() as started:
        yield started


@pytest.fixture
def service(tmp_path: Path) -> Iterator[StagedService]:
    set_up_logging("ERROR")
    with StagedService(tmp_path) as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        viewport={"width": 1280, "height": 800}, reduced_motion="reduce", ignore_https_errors=True
    )
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, service: StagedService) -> Page:
    """A page of whoever opened the link, watched for trouble in its console."""
    opened = context.new_page()
    opened.goto(service.launch_url)
    return opened
