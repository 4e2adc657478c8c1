"""Text without the signs that break a file or a line: what people typed, as it reads. Pure."""

from __future__ import annotations

import unicodedata
from typing import Any, TypeVar

import msgspec

_TURNS = frozenset("\u200b\u2028\u2029\ufeff" + "".join(map(chr, range(0x202A, 0x202F))))
_ISOLATES = frozenset(map(chr, (*range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)))
_BROKEN = frozenset({"Cc", "Cs", "Cn", "Co"})
_Struct = TypeVar("_Struct", bound=msgspec.Struct)


def plain(text: str) -> str:
    """One line: control, unassigned and direction-turning characters become a space."""
    kept = (" " if _breaks(char) else char for char in text)
    return " ".join("".join(kept).split())


def plain_throughout(struct: _Struct) -> _Struct:
    """A Struct of texts with every text plain."""
    return msgspec.convert(_walk(msgspec.to_builtins(struct)), type(struct))


def _breaks(char: str) -> bool:
    turns = char in _TURNS or char in _ISOLATES
    return turns or unicodedata.category(char) in _BROKEN


def _walk(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: _walk(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_walk(each) for each in value]
    return value
