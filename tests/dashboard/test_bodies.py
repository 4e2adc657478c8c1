from __future__ import annotations

import asyncio
from typing import Any

import pytest

from companion.dashboard import bodies
from companion.dashboard.bodies import MAX_BYTES, BodyRefused, ClientLeft, json_depth, read_body


def arriving(*chunks: bytes) -> bodies.Receive:
    waiting = [
        {"type": "http.request", "body": chunk, "more_body": index + 1 < len(chunks)}
        for index, chunk in enumerate(chunks)
    ]

    async def receive() -> Any:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    return receive


async def test_a_body_in_pieces_is_put_together() -> None:
    assert await read_body(arriving(b"a=", b"1"), b"", b"") == b"a=1"


async def test_the_largest_body_gets_in_and_one_byte_more_does_not() -> None:
    assert len(await read_body(arriving(b"x" * MAX_BYTES), b"", b"")) == MAX_BYTES
    with pytest.raises(BodyRefused) as refused:
        await read_body(arriving(b"x" * MAX_BYTES, b"x"), b"", b"")
    assert refused.value.refusal.status == 413


@pytest.mark.parametrize("announced", [str(MAX_BYTES + 1).encode(), b"9" * 5000])
async def test_a_body_announced_as_too_large_is_not_read(announced: bytes) -> None:
    with pytest.raises(BodyRefused):
        await read_body(arriving(b"small"), b"", announced)


async def test_deep_json_is_refused_before_anything_parses_it() -> None:
    with pytest.raises(BodyRefused):
        await read_body(arriving(b"[" * 33 + b"]" * 33), b"application/json", b"")
    assert await read_body(arriving(b"[" * 32 + b"]" * 32), b"application/json", b"")


@pytest.mark.parametrize(
    ("body", "depth"),
    [
        (b"", 0),
        (b'"[[[["', 0),
        (b'{"a": "\\"[[["}', 1),
        (b'{"a": [1, {"b": 2}]}', 3),
        (b"]]]][", 0),
    ],
)
def test_depth_is_that_of_brackets_outside_quotes(body: bytes, depth: int) -> None:
    assert json_depth(body) == depth


async def test_a_body_that_trickles_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.01)
    never = asyncio.Event()

    async def receive() -> Any:
        await never.wait()

    with pytest.raises(BodyRefused) as refused:
        await read_body(receive, b"", b"")
    assert refused.value.refusal.status == 408


async def test_a_client_that_hangs_up_is_let_go() -> None:
    with pytest.raises(ClientLeft):
        await read_body(arriving(), b"", b"")


async def test_a_thousand_fields_are_too_many() -> None:
    with pytest.raises(BodyRefused):
        await read_body(arriving(b"&".join([b"a=1"] * 1002)), b"", b"")
