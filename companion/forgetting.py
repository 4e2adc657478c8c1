"""`companion forget`: erase, and say what was verified."""

from __future__ import annotations

import asyncio
from typing import get_args

from companion.errors import StorageError, UsageError
from companion.settings import load_settings
from companion.storage.erasure import Erasure, Subject, erase
from companion.storage.forget import Receipt
from companion.storage.opening import Storage, open_storage


def forget_now(what: str, which: str, group: str = "") -> Receipt:
    """Erase a meeting (by id), a group (by id or name), a member (by name), or everything."""
    subject = next((known for known in get_args(Subject) if known == what), None)
    if subject is None:
        raise UsageError(
            "forget.what", f"Unknown: {what!r}", "Use meeting, group, member or everything"
        )
    if subject != "everything" and not which:
        raise UsageError("forget.which", f"Which {what}?", f"companion forget {what} WHICH")
    return asyncio.run(_forget(subject, which, group))


def receipt_line(receipt: Receipt) -> str:
    """The receipt as one line."""
    checked = "verified on the file" if receipt.verified else "NOT verified"
    if receipt.place == "server" and receipt.verified:
        checked = "verified in the tables; a server's own log and backups are out of sight"
    return (
        f"{receipt.what}: {receipt.rows} rows erased, {checked}; exported files are yours to erase"
    )


async def _forget(what: Subject, which: str, group: str) -> Receipt:
    settings = load_settings()
    if not settings.database_url and not settings.database_file.exists():
        raise StorageError("storage.none", "There is no database yet", "Nothing to erase")
    storage = await open_storage(settings)
    try:
        return await _carry_out(storage, what, which, group)
    finally:
        await storage.close()


async def _carry_out(storage: Storage, what: Subject, which: str, group: str) -> Receipt:
    if what == "group":
        which = await _group_id(storage, which)
    if what == "member":
        if not group:
            raise UsageError(
                "forget.group", "In which group?", "companion forget member NAME --group GROUP"
            )
        group = await _group_id(storage, group)
    return await erase(storage, Erasure(what=what, which=which, group=group))


async def _group_id(storage: Storage, wanted: str) -> str:
    """The id of the group with this id or, where only one bears it, this name."""
    groups = await storage.groups.list()
    found = [g.id for g in groups if wanted == g.id] or [g.id for g in groups if wanted == g.name]
    if len(found) != 1:
        problem = "There is no group" if not found else "More than one group is called"
        raise UsageError("forget.group", f"{problem} {wanted!r}")
    return found[0]
