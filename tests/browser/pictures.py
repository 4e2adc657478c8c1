"""The README's pictures, made anew: `python -m tests.browser.pictures`.

Two states as small WebP files (at most 60 kB each) in tests/browser/pictures/.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from companion.dashboard.service_log import set_up_logging
from tests.browser.chromium import chromium
from tests.browser.staged import StagedService
from tests.browser.states import heard

FOLDER = Path(__file__).parent / "pictures"
_QUALITY = 60
_ENCODE = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/webp", %s).split(",")[1];
}"""


def main() -> None:
    """The begeleider's page with a cue, and the group's screen."""
    set_up_logging("ERROR")
    FOLDER.mkdir(exist_ok=True)
    with (
        chromium() as browser,
        tempfile.TemporaryDirectory() as folder,
        StagedService(Path(folder)) as service,
    ):
        heard(service)
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, color_scheme="light", reduced_motion="reduce"
        )
        context.add_cookies([service.cookie()])
        page = context.new_page()
        for name in ("leiden", "scherm"):
            page.goto(f"{service.origin}/{name}", wait_until="load")
            page.wait_for_timeout(500)
            size = _save(page, FOLDER / f"{name}.webp")
            sys.stdout.write(f"{name}.webp {size} bytes\n")


def _save(page: Page, file: Path) -> int:
    """The window as WebP, packed by the browser itself; its size in bytes."""
    png = base64.b64encode(page.screenshot()).decode()
    file.write_bytes(base64.b64decode(page.evaluate(_ENCODE % (_QUALITY / 100), png)))
    return file.stat().st_size


if __name__ == "__main__":
    main()
