from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from companion.method.exporting import dump_method
from companion.session.commands import NextStep
from companion.vocabulary import SentenceKind
from tests.browser.own_methods import own_method
from tests.browser.staged import StagedService
from tests.cues.heard import question
from tests.method.meetings import METHODS

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
_VOICES = """
window.spoken = []; window.sounds = [];
const voice = (lang, local) => ({ lang, localService: local, name: lang, voiceURI: lang });
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [voice("nl-NL", false), LOCAL], cancel() {}, addEventListener() {},
  speak: (said) => window.spoken.push([said.text, said.voice.localService]),
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
document.addEventListener("companion:sound", (event) => window.sounds.push(event.detail.how));
"""


def test_a_refused_form_leads_to_its_mistakes_and_axe_finds_nothing(
    page: Page, service: StagedService
) -> None:
    service.ask(own_method(service.room))
    page.goto(f"{service.origin}/methoden/incident-2")
    page.fill("#minutes-vragen", "tien")
    page.fill("#summary-nl", "Blijft staan")
    page.locator("section.sheet button.primary").click()
    expect(page.locator("#mistakes")).to_be_focused()
    page.locator("#mistakes a").click()
    expect(page.locator("#minutes-vragen")).to_be_focused()
    expect(page.locator("#minutes-vragen")).to_have_value("tien")
    expect(page.locator("#summary-nl")).to_have_value("Blijft staan")
    page.goto("about:blank")


def test_the_mistakes_page_is_accessible(browser: Browser, service: StagedService) -> None:
    service.ask(own_method(service.room))
    context = browser.new_context(bypass_csp=True)
    context.add_cookies([service.cookie()])
    page = context.new_page()
    page.goto(f"{service.origin}/methoden/incident-2/stap/vragen")
    page.fill("#name-nl", " ")
    page.locator("button.primary").click()
    expect(page.locator("#mistakes")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    context.close()


def test_a_step_moves_without_a_script(browser: Browser, service: StagedService) -> None:
    service.ask(own_method(service.room))
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([service.cookie()])
    page = context.new_page()
    page.goto(f"{service.origin}/methoden/incident-2")
    page.fill("#minutes-vragen", "25")
    page.get_by_role("button", name="“Vragen” omhoog").click()
    expect(page.locator(".method-steps h3").first).to_have_text("Vragen")
    expect(page.locator("#minutes-vragen")).to_have_value("25")
    context.close()


def test_a_chosen_file_is_shown_before_it_is_sent(
    page: Page, service: StagedService, tmp_path: Path
) -> None:
    file, large = tmp_path / "onze.toml", tmp_path / "groot.toml"
    file.write_text(dump_method(METHODS["crea"]), encoding="utf-8")
    large.write_text("#" * 50_000, encoding="utf-8")
    page.goto(f"{service.origin}/methode-invoer")
    page.set_input_files("#file", large)
    expect(page.locator("#file-trouble")).to_contain_text("te groot")
    page.set_input_files("#file", file)
    expect(page.locator("#text")).to_have_value(file.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Invoeren").click()
    expect(page.locator("h1")).to_have_text("CREA-M")


@pytest.mark.parametrize(("local", "how"), [("true", "sentence"), ("false", "tone")])
def test_a_cue_is_spoken_by_a_voice_of_this_machine_or_not_at_all(
    page: Page, service: StagedService, local: str, how: str
) -> None:
    service.ask(service.room.storage.preferences.put("sounds", {"questions": "sentence"}))
    page.add_init_script(_VOICES.replace("LOCAL", f"voice('nl-BE', {local})"))
    service.group()
    service.start(agreed=5, present=5)
    page.goto(f"{service.origin}/leiden")
    page.locator("h1").click()
    _three_closed_questions(service)
    assert _sounds(page) == [how]
    spoken = page.evaluate("window.spoken")
    assert [local for _, local in spoken] == ([True] if how == "sentence" else [])


def _sounds(page: Page) -> list[str]:
    """What sounded, once something did; the page's policy forbids to wait for it in the page."""
    for _ in range(100):
        found: list[str] = page.evaluate("window.sounds")
        if found:
            return found
        page.wait_for_timeout(100)
    return []


def _three_closed_questions(service: StagedService) -> None:
    service.do(NextStep())
    service.later(120)
    service.hear(*(question(90.0 + 9 * n, SentenceKind.GESLOTEN) for n in range(3)))
    service.later(1)
