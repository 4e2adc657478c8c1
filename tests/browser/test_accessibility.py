"""Every page in every state: axe finds nothing in two schemes and sizes, and nothing spills.

States that are reached in the same way share one service.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from companion.dashboard.service_log import set_up_logging
from tests.browser.staged import StagedService
from tests.browser.states import STATES, State

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
_SPILLS = """() => [...document.querySelectorAll("main *")].filter((element) => {
  const sheet = element.closest(".sheet, .card, .agreement, .present, .cue, .way");
  const apart = element.closest("svg, .visually-hidden, dialog, [role=region][tabindex]");
  if (!sheet || apart || !element.offsetWidth) return false;
  return element.getBoundingClientRect().right > sheet.getBoundingClientRect().right + 1;
}).map((element) => element.outerHTML.slice(0, 120))"""
_OUTSIDE = "buiten"
"""The state that has no session."""
_TOGETHER = {
    reach.__name__: tuple(states)
    for reach, states in itertools.groupby(
        sorted((s for s in STATES if s.name != _OUTSIDE), key=lambda s: s.reach.__name__),
        key=lambda s: s.reach,
    )
}


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Light on a laptop, dark on a phone."""
    light = browser.new_context(
        viewport={"width": 1280, "height": 800},
        color_scheme="light",
        reduced_motion="reduce",
        bypass_csp=True,
        ignore_https_errors=True,
    )
    dark = browser.new_context(
        viewport={"width": 360, "height": 800},
        color_scheme="dark",
        reduced_motion="reduce",
        bypass_csp=True,
        ignore_https_errors=True,
    )
    yield light, dark
    light.close()
    dark.close()


def _violations(page: Page) -> list[object]:
    found = Axe().run(page).response["violations"]
    return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]


def _faults(
    contexts: tuple[BrowserContext, BrowserContext], service: StagedService, state: State
) -> list[object]:
    faults: list[object] = []
    light, dark = (context.new_page() for context in contexts)
    for page in (light, dark):
        page.goto(service.url(state.path))
        faults += _violations(page)
    for width in (1280, 1920, 360):
        light.set_viewport_size({"width": width, "height": 800})
        if light.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((width, "scrolls sideways"))
        faults += [(width, spill) for spill in light.evaluate(_SPILLS)]
    light.close()
    dark.close()
    return [(state.name, fault) for fault in faults]


@pytest.mark.parametrize("reach", _TOGETHER)
def test_axe_finds_nothing_and_nothing_spills_over(
    contexts: tuple[BrowserContext, BrowserContext], tmp_path: Path, reach: str
) -> None:
    set_up_logging("ERROR")
    with StagedService(tmp_path) as service:
        _TOGETHER[reach][0].reach(service)
        for context in contexts:
            context.clear_cookies()
            context.add_cookies(service.cookies())
        faults = [_faults(contexts, service, state) for state in _TOGETHER[reach]]
    assert [fault for found in faults for fault in found] == []


def test_whoever_is_outside_gets_a_page_without_faults(
    contexts: tuple[BrowserContext, BrowserContext], service: StagedService
) -> None:
    for context in contexts:
        context.clear_cookies()
    (outside,) = [state for state in STATES if state.name == _OUTSIDE]
    assert _faults(contexts, service, outside) == []


def test_axe_does_find_what_is_wrong(page: Page) -> None:
    page.goto("about:blank")
    page.set_content("<main><input></main>")
    assert Axe().run(page).violations_count > 0
