"""What a browser sees, as figures: `python -m tests.browser.measure`. Prints JSON.

Per page: bytes over the line with an empty cache, milliseconds to the first contentful paint,
layout shift (CLS). Then, on the live page: milliseconds from a change in the service to the
pixels (the frame after the page was changed), and from the network's return to the present
state. All on the loopback with the real service.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from companion.dashboard.service_log import set_up_logging
from companion.session.commands import AddMinutes, NextStep
from tests.browser.chromium import chromium
from tests.browser.staged import StagedService
from tests.browser.states import heard, with_history

_PAGES = ("/", "/groepen/groep1", "/beginnen?groep=groep1", "/leiden", "/scherm", "/plan")
_CHANGES = 60
_WATCH = """() => {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
}"""
_PAINT = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null"""
_SHOWN = """(text) => new Promise((done) => {
  const now = () => document.querySelector(".dial .of").textContent.replace(/\\s+/g, " ").trim();
  const seen = () => requestAnimationFrame(() => setTimeout(() => done(Date.now()), 0));
  if (now() === text) return seen();
  const watching = new MutationObserver(() => {
    if (now() !== text) return;
    watching.disconnect();
    seen();
  });
  watching.observe(document.getElementById("live"), {
    subtree: true, childList: true, characterData: true});
})"""


def main() -> None:
    """Measure and print."""
    set_up_logging("ERROR")
    with (
        chromium() as browser,
        tempfile.TemporaryDirectory() as folder,
        StagedService(Path(folder)) as service,
    ):
        with_history(service)
        pages = {path: _page(browser, service, path) for path in _PAGES[:3]}
        heard(service)
        pages |= {path: _page(browser, service, path) for path in _PAGES[3:]}
        update = _updates(browser, service)
        back = [_reconnect(browser, service) for _ in range(3)]
    result = {"pages": pages, "event_to_pixel_ms": update, "reconnect_ms": max(back)}
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


def _open(browser: Browser, service: StagedService) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([service.cookie()])
    return context.new_page()


def _page(browser: Browser, service: StagedService, path: str) -> dict[str, Any]:
    page = _open(browser, service)
    weights: list[float] = []
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda done: weights.append(done["encodedDataLength"]))
    page.add_init_script(f"({_WATCH})()")
    page.goto(service.origin + path, wait_until="load")
    page.wait_for_timeout(1200)
    found = {
        "bytes": int(sum(weights)),
        "first_paint_ms": round(page.evaluate(_PAINT) or 0.0),
        "layout_shift": round(page.evaluate("window.shift"), 4),
    }
    page.context.close()
    return found


def _updates(browser: Browser, service: StagedService) -> dict[str, float]:
    page = _open(browser, service)
    page.goto(f"{service.origin}/leiden", wait_until="load")
    page.wait_for_timeout(800)
    planned = round(service.room.view.clock.planned / 60)
    waits = []
    for number in range(_CHANGES):
        change = 1 if number % 2 == 0 else -1
        planned += change
        page.evaluate(f"window.shown = ({_SHOWN})('van {planned} minuten'); 0")
        asked = time.time()
        service.do(AddMinutes(minutes=change))
        waits.append(page.evaluate("window.shown") - asked * 1000)
    page.context.close()
    return {
        "p50": round(statistics.median(waits), 1),
        "p95": round(statistics.quantiles(waits, n=20)[18], 1),
        "changes": _CHANGES,
    }


def _reconnect(browser: Browser, service: StagedService) -> int:
    """The network goes and the service drops the stream; what changed meanwhile is shown."""
    page = _open(browser, service)
    page.goto(f"{service.origin}/leiden", wait_until="load")
    page.wait_for_timeout(800)
    page.context.set_offline(True)
    service.house.session._changes.close()
    service.do(NextStep())
    step = service.room.view.steps[service.room.view.clock.step].step.name.nl
    page.wait_for_timeout(3000)
    page.context.set_offline(False)
    back = time.monotonic()
    page.get_by_role("heading", level=1, name=step).wait_for(timeout=10_000)
    taken = round((time.monotonic() - back) * 1000)
    page.context.close()
    return taken


if __name__ == "__main__":
    main()
