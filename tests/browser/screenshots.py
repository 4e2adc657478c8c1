"""Every page and state as pictures: `python -m tests.browser.screenshots [NAME …]`.

They go to screenshots/ (ignored by git), named state-width-scheme-language.png.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from companion.dashboard.service_log import set_up_logging
from tests.browser.chromium import chromium
from tests.browser.staged import StagedService
from tests.browser.states import STATES, State

FOLDER = Path(__file__).resolve().parents[2] / "screenshots"
set_up_logging("ERROR")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = ((360, 740), (1280, 800), (1920, 1080))
BEAMER = (1024, 768)
"""What an old beamer shows: only the group's screen is for one."""


def main(wanted: list[str]) -> None:
    """Take all pictures, or those of the named states."""
    FOLDER.mkdir(exist_ok=True)
    if not wanted:
        shutil.rmtree(FOLDER)
        FOLDER.mkdir()
    with chromium() as browser:
        for state in STATES:
            if not wanted or state.name in wanted:
                take(browser, state)
                sys.stdout.write(f"{state.name}\n")


def take(browser: Browser, state: State) -> None:
    """One state in its sizes, light and dark; Dutch, and English at one size."""
    with tempfile.TemporaryDirectory() as folder, StagedService(Path(folder)) as service:
        state.reach(service)
        for width, height in (*SIZES, BEAMER) if state.path == "/scherm" else SIZES:
            for scheme in SCHEMES:
                language = "en" if (width, scheme) == (1280, "dark") else "nl"
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                    ignore_https_errors=True,
                )
                if state.name != "buiten":
                    context.add_cookies(service.cookies())
                context.add_cookies([{"name": "taal", "value": language, "url": service.origin}])
                page = context.new_page()
                page.goto(service.url(state.path), wait_until="load")
                page.wait_for_timeout(250)
                _picture(page, f"{state.name}-{width}-{scheme}-{language}")
                context.close()


def _picture(page: Page, name: str) -> None:
    """The whole page; where a bar sticks to the window, its top and its bottom."""
    if not page.locator(".controls").count():
        page.screenshot(path=str(FOLDER / f"{name}.png"), full_page=True)
        return
    page.screenshot(path=str(FOLDER / f"{name}.png"))
    page.keyboard.press("End")
    page.wait_for_timeout(100)
    page.screenshot(path=str(FOLDER / f"{name}-onder.png"))


if __name__ == "__main__":
    main(sys.argv[1:])
