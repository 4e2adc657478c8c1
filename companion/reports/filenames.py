"""Names for files that go out: letters and digits that every system takes. Pure."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60


def file_name(parts: tuple[str, ...], ending: str) -> str:
    """Parts joined by hyphens in plain lower-case ASCII; never empty, never hidden."""
    plain = unicodedata.normalize("NFKD", "-".join(parts)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return f"{words[:_LONGEST].strip('-') or 'intervisie'}.{ending}"
