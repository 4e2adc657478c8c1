"""Phones in a real browser: from the QR code to the outcome of the evaluation, at 360 pixels."""

from __future__ import annotations

import hashlib
import re
import ssl

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from companion.session.commands import EndMeeting, GoToStep
from companion.session.lifecycle import Session
from companion.session.slips import SlipKind
from tests.browser.staged import StagedService

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def _fingerprint(origin: str) -> str:
    """Of the certificate that is really served, as a browser's warning shows it."""
    host, port = origin.removeprefix("https://").split(":")
    der = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate((host, int(port))))
    return hashlib.sha256(der).hexdigest().upper()


def _phone(browser: Browser) -> Page:
    """A phone whose owner compared the fingerprint and went on."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        ignore_https_errors=True,
        reduced_motion="reduce",
        has_touch=True,
    )
    return context.new_page()


def _answer(phone: Page, *values: int) -> None:
    phone.get_by_role("link", name="Vul de evaluatie in").click()
    sliders = phone.get_by_role("slider")
    expect(sliders).to_have_count(len(values))  # all() does not wait for the page
    for slider, value in zip(sliders.all(), values, strict=True):
        slider.fill(str(value))
    phone.get_by_role("button", name="Versturen").click()
    expect(phone.get_by_text("Dank je. De uitkomst")).to_be_visible()


def _settle(phone: Page, asked: list[Request]) -> None:
    """It has what it asked for: what is asked as the meeting ends may find nobody."""
    phone.wait_for_timeout(300)
    while asked:
        phone.wait_for_timeout(300)


def test_from_the_qr_code_to_a_slip_on_the_begeleiders_page(
    page: Page, browser: Browser, service: StagedService
) -> None:
    service.group(method="socratisch")
    service.start(method="socratisch", agreed=5, present=5)
    shared = service.share()
    page.goto(f"{service.origin}/leiden")
    page.get_by_role("link", name=re.compile("telefoons doen mee")).click()
    shown = page.get_by_label("Vingerafdruk (SHA-256)").inner_text()
    assert "".join(shown.split()) == _fingerprint(shared.site.origin)

    phone = _phone(browser)
    complaints: list[str] = []
    phone.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[Request] = []
    phone.on("request", lambda each: asked.append(each) if each.url.endswith("/nu") else None)
    phone.on("requestfinished", lambda each: asked.remove(each) if each in asked else None)
    phone.goto(shared.link)
    expect(phone.get_by_label("Code")).to_have_value(shared.room.code.code)
    expect(phone).not_to_have_url(re.compile("code"))  # the browser tells it a moment later
    phone.get_by_text("Is dit de echte verbinding?").click()
    compared = phone.locator("[data-fingerprint]").inner_text()
    assert "".join(compared.split()) == "".join(shown.split())
    phone.get_by_label("Naam of initialen").fill("Chantal")
    phone.get_by_role("button", name="Doe mee").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Casus")

    service.do(GoToStep(step=1))
    field = phone.get_by_label("Noteer voor jezelf")
    field.fill("Wat maakte je zo stil?")
    phone.get_by_role("button", name="Bewaren").click()
    expect(phone.locator(".slip")).to_contain_text("Wat maakte je zo stil?")
    expect(field).to_have_value("")
    service.do(GoToStep(step=2))
    expect(field).to_have_count(0)
    page.goto(f"{service.origin}/leiden")
    phone.get_by_role("button", name="Geef door").click()
    expect(page.locator(".slips")).to_contain_text("Wat maakte je zo stil?")
    expect(page.locator(".slips")).to_contain_text("Chantal")
    page.get_by_role("button", name="+1 warm").click()
    expect(page.locator(".value.warm .count")).to_have_text("1")

    phone.get_by_role("button", name="Stop met luisteren").click()
    expect(page.get_by_text("Iemand heeft het meeluisteren gestopt.")).to_be_visible()
    assert service.room.ears.stops == 1
    page.get_by_role("button", name="In het plan").click()
    expect(page.locator(".found")).to_contain_text("Wat maakte je zo stil?")
    _settle(phone, asked)
    service.do(EndMeeting())
    expect(phone.get_by_role("heading", level=1)).to_have_text("Het delen is gestopt")
    phone.wait_for_timeout(2500)  # in which a page that goes on asking would have asked
    assert complaints == []
    phone.context.close()


def test_four_answers_make_an_outcome_that_all_see(
    page: Page, browser: Browser, service: StagedService
) -> None:
    service.group()
    service.start()
    service.do(GoToStep(step=5))
    service.share()
    phones = []
    for veilig in (8, 3, 9, 10):
        phone = _phone(browser)
        service.share("")
        assert service.phone is not None
        phone.context.add_cookies([service.phone])
        phone.goto(service.url("phone:/telefoon"))
        _answer(phone, veilig, 6, 9)
        phones.append(phone)
    page.goto(f"{service.origin}/evaluatie")
    expect(page.get_by_role("img")).to_have_count(0)
    page.get_by_role("button", name="Toon de uitkomst").click()
    for shown in (page, phones[0]):
        expect(shown.get_by_role("img", name="van 3 tot 10, midden 8,5")).to_be_visible()
    for phone in phones:
        phone.context.close()


def test_half_a_sentence_survives_what_happens_meanwhile(
    page: Page, service: StagedService
) -> None:
    service.group()
    service.start()
    service.do(GoToStep(step=1))
    service.share("Chantal")
    assert service.phone is not None
    page.context.add_cookies([service.phone])
    page.goto(service.url("phone:/telefoon"))
    page.get_by_label("Noteer voor jezelf").press_sequentially("Half een")
    session = service.house.session
    service.ask(_told(session))
    page.wait_for_timeout(400)
    page.keyboard.type(" zin")
    expect(page.get_by_label("Noteer voor jezelf")).to_have_value("Half een zin")


async def _told(session: Session) -> None:
    session.tell("SlipsChanged")


def test_a_slider_that_nobody_moved_is_asked_for(page: Page, service: StagedService) -> None:
    service.group()
    service.start()
    service.do(GoToStep(step=5))
    page.goto(f"{service.origin}/evaluatie")
    first, second, _ = page.get_by_role("slider").all()
    first.fill("7")
    second.press("ArrowRight")
    page.get_by_role("button", name="Klaar, geef door").click()
    expect(page.get_by_role("alert")).to_have_text("Verschuif eerst alle drie de knoppen.")
    page.get_by_role("slider").nth(2).click()
    page.get_by_role("button", name="Klaar, geef door").click()
    expect(page.get_by_text("Dank je. Geef het scherm door")).to_be_visible()
    expect(page.locator("output").first).to_have_text("–")


def test_slips_and_names_that_are_scripts_run_nowhere(page: Page, service: StagedService) -> None:
    payload = "<img src=x onerror=window.broken=1><script>window.broken=1</script>"
    service.group()
    service.start()
    shared = service.share(payload[:40])
    room = shared.room
    slip = room.slips.write("0", SlipKind.VRAAG, payload)
    room.slips.hand_over("0", slip.id, payload)
    assert service.phone is not None
    page.context.add_cookies([service.phone])
    for address in (f"{service.origin}/leiden", service.url("phone:/telefoon")):
        page.goto(address)
        expect(page.locator(".slip")).to_contain_text("<img src=x")
        assert page.evaluate("window.broken") is None


def test_a_page_on_a_phone_weighs_less_than_its_limit(page: Page, service: StagedService) -> None:
    service.group()
    service.start()
    service.share("Chantal")
    assert service.phone is not None
    page.context.add_cookies([service.phone])
    sizes: list[int] = []
    page.on(
        "response",
        lambda each: None if each.url.endswith("/stroom") else sizes.append(len(each.body())),
    )
    page.goto(service.url("phone:/telefoon"), wait_until="load")
    assert 10_000 < sum(sizes) <= 150_000
