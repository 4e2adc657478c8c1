"""What a group agreed comes back at its next meeting, and stays in its history."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.staged import StagedService

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def _begin(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Begin een bijeenkomst")).click()
    page.get_by_label(re.compile("Wat hier gezegd wordt")).check()
    page.get_by_role("button", name="Begin zonder meeluisteren").click()


def _agree(page: Page, what: str) -> None:
    page.get_by_label("Wat ga je doen?").last.fill(what)
    page.get_by_label("Wie?").last.fill("Daan")
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_role("article", name=what)).to_be_visible()


def _end(page: Page, service: StagedService) -> None:
    page.goto(f"{service.origin}/leiden/afronden")
    page.get_by_role("button", name="Ja, afronden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Actieplan")


def test_a_plan_opens_the_next_meeting_and_both_stay_in_the_history(
    page: Page, service: StagedService
) -> None:
    group = f"{service.origin}/groepen/{service.group(method='werkplek')}"
    page.goto(group)
    _begin(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Verzamelen")
    page.goto(f"{service.origin}/plan")
    _agree(page, "Sem laten kiezen")
    page.get_by_text("Zelf een afspraak toevoegen").click()
    _agree(page, "Mijn teamleider bellen")
    service.later(1800)
    _end(page, service)
    page.get_by_label("De vraag van de inbrenger").fill("Hoe geef ik Sem ruimte?")
    page.get_by_role("button", name="Bewaren").last.click()
    service.later(7 * 86_400)

    page.goto(group)
    _begin(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Terugblik")
    page.get_by_role("link", name="Open acties van vorige keer").click()
    first = page.get_by_role("article", name="Sem laten kiezen")
    first.get_by_role("radio", name="gedaan", exact=True).check()
    first.get_by_label("Eén ding dat je ervan leerde").fill("Wachten helpt")
    first.get_by_role("button", name="Vastleggen").click()
    second = page.get_by_role("article", name="Mijn teamleider bellen")
    second.get_by_role("radio", name="niet gedaan").check()
    second.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_text("Alles is besproken.")).to_be_visible()
    page.get_by_role("link", name="Terug naar leiden").click()
    service.later(1800)
    _end(page, service)
    service.later(1)

    page.goto(group)
    rows = page.get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.nth(2)).to_contain_text("1 gedaan")
    expect(rows.nth(2)).to_contain_text("1 niet gedaan")
    page.get_by_role("link", name="Alle acties door de tijd").click()
    expect(page.get_by_text("Wachten helpt")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Actieplan .*")).click()
    expect(page.get_by_label("De vraag van de inbrenger")).to_have_value("Hoe geef ik Sem ruimte?")
    page.get_by_role("link", name="Samenvatting").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename.startswith("intervisie-team-noord-")
    page.get_by_role("button", name="Kopieer").wait_for()
