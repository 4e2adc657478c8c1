"""The phones of a staged service: it shares its meeting on this machine's own address."""

from __future__ import annotations

from functools import partial

from playwright._impl._api_structures import SetCookieParam

from companion.dashboard.phones_application import make_phones_application
from companion.dashboard.service import HOST
from companion.dashboard.sharing import Shared
from companion.dashboard.sharing_addresses import Address
from companion.dashboard.visit import House


async def share(house: House) -> Shared:
    """Switch sharing on, on a port of the system's choice."""
    session, sharing = house.session, house.sharing
    session.settings = session.settings.model_copy(update={"share_port": 0})
    sharing.addresses = lambda: [Address(HOST, "lo")]
    await sharing.start(HOST, partial(make_phones_application, house))
    assert sharing.now is not None
    return sharing.now


def joined(shared: Shared, name: str) -> SetCookieParam:
    """The cookie of a phone that has joined."""
    _, session_id = shared.room.join(shared.room.code.code, "test", name)
    return {"name": shared.room.sessions.cookie, "value": session_id, "url": shared.site.origin}
