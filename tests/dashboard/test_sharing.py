"""The shared socket for real: TLS or nothing, and gone when the meeting is."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from companion.dashboard import protocol, sharing_certificate, sharing_server
from companion.dashboard.phones_application import make_phones_application
from companion.dashboard.sharing import Shared, Sharing
from companion.dashboard.sharing_addresses import Address
from companion.errors import ServiceError, UsageError
from companion.session.commands import EndMeeting
from tests.dashboard.visitor import Visitor

pytestmark = pytest.mark.enable_socket
HERE = "127.0.0.1"


@pytest.fixture
async def sharing(leader: Visitor) -> AsyncIterator[Sharing]:
    leader.room.settings = leader.room.settings.model_copy(update={"share_port": 0})
    leader.room.session.settings = leader.room.settings
    sharing = leader.house.sharing
    sharing.addresses = lambda: [Address(HERE, "lo")]
    yield sharing
    await sharing.stop()


async def _share(leader: Visitor) -> Shared:
    if leader.room.session.running is None:
        await leader.room.start()
    await leader.house.sharing.start(HERE, partial(make_phones_application, leader.house))
    return _now(leader)


def _now(leader: Visitor) -> Shared:
    shared = leader.house.sharing.now
    assert shared is not None
    return shared


def _browser(shared: Shared) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=shared.site.origin, verify=False)  # noqa: S501 - self-signed


async def _is_closed(shared: Shared) -> bool:
    port = int(shared.site.host.split(":")[1])
    try:
        _, writer = await asyncio.open_connection(HERE, port)
    except ConnectionRefusedError:
        return True
    writer.close()
    return False


@pytest.mark.usefixtures("sharing")
async def test_nothing_is_shared_until_somebody_asks(leader: Visitor) -> None:
    await leader.room.start()
    assert leader.house.sharing.now is None
    await leader.post("/delen/aan", {"address": HERE})
    page = (await leader.get("/delen")).text
    shared = _now(leader)
    assert all(word in page for word in (shared.site.origin, shared.room.code.shown))


@pytest.mark.usefixtures("sharing")
async def test_the_fingerprint_shown_is_that_of_the_certificate_served(leader: Visitor) -> None:
    shared = await _share(leader)
    port = int(shared.site.host.split(":")[1])
    pem = await asyncio.to_thread(ssl.get_server_certificate, (HERE, port))
    served = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()
    assert shared.certificate.fingerprint == served
    assert served in shared.link
    assert shared.certificate.shown.replace(" ", "").lower() == served


@pytest.mark.usefixtures("sharing")
async def test_a_phone_joins_over_tls_and_without_it_gets_nothing(leader: Visitor) -> None:
    shared = await _share(leader)
    async with _browser(shared) as browser:
        answer = await browser.post("/meedoen", data={"code": shared.room.code.code})
        assert answer.status_code == 303
        assert (await browser.get("/telefoon")).status_code == 200
        plain = shared.site.origin.replace("https", "http")
        with pytest.raises(httpx.HTTPError):
            await browser.get(plain)


async def test_the_end_of_the_meeting_closes_the_socket_and_forgets_the_phones(
    leader: Visitor, sharing: Sharing
) -> None:
    shared = await _share(leader)
    async with _browser(shared) as browser:
        await browser.post("/meedoen", data={"code": shared.room.code.code})
        assert len(shared.room) == 1
        async with browser.stream("GET", "/stroom") as stream:
            lines = stream.aiter_lines()
            assert "event: state" in [await anext(lines) for _ in range(3)]
            await leader.room.do(EndMeeting())
            assert "event: bye" in [line async for line in lines]
    await asyncio.wait_for(shared.task, 10)
    assert (sharing.on, len(shared.room)) == (False, 0)
    assert await _is_closed(shared)


async def test_switching_off_closes_the_socket_and_the_meeting_goes_on(
    leader: Visitor, sharing: Sharing
) -> None:
    shared = await _share(leader)
    await leader.post("/delen/uit")
    assert not sharing.on
    assert await _is_closed(shared)
    assert leader.room.session.running


async def test_shared_again_it_has_another_code_and_another_certificate(
    leader: Visitor, sharing: Sharing
) -> None:
    first = await _share(leader)
    await sharing.stop()
    second = await _share(leader)
    assert first.room.code.code != second.room.code.code
    assert first.certificate.fingerprint != second.certificate.fingerprint


async def test_without_a_meeting_there_is_nothing_to_share(
    leader: Visitor, sharing: Sharing
) -> None:
    with pytest.raises(UsageError, match="No meeting"):
        await sharing.start(HERE, partial(make_phones_application, leader.house))
    assert "zodra er een bijeenkomst loopt" in (await leader.get("/delen")).text


async def test_without_a_network_the_page_says_so(leader: Visitor, sharing: Sharing) -> None:
    await leader.room.start()
    sharing.addresses = list
    assert "zit niet op een netwerk" in (await leader.get("/delen")).text
    answer = await leader.post("/delen/aan", {"address": HERE})
    assert answer.status_code == 422
    assert not sharing.on


async def test_an_address_that_is_not_this_machines_is_refused(
    leader: Visitor, sharing: Sharing
) -> None:
    await leader.room.start()
    for address in ("0.0.0.0", "192.0.2.99", "evil.example", ""):  # noqa: S104
        assert (await leader.post("/delen/aan", {"address": address})).status_code == 422
    assert not sharing.on


async def test_without_tls_nothing_is_shared(
    leader: Visitor, sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ssl.SSLError("no elliptic curves here")

    monkeypatch.setattr(sharing_certificate, "_context", broken)
    await leader.room.start()
    answer = await leader.post("/delen/aan", {"address": HERE})
    assert answer.status_code == 503
    assert "versleutelde verbinding lukt hier niet" in answer.text
    assert not sharing.on


async def test_a_port_in_use_is_one_clear_line(leader: Visitor, sharing: Sharing) -> None:
    with socket.create_server((HERE, 0)) as taken:
        port = taken.getsockname()[1]
        leader.room.session.settings = leader.room.settings.model_copy(update={"share_port": port})
        await leader.room.start()
        answer = await leader.post("/delen/aan", {"address": HERE})
    assert (answer.status_code, sharing.on) == (503, False)
    assert "COMPANION_SHARE_PORT" in answer.text


def test_the_private_key_stays_on_no_disk(tmp_path: Path) -> None:
    sharing_certificate.make_certificate(HERE, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_written_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    with pytest.raises(ServiceError, match="No space left"):
        sharing_certificate.make_certificate(HERE, tmp_path)


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("sent", [b"", b"\x16\x03\x01\x02\x00\x01"])
async def test_who_never_finishes_the_handshake_is_shown_out(
    leader: Visitor, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(sharing_server, "HANDSHAKE_SECONDS", 0.3)
    shared = await _share(leader)
    reader, writer = await asyncio.open_connection(HERE, int(shared.site.host.split(":")[1]))
    writer.write(sent)
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()


@pytest.mark.usefixtures("sharing")
async def test_who_trickles_a_request_is_shown_out_too(
    leader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "SECONDS_TO_ASK", 0.3)
    shared = await _share(leader)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    port = int(shared.site.host.split(":")[1])
    reader, writer = await asyncio.open_connection(HERE, port, ssl=context)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-A")
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()
