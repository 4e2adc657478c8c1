"""A meeting that is over, and a service that was started anew since."""

from __future__ import annotations

from companion.session.commands import ConfirmAgreement, EndMeeting
from tests.dashboard.visitor import Visitor


async def ended(visitor: Visitor, *agreements: ConfirmAgreement, group: str = "g1") -> str:
    """The id of a meeting of the group that just ended with these agreements."""
    if await visitor.room.storage.groups.get(group) is None:
        await visitor.group(id=group)
    meeting = await visitor.room.start(group=group, members=("Ans", "Bilal"))
    visitor.room.clock.advance(300)
    await visitor.room.do(*(agreements or (ConfirmAgreement(what="Bellen", who="Ans"),)))
    await visitor.room.do(EndMeeting())
    await visitor.room.tick(1)
    return meeting


async def restart(visitor: Visitor) -> None:
    """The service stops and starts; nothing of it is in memory any more."""
    visitor.room.crash(60)
    visitor.house.session = visitor.room.session
    visitor.house.names.clear()
    await visitor.room.session.resume()
