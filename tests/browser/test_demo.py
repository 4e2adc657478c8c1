"""The sample meeting, from its sound through the real pipeline to the live page."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from companion.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.enable_socket]
_PATIENCE = 240_000.0
"""Milliseconds; on a busy machine the recogniser is behind, and the page says so."""


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    """The launch link of `companion demo`, played at four times its speed."""
    (tmp_path / "models").symlink_to(Settings().models_dir)
    environment = os.environ | {
        "COMPANION_DATA_DIR": str(tmp_path),
        "COMPANION_CONFIG_DIR": str(tmp_path / "config"),
        "COMPANION_KEY_SOURCE": "file",
        "COMPANION_OPEN_BROWSER": "false",
        "COMPANION_PORT": "0",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "companion.cli", "demo", "--speed", "4"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as demo:
        assert demo.stdout is not None
        line = demo.stdout.readline()
        yield next(word for word in line.split() if word.startswith("http"))
        demo.terminate()


def test_the_demo_shows_countdown_cue_step_change_and_agreement(
    context: BrowserContext, link: str
) -> None:
    page: Page = context.new_page()
    page.goto(link)
    page.goto(f"{link.split('/binnen', maxsplit=1)[0]}/leiden")
    heading, digits = page.get_by_role("heading", level=1), page.locator("[data-digits]")
    expect(heading).to_have_text("Introductie")
    first = digits.inner_text()
    expect(digits).not_to_have_text(first, timeout=_PATIENCE)  # it waits for the models
    expect(page.locator(".nudge .cue h2")).to_be_visible(timeout=_PATIENCE)
    expect(heading).not_to_have_text("Introductie", timeout=_PATIENCE)
    expect(page.locator(".marks li").first).to_be_attached(timeout=_PATIENCE)
    agreement = page.locator(".found li").first
    expect(agreement).to_be_visible(timeout=_PATIENCE)
    agreement.get_by_role("button", name="Klopt").click()
    expect(page.locator(".found li.kept")).to_be_visible()
    page.goto(f"{link.split('/binnen', maxsplit=1)[0]}/plan")
    expect(page.locator(".agreement:not(.heard)")).to_be_visible()
