"""Checks that the built pipeline can ship: whole, small enough, and the same bits as its parts.

The wheel takes the folder as it is. Run from the repository's root: python -m models.nl.package
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from companion.analysis.pipeline import PARTS, load
from models.nl.assemble import PIPELINE

LARGEST = 15 * 2**20
"""Bytes."""


def digest(folder: Path = PIPELINE) -> str:
    """SHA-256 over the names and contents of all files."""
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            whole.update(str(file.relative_to(folder)).encode())
            whole.update(file.read_bytes())
    return whole.hexdigest()


def main() -> int:
    """Print size and digest; exit code 1 when it can't ship."""
    size = sum(file.stat().st_size for file in PIPELINE.rglob("*") if file.is_file())
    print(f"{size / 2**20:.1f} MiB, sha256 {digest()}")
    missing = [name for name in PARTS if name not in load().pipe_names]
    if missing:
        print(f"missing: {', '.join(missing)}")
    return 1 if missing or size > LARGEST else 0


if __name__ == "__main__":
    sys.exit(main())
