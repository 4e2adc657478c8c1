from __future__ import annotations

import re

import pytest

from companion.dashboard.access import ACCESS, MAX_SESSIONS, Sessions, Viewer
from companion.dashboard.application import make_house, make_litestar
from tests.dashboard.visitor import PORT, Visitor
from tests.session.rooms import Room


def _routes(room: Room) -> set[str]:
    app = make_litestar(make_house(room.session, PORT))
    return {
        f"{method} {route.path_format}"
        for route in app.routes
        for method in getattr(route, "methods", ())
        if method not in {"HEAD", "OPTIONS"}
    }


def _filled(row: str) -> tuple[str, str]:
    method, path = row.split(" ", 1)
    return method, re.sub(r"\{[a-z_]+\}", "volgende", path)


OPEN = sorted(row for row, who in ACCESS.items() if who is None)
CLOSED = sorted(row for row, who in ACCESS.items() if who is not None)
FOR_THE_LEADER = sorted(row for row, who in ACCESS.items() if who == frozenset({Viewer.BEGELEIDER}))


async def test_every_route_has_a_row_and_every_row_a_route(room: Room) -> None:
    assert _routes(room) == set(ACCESS)


@pytest.mark.parametrize("row", CLOSED)
async def test_without_a_session_a_route_answers_nothing(stranger: Visitor, row: str) -> None:
    await stranger.group(id="volgende")
    method, path = _filled(row)
    answer = await stranger.client.request(method, path)
    assert answer.status_code == 401
    assert "Team Noord" not in answer.text


@pytest.mark.parametrize("row", FOR_THE_LEADER)
async def test_the_group_only_looks_at_its_screen(stranger: Visitor, row: str) -> None:
    sessions = stranger.house.sessions
    stranger.client.cookies.set(sessions.cookie, sessions.open(Viewer.GROUP))
    method, path = _filled(row)
    assert (await stranger.client.request(method, path)).status_code == 403


async def test_the_group_sees_its_screen(stranger: Visitor) -> None:
    sessions = stranger.house.sessions
    stranger.client.cookies.set(sessions.cookie, sessions.open(Viewer.GROUP))
    assert (await stranger.get("/scherm")).status_code == 200


@pytest.mark.parametrize("row", [row for row in CLOSED if row != "GET /stroom"])
async def test_with_a_session_every_route_answers(leader: Visitor, row: str) -> None:
    await leader.group(id="volgende")
    await leader.room.start()
    method, path = _filled(row)
    answer = await leader.client.request(method, path)
    assert answer.status_code in {200, 303, 404, 422}, answer.text


async def test_the_launch_link_works_once(stranger: Visitor) -> None:
    token = stranger.house.sessions.token
    first = await stranger.get("/binnen", params={"sleutel": token})
    stranger.client.cookies.clear()
    second = await stranger.get("/binnen", params={"sleutel": token})
    assert (first.status_code, second.status_code) == (303, 403)
    assert "set-cookie" not in second.headers


async def test_the_cookie_is_strict_and_out_of_reach_of_scripts(stranger: Visitor) -> None:
    cookie = (await stranger.come_in()).headers["set-cookie"].lower()
    assert cookie.startswith(f"companion-{PORT}=")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("token", ["", "x", "é" * 20, "\ud800", "0" * 2000])
def test_a_wrong_token_opens_nothing(token: str) -> None:
    sessions = Sessions("c")
    assert sessions.enter(token) is None
    assert sessions.enter(sessions.token)


async def test_a_session_id_of_the_clients_own_making_is_not_adopted(stranger: Visitor) -> None:
    stranger.client.cookies.set(stranger.house.sessions.cookie, "mine")
    await stranger.come_in()
    assert stranger.house.sessions.find("mine") is None


async def test_signing_out_ends_the_session_and_its_streams(leader: Visitor) -> None:
    session_id = leader.client.cookies[leader.house.sessions.cookie]
    session = leader.house.sessions.find(session_id)
    assert session is not None
    await leader.post("/afmelden")
    assert session.revoked.is_set()
    leader.client.cookies.set(leader.house.sessions.cookie, session_id)
    assert (await leader.get("/")).status_code == 401


def test_sessions_are_bounded_and_the_oldest_makes_room() -> None:
    sessions = Sessions("c")
    first = sessions.open(Viewer.GROUP)
    for _ in range(MAX_SESSIONS):
        sessions.open(Viewer.GROUP)
    assert sessions.find(first) is None
