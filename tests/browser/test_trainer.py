"""From the group's act to the trainer's trend, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from companion.reports.trainer_review import to_file
from tests.browser.staged import StagedService
from tests.browser.trained import with_reviews
from tests.method.figured import some_figures
from tests.reports.test_trainer_review import _given

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def test_a_group_gives_two_meetings_and_the_trainer_sees_the_trend(
    page: Page, browser: Browser, service: StagedService
) -> None:
    with_reviews(service)
    page.goto(f"{service.origin}/cijfers/m1/geven")
    page.get_by_role("button", name="Geven").click()
    code = page.locator(".code").inner_text()
    page.goto(f"{service.origin}/cijfers/m2/geven")
    page.get_by_role("button", name="Geven").click()
    expect(page.get_by_text("Met dezelfde code")).to_be_visible()

    elsewhere = browser.new_context()
    trainer = elsewhere.new_page()
    trainer.goto(f"{service.origin}/trainer/binnen")
    trainer.get_by_label("Code van de groep").fill(code.upper())
    trainer.get_by_role("button", name="Binnenkomen").click()
    trainer.get_by_role("link", name="Verloop, doelen en notities").click()
    early = trainer.get_by_role("article", name="Advies vóór zijn ronde")
    expect(early).to_contain_text("het midden van deze groep is 2,5 keer: beter")
    assert "Team Noord" not in trainer.content()
    trainer.get_by_label("Waaraan werkt de groep?").select_option(label="Spreektijd verdeeld")
    trainer.get_by_role("button", name="Doel toevoegen").click()
    expect(trainer.locator(".goals li")).to_have_count(2)

    page.goto(f"{service.origin}/beginnen?groep=groep1")
    expect(page.get_by_text("Spreektijd verdeeld")).to_be_visible()
    page.goto(f"{service.origin}/cijfers/m2/geven")
    page.get_by_role("button", name="Terugtrekken").click()
    assert trainer.goto(f"{service.origin}/trainer/reviews/m2").status == 404  # type: ignore[union-attr]
    elsewhere.close()


def test_a_file_is_chosen_and_opened(page: Page, service: StagedService) -> None:
    content = to_file(_given(some_figures("m9", group="g9")))
    page.goto(f"{service.origin}/trainer/openen")
    file = {"name": "review.json", "mimeType": "application/json", "buffer": content}
    page.get_by_label("Bestand van de groep").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("Hoe noem je deze groep?").fill("Groep van dinsdag")
    expect(page.get_by_label("Inhoud van het bestand")).not_to_have_value("")
    page.get_by_role("button", name="Openen").click()
    expect(page.get_by_role("heading", name="Review van een bijeenkomst")).to_be_visible()
