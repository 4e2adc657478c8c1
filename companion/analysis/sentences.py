"""Where one sentence ends and the next begins, in text whose marks can't be trusted."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+|\s*[\r\n]+\s*")
_ABBREVIATION = re.compile(
    r"\b(?:dhr|mevr|mw|mr|dr|drs|ing|ir|prof|bijv|nr|ca|st|blz|tel)\.$", re.IGNORECASE
)


def split_at_marks(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, cut at final marks only."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[start : match.start()]):
            continue
        if text[start : match.start()].strip():
            spans.append((start, match.start()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans
