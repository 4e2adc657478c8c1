"""Keeps the checksums of the corpus in project.yml, and says which file differs from its own.

Run from the repository's root: python -m models.nl.checksums [--write]
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import srsly  # type: ignore[import-untyped]

from models.nl.reading import CORPUS, HERE

PROJECT = HERE / "project.yml"
_MARK = "assets:\n"


def found() -> dict[str, str]:
    """Path inside the project → MD5 (the digest that spaCy projects use), of every corpus file."""
    files = sorted(file for file in CORPUS.rglob("*") if file.is_file())
    return {str(file.relative_to(HERE)): _digest(file) for file in files}


def _digest(file: Path) -> str:
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def written() -> dict[str, str]:
    """The checksums in project.yml."""
    assets = srsly.read_yaml(PROJECT)["assets"]
    return {asset["dest"]: asset["checksum"] for asset in assets}


def differing() -> list[str]:
    """Files that were added, removed or changed since the checksums were written."""
    now, then = found(), written()
    return sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))


def write() -> None:
    """Put the checksums of the files as they are now at the end of project.yml."""
    text = PROJECT.read_text("utf-8").split(_MARK)[0]
    rows = (f'  - {{dest: "{name}", checksum: "{digest}"}}\n' for name, digest in found().items())
    PROJECT.write_text(text + _MARK + "".join(rows), encoding="utf-8")


def main() -> int:
    """Write or compare; exit code 1 when a file differs."""
    if "--write" in sys.argv:
        write()
        return 0
    changed = differing()
    print("\n".join(f"{name} is not as in project.yml" for name in changed))
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
