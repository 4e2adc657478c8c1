"""What somebody asks to erase, and doing it."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from companion.storage.forget import Receipt
from companion.storage.opening import Storage
from companion.storage.records import MeetingRecord

Subject: TypeAlias = Literal["meeting", "group", "member", "everything"]


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """`which` is a meeting's or a group's id, or a member's name in `group`; empty: everything."""

    what: Subject
    which: str = ""
    group: str = ""


def concerns(erasure: Erasure, meeting: MeetingRecord) -> bool:
    """Whether the erasure takes something of this meeting."""
    return {
        "meeting": erasure.which == meeting.id,
        "group": erasure.which == meeting.group,
        "member": erasure.group == meeting.group,
        "everything": True,
    }[erasure.what]


async def erase(storage: Storage, erasure: Erasure) -> Receipt:
    """Erase; the receipt says what was verified."""
    if erasure.what == "everything":
        return await storage.forget.everything()
    if erasure.what == "meeting":
        return await storage.forget.meeting(erasure.which)
    if erasure.what == "group":
        return await storage.forget.group(erasure.which)
    return await storage.forget.member(erasure.group, erasure.which)
