from __future__ import annotations

import gzip
import hashlib
import tomllib
from pathlib import Path

from companion.dashboard.static_files import read_static_files
from companion.resources import bundled

_WEB = bundled("web")


def _vendored() -> list[dict[str, str]]:
    files: list[dict[str, str]] = tomllib.loads((_WEB / "vendor.toml").read_text())["file"]
    return files


def test_every_vendored_file_is_what_its_package_published() -> None:
    for entry in _vendored():
        assert hashlib.sha256((_WEB / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]
        assert (_WEB / entry["licence_file"]).is_file()


def test_nothing_vendored_goes_without_an_entry() -> None:
    noted = {e["path"] for e in _vendored()} | {e["licence_file"] for e in _vendored()}
    there = {file.relative_to(_WEB).as_posix() for file in (_WEB / "static/vendor").iterdir()}
    assert there == noted


def test_the_address_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("one")
    before = read_static_files(tmp_path).root
    (tmp_path / "a.css").write_text("two")
    assert read_static_files(tmp_path).root != before


def test_no_style_or_script_of_ours_reaches_outside() -> None:
    for file in (_WEB / "static").rglob("*"):
        if file.suffix in {".css", ".js"} and "vendor" not in file.parts:
            assert "http" not in file.read_text().replace("http-equiv", ""), file


def test_what_every_page_loads_weighs_little() -> None:
    files = read_static_files(_WEB / "static").by_path
    loaded = sum(len(f.packed or f.body) for name, f in files.items() if not name.endswith(".txt"))
    assert loaded < 110_000  # with about 40 kB of page that stays under 150 kB


def test_texts_go_packed_to_a_browser_that_can_unpack_them() -> None:
    file = read_static_files(_WEB / "static").by_path["styles/tokens.css"]
    body, headers = file.for_browser("br, gzip;q=1.0")
    assert gzip.decompress(body) == file.body
    assert headers["content-encoding"] == "gzip"
    assert file.for_browser("identity") == (file.body, {"vary": "accept-encoding"})


def test_a_font_is_packed_already() -> None:
    files = read_static_files(_WEB / "static").by_path
    (font,) = [file for name, file in files.items() if name.endswith(".woff2")]
    assert font.for_browser("gzip") == (font.body, {})
