"""Between rows and Structs."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from sqlalchemy import Row

Record = TypeVar("Record", bound=msgspec.Struct)


def to_row(record: msgspec.Struct) -> dict[str, Any]:
    """A Struct as the values of its columns."""
    values: dict[str, Any] = msgspec.to_builtins(record)
    return values


def from_row(row: Row[Any], kind: type[Record]) -> Record:
    """A row as a Struct; columns that the Struct does not have are left out."""
    values = row._mapping  # noqa: SLF001 (its public name, oddly)
    return msgspec.convert({str(name): value for name, value in values.items()}, kind)
