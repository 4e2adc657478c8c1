from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.staged import StagedService
from tests.browser.states import STATES, State

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
_SPILLS = """() => [...document.querySelectorAll("main *")].filter((element) => {
  const sheet = element.closest(".sheet, .card, .agreement, .present, .cue");
  const apart = element.closest("svg, .visually-hidden, dialog");
  if (!sheet || apart || !element.offsetWidth) return false;
  return element.getBoundingClientRect().right > sheet.getBoundingClientRect().right + 1;
}).map((element) => element.outerHTML.slice(0, 120))"""
Scheme = Literal["light", "dark"]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_axe_finds_nothing(browser: Browser, service: StagedService, state: State) -> None:
    state.reach(service)
    found = []
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme, width in zip(schemes, (1280, 360), strict=True):
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=True,
        )
        page = context.new_page()
        if state.name != "buiten":
            context.add_cookies([service.cookie()])
        page.goto(service.origin + state.path)
        results = Axe().run(page)
        found += [
            (scheme, v["id"], [n["html"] for n in v["nodes"]])
            for v in results.response["violations"]
        ]
        context.close()
    assert found == []


def test_axe_does_find_what_is_wrong(page: Page, service: StagedService) -> None:
    page.goto(service.origin)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input>')")
    page.goto("about:blank")
    page.set_content("<main><input></main>")
    assert Axe().run(page).violations_count > 0


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_no_page_scrolls_sideways_or_spills_over(
    page: Page, service: StagedService, state: State
) -> None:
    state.reach(service)
    page.goto(service.origin + state.path)
    for width in (360, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_SPILLS) == []
