"""What pages ask of the network, and what their security policy would have stopped."""

from __future__ import annotations

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from companion.session.commands import EndMeeting, NextStep
from tests.browser.staged import StagedService
from tests.browser.states import heard, with_history

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

_WATCH_POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));"""
BEFORE = ("/", "/groepen/nieuw", "/groepen/groep1", "/beginnen?groep=groep1", "/microfoon")
DURING = (
    "/leiden",
    "/leiden/stemmen",
    "/leiden/afspraak",
    "/leiden/sneltoetsen",
    "/scherm",
    "/plan",
)


class Watch:
    """Notes every request and every complaint of a page."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.policies: set[str] = set()
        page.add_init_script(_WATCH_POLICY)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", self._complain)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "response",
            lambda answer: self.policies.add(answer.headers.get("content-security-policy", "")),
        )

    def _complain(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self.complaints.append(line.text)


def test_nothing_leaves_the_origin_and_the_policy_is_never_broken(
    page: Page, service: StagedService
) -> None:
    watch = Watch(page)
    with_history(service)
    for path in BEFORE:
        page.goto(service.origin + path)
    heard(service)
    for path in DURING:
        page.goto(service.origin + path)
        page.wait_for_timeout(200)
    service.do(NextStep())
    page.goto(f"{service.origin}/leiden")
    page.keyboard.press("p")
    expect(page.locator(".dial .of")).to_have_text("gepauzeerd")
    service.do(EndMeeting())
    page.wait_for_url("**/plan")  # the live page goes there by itself
    assert len(watch.asked) > len(BEFORE + DURING)
    assert [url for url in watch.asked if not url.startswith(service.origin)] == []
    assert watch.complaints == []
    assert len(watch.policies) == 1
    assert "unsafe" not in watch.policies.pop()


def test_a_broken_policy_would_be_noticed(page: Page, service: StagedService) -> None:
    watch = Watch(page)
    page.goto(service.origin)
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("new Image().src = 'https://example.org/pixel.gif'")
    page.wait_for_timeout(200)
    assert any("style" in line for line in watch.complaints)
    assert any("img-src" in line for line in watch.complaints)
