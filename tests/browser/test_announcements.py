"""What a screen reader is given of a meeting: names of everything, and each piece of news once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from syrupy.assertion import SnapshotAssertion

from companion.session.commands import EndMeeting, NextStep, Pause, Resume
from tests.browser.staged import StagedService
from tests.browser.states import heard

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

_NOTE_WHAT_IS_SAID = """() => {
  const region = document.getElementById("announce");
  window.said = [];
  new MutationObserver(() => window.said.push(region.textContent))
    .observe(region, {childList: true, characterData: true, subtree: true});
}"""


def _names(page: Page) -> str:
    """The accessible tree of the page's main part; what runs on with the clock is blotted out."""
    tree = page.locator("main").aria_snapshot()
    return re.sub(r"\d+:\d\d", "m:ss", tree)


def test_the_names_of_the_live_page(
    page: Page, service: StagedService, snapshot: SnapshotAssertion
) -> None:
    heard(service)
    page.goto(f"{service.origin}/leiden")
    assert _names(page) == snapshot


def test_the_names_of_the_group_screen(
    page: Page, service: StagedService, snapshot: SnapshotAssertion
) -> None:
    heard(service)
    page.goto(f"{service.origin}/scherm")
    assert _names(page) == snapshot


def test_what_is_announced_in_a_meeting(
    page: Page, service: StagedService, snapshot: SnapshotAssertion
) -> None:
    service.group()
    service.start()
    page.goto(f"{service.origin}/leiden")
    page.evaluate(_NOTE_WHAT_IS_SAID)
    heading = page.get_by_role("heading", level=1)
    digits = page.locator(".dial .of")
    service.later(181)
    expect(page.locator(".cue h2")).to_be_visible()
    for key, shown in (("+", "van 4 minuten"), ("-", "over de tijd")):
        page.keyboard.press(key)
        expect(digits).to_have_text(shown)
    service.do(NextStep())
    expect(heading).to_have_text("Vragen")
    service.do(Pause())
    expect(digits).to_have_text("gepauzeerd")
    service.do(Resume())
    expect(digits).not_to_have_text("gepauzeerd")
    service.later(1205)
    expect(page.locator(".cue h2")).to_be_visible()
    expect(page.locator("#announce")).to_contain_text("De tijd voor deze stap is om")
    said: list[str] = page.evaluate("window.said")
    service.do(EndMeeting())
    raised = [line for line in said if line.startswith("De tijd voor deze stap is om")]
    assert len(raised) == 2  # one a cue: this step's, and the next one's
    assert said == snapshot
