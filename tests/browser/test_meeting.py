"""A meeting in a real browser, by keyboard, with everything it may not do watched."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from companion.events import LevelMeasured
from companion.session.commands import NextStep, Pause
from tests.browser.staged import StagedService
from tests.browser.states import heard

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

_NOTE_WHAT_IS_SAID = """() => {
  const region = document.getElementById("announce");
  window.said = [];
  new MutationObserver(() => window.said.push(region.textContent))
    .observe(region, {childList: true, characterData: true, subtree: true});
}"""

_HOLD_THE_FIRST_UPDATE = """() => {
  const fetch = window.fetch;
  let hold;
  window.held = new Promise((resolve) => { hold = resolve; });
  window.fetch = async (address, options) => {
    const answer = await fetch(address, options);
    if (!String(address).endsWith("/leiden/nu") || !hold) return answer;
    await new Promise((go) => { window.letGo = go; hold(); hold = null; });
    return answer;
  };
}"""

_NOTE_WHAT_IS_SHOWN = """() => {
  window.shown = [];
  const of = document.querySelector(".dial .of");
  new MutationObserver(() => window.shown.push(of.textContent))
    .observe(of, {childList: true, characterData: true, subtree: true});
  window.swapped = new Promise((resolve) => {
    document.addEventListener("htmx:after:swap", resolve, {once: true});
  }).then(() => true);
}"""

_SECONDS_LEFT = """() => {
  const [minutes, seconds] = document.querySelector("[data-digits]").textContent.split(":");
  return 60 * Number(minutes) + Number(seconds);
}"""


def test_a_whole_meeting_by_hand_with_the_keyboard_alone(
    page: Page, service: StagedService
) -> None:
    page.get_by_role("link", name="Groep maken").press("Enter")
    page.get_by_label("Naam van de groep").press_sequentially("Team Noord")
    page.get_by_label("Deelnemers").press_sequentially("Ans\nBilal\nChantal")
    page.get_by_role("button", name="Bewaren").press("Enter")
    page.get_by_label("Ans: begeleider").press("Space")
    page.get_by_label("Bilal: inbrenger").press("Space")
    border = page.get_by_role("slider", name="Grens tussen Introductie en Vragen")
    border.press("ArrowRight")
    expect(page.get_by_label("Introductie", exact=True)).to_have_value("4")
    expect(border).to_have_attribute("aria-valuetext", "Introductie: 4 minuten, Vragen: 19 minuten")
    border.press("ArrowLeft")
    page.get_by_label(re.compile("Wat hier gezegd wordt")).press("Space")
    page.get_by_role("button", name="Begin zonder meeluisteren").press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Introductie")
    page.wait_for_load_state()  # keys are answered once the page's scripts have run
    page.locator("body").press("v")
    expect(heading).to_have_text("Vragen")
    page.keyboard.press("+")
    expect(page.locator(".dial .of")).to_have_text("van 21 minuten")
    page.keyboard.press("x")
    expect(page.locator(".dial .of")).to_have_text("van 20 minuten")
    page.keyboard.press("z")
    expect(heading).to_have_text("Introductie")
    page.keyboard.press("p")
    expect(page.locator(".dial .of")).to_have_text("gepauzeerd")
    page.keyboard.press("p")
    for name in ("Vragen", "Eigen beeld", "Analyse", "Advies", "Afronding"):
        page.keyboard.press("v")
        expect(heading).to_have_text(name)
    page.keyboard.press("a")
    page.keyboard.type("Bellen met Sem")
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_contain_text("Bellen met Sem")
    expect(page.locator("#agreement-dialog")).to_be_hidden()
    page.keyboard.press("v")  # the last step: this asks for the end
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Actieplan")
    expect(page.get_by_role("article", name="Bellen met Sem")).to_be_visible()
    assert service.room.session.running is None


def test_an_answer_that_was_overtaken_does_not_take_the_page_back(
    page: Page, service: StagedService
) -> None:
    service.group()
    service.start()
    page.goto(f"{service.origin}/leiden")
    page.wait_for_load_state()
    page.evaluate(_HOLD_THE_FIRST_UPDATE)
    page.keyboard.press("v")
    page.evaluate("window.held")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vragen")
    page.keyboard.press("+")
    expect(page.locator(".dial .of")).to_have_text("van 21 minuten")
    page.evaluate(_NOTE_WHAT_IS_SHOWN)
    page.evaluate("window.letGo()")
    page.evaluate("window.swapped")
    assert page.evaluate("window.shown") == []
    service.do(NextStep())  # and what is newer is shown
    expect(page.get_by_role("heading", level=1)).to_have_text("Eigen beeld")


def test_a_form_that_is_fetched_does_not_move_the_clock(page: Page, service: StagedService) -> None:
    heard(service)
    page.goto(f"{service.origin}/leiden")
    service.until_followed()
    service.do(NextStep())
    expect(page.get_by_role("heading", level=1)).to_have_text("Eigen beeld")
    page.wait_for_timeout(2500)  # in which the page counts by itself
    gone = page.evaluate(_SECONDS_LEFT)
    page.evaluate("document.dispatchEvent(new CustomEvent('htmx:after:swap'))")
    page.wait_for_timeout(400)
    assert page.evaluate(_SECONDS_LEFT) <= gone


def test_keys_do_nothing_while_somebody_types(page: Page, service: StagedService) -> None:
    heard(service)
    page.goto(f"{service.origin}/leiden")
    page.keyboard.press("a")
    page.keyboard.type("vvv tp")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vragen")


def test_keys_can_be_switched_off(page: Page, service: StagedService) -> None:
    heard(service)
    page.goto(f"{service.origin}/leiden")
    page.keyboard.press("?")
    page.get_by_role("button", name="Sneltoetsen uitzetten").press("Enter")
    page.wait_for_selector("body.no-keys")
    page.keyboard.press("v")
    page.wait_for_timeout(300)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vragen")


def test_the_page_follows_what_others_do(page: Page, service: StagedService) -> None:
    service.group()
    service.start()
    page.goto(f"{service.origin}/leiden")
    service.do(NextStep())
    expect(page.get_by_role("heading", level=1)).to_have_text("Vragen")


def test_what_is_being_typed_survives_an_update(page: Page, service: StagedService) -> None:
    service.group()
    service.start()
    page.goto(f"{service.origin}/leiden")
    page.keyboard.press("a")
    page.keyboard.type("Half een zin")
    service.do(NextStep())
    expect(page.get_by_role("heading", level=1, include_hidden=True)).to_have_text("Vragen")
    expect(page.locator("#new-what")).to_have_value("Half een zin")


def test_the_clock_counts_down_between_messages(page: Page, service: StagedService) -> None:
    service.group()
    service.start()
    page.goto(f"{service.origin}/leiden")
    before = page.locator("[data-digits]").inner_text()
    expect(page.locator("[data-digits]")).not_to_have_text(before)
    service.do(Pause())
    expect(page.locator(".dial .of")).to_have_text("gepauzeerd")
    stopped = page.locator("[data-digits]").text_content()
    page.wait_for_timeout(1200)
    assert page.locator("[data-digits]").text_content() == stopped


def test_the_level_moves_without_a_new_page(page: Page, service: StagedService) -> None:
    heard(service)
    page.goto(f"{service.origin}/leiden")
    service.until_followed()
    service.hear(LevelMeasured(at=service.room.ears.now(), rms_db=-12.0, peak_db=-3.0, speech=True))
    meter = page.locator("meter")
    expect(meter).to_have_js_property("value", -12)


def test_a_cue_is_announced_once_and_dismissed_with_a_key(
    page: Page, service: StagedService
) -> None:
    service.group()
    service.start()
    page.goto(f"{service.origin}/leiden")
    page.evaluate(_NOTE_WHAT_IS_SAID)
    service.later(181)
    expect(page.locator(".cue h2")).to_have_text("De tijd voor deze stap is om")
    page.keyboard.press("+")
    page.keyboard.press("-")
    page.wait_for_timeout(400)
    page.keyboard.press("g")
    expect(page.locator(".cue")).to_have_count(0)
    said: list[str] = page.evaluate("window.said")
    assert len([line for line in said if "De tijd voor deze stap is om" in line]) == 1


def test_nothing_is_kept_in_the_browser(page: Page, service: StagedService) -> None:
    heard(service)
    page.goto(f"{service.origin}/leiden")
    kept = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert kept == [0, 0]


def test_names_that_are_scripts_run_nowhere(page: Page, service: StagedService) -> None:
    payload = "<img src=x onerror=window.broken=1><script>window.broken=1</script>"
    service.group(name=payload, members=(payload, "Bo"))
    service.start(members=(payload, "Bo"), begeleider=payload, inbrenger=payload)
    for path in ("/", "/groepen/groep1", "/leiden", "/scherm", "/plan"):
        page.goto(service.origin + path)
        assert page.evaluate("window.broken") is None
    page.goto(f"{service.origin}/leiden")
    service.do(NextStep())
    expect(page.get_by_role("heading", level=1)).to_have_text("Vragen")
    assert page.evaluate("window.broken") is None


def test_a_page_weighs_less_than_its_limit(page: Page, service: StagedService) -> None:
    heard(service)
    for path in ("/", "/beginnen?groep=groep1", "/leiden", "/scherm", "/plan"):
        sizes: list[int] = []

        def weigh(response: Any, sizes: list[int] = sizes) -> None:
            if not response.url.endswith("/stroom"):
                sizes.append(len(response.body()))

        page.on("response", weigh)
        page.goto(service.origin + path, wait_until="load")
        page.remove_listener("response", weigh)
        assert sum(sizes) <= 150_000, path


def test_a_page_that_was_signed_out_elsewhere_says_so(page: Page, service: StagedService) -> None:
    service.group()
    service.start()
    page.goto(f"{service.origin}/leiden")
    service.until_followed()
    (kept,) = [c["value"] for c in page.context.cookies() if c["name"].startswith("companion")]
    service.house.session._changes.close()
    service.house.sessions.close(kept)
    expect(page.locator("[data-left]")).to_be_visible(timeout=10_000)


def test_after_the_network_was_away_the_page_shows_the_present(
    page: Page, service: StagedService
) -> None:
    service.group()
    service.start()
    page.goto(f"{service.origin}/leiden")
    service.until_followed()
    page.context.set_offline(True)
    service.house.session._changes.close()  # every open stream ends
    service.do(NextStep())
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vragen")
    expect(page.locator("#connection")).to_be_hidden()
