"""A document as PDF/UA-1, set by typst with the fonts that it brings along. Pure.

Texts go in as JSON and are shown as strings, so nothing in them is markup. A character that
no font at hand can draw would make the file inaccessible; its name stands in its place.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

import msgspec
import typst

from companion.reports.document import Document, texts
from companion.reports.plain import plain_throughout

_TEMPLATE = Path(__file__).with_name("document.typ")
_PROBE = b'#set document(title: "x")\n#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))\n'
_SURE_TO = 0x0180
"""Below this code point the fonts have every letter."""
_MOST_PROBES = 64
"""Rare characters that are looked up for one document; the others are named unseen."""
_SILENT = frozenset({"Mn", "Me", "Cf", "Sk"})


def pdf(document: Document) -> bytes:
    """The file."""
    shown = plain_throughout(document)
    source = msgspec.json.encode(shown).decode()
    rare = sorted({char for text in texts(shown) for char in text if ord(char) >= _SURE_TO})
    drawn = {char for char in rare[:_MOST_PROBES] if _can_draw(char)}
    data = source.translate({ord(char): _named(char) for char in rare if char not in drawn})
    return _compile(_TEMPLATE.read_bytes(), {"document": data})


@lru_cache(maxsize=4096)
def _can_draw(char: str) -> bool:
    try:
        _compile(_PROBE + f'#"\\u{{{ord(char):x}}}"'.encode(), {})
    except typst.TypstError:
        return False
    return True


def _named(char: str) -> str:
    """What stands for a character without a picture; signs that only change another are dropped."""
    if unicodedata.category(char) in _SILENT:
        return ""
    return f"[{unicodedata.name(char, f'U+{ord(char):04X}').lower()}]"


def _compile(source: bytes, inputs: dict[str, str]) -> bytes:
    made = typst.compile(
        source,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs=inputs,
    )
    return bytes(made)
