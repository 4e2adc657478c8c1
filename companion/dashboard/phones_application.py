"""What stands behind the socket for phones: few routes, and a gate for its own address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp

from companion.dashboard.access import phone_may_enter
from companion.dashboard.doorway import Doorway
from companion.dashboard.gate import Site
from companion.dashboard.phones_entrance import PhonesEntrance
from companion.dashboard.phones_pages import PhonesPages
from companion.dashboard.phones_room import PhonesRoom
from companion.dashboard.phones_stream import PhoneStream
from companion.dashboard.routing import make_routes
from companion.dashboard.static_files import PREFIX
from companion.dashboard.trouble_pages import http_trouble
from companion.dashboard.visit import House, goto

CONTROLLERS = (PhonesEntrance, PhonesPages, PhoneStream)


def make_phones_application(house: House, room: PhonesRoom, site: Site) -> ASGIApp:
    """The whole, gate outermost."""
    return Doorway(make_phones_routes(house, room), site, f"{PREFIX}/")


def make_phones_routes(house: House, room: PhonesRoom) -> Litestar:
    """The routes without the gate; a test walks them.

    The room's own sessions take the place of the house's, so that no session of one socket
    means anything on the other.
    """
    shared = replace(house, sessions=room.sessions, names={})
    return make_routes(shared, CONTROLLERS, phone_may_enter, _refused, room=room)


def _refused(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Without a session there is one place to go: where the code is asked.

    A page that asks something at the moment when sharing ends stays as it is: its stream says
    goodbye, and the place where the code is asked closes.
    """
    if error.status_code != 401:
        return http_trouble(request, error)
    room: PhonesRoom = request.app.state.room
    if room.closed and request.headers.get("hx-request") == "true":
        return Response(None, status_code=204)
    if request.headers.get("hx-request") == "true":
        return Response("", status_code=401, headers={"HX-Redirect": "/"}, media_type="text/html")
    return goto("/") if request.method == "GET" else http_trouble(request, error)
