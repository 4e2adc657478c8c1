"""Choosing a microphone before the meeting, and trying it for five seconds.

The test tells how loud it was and how much of it was speech; it never tells words.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
from litestar import Controller, Response, get, post
from litestar.response import Redirect, Stream

from companion.dashboard.forms import Form, parse_form
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import CompanionError, ConflictError, MicrophoneError
from companion.listening.devices import (
    InputDevice,
    MicrophoneTest,
    MicrophoneVerdict,
    microphones,
    try_microphone,
)
from companion.session.microphone import Choice, chosen_microphone, remember_microphone

_LONGEST_NAME = 200
_SECONDS = 5.0
_MOST_CHANNELS = 8


class Microphones(Controller):
    """Which one, and how it sounds."""

    path = "/microfoon"

    @get("/")
    async def choose(self, request: WebRequest) -> Response[str]:
        """The microphones of this computer; as a part of a page when htmx asks."""
        return await _page(Visit(request))

    @post("/")
    async def remember(self, request: WebRequest) -> Response[str] | Redirect:
        """Use this one from now on."""
        visit = Visit(request)
        form = parse_form(await request.body())
        await remember_microphone(visit.session.storage, _choice(form))
        if visit.enhanced:
            return await _page(visit, Notice(visit.wording.say("Deze microfoon wordt gebruikt.")))
        return goto("/microfoon")

    @post("/proef")
    async def test(self, request: WebRequest) -> Response[str] | Stream:
        """Listen for five seconds; a page with a script gets the level while it lasts."""
        visit = Visit(request)
        choice = _choice(parse_form(await request.body()))
        if _listening(visit):
            error = ConflictError("microphone.busy", "The microphone is listening to the meeting")
            return await _page(visit, visit.trouble(error), status=status_of(error))
        if "application/x-ndjson" in request.headers.get("accept", ""):
            return Stream(_levels(visit, choice), media_type="application/x-ndjson")
        try:
            result = await try_microphone(choice.name, choice.channel, _SECONDS)
        except MicrophoneError as error:
            return await _page(visit, visit.trouble(error))
        return await _page(visit, result=result, choice=choice)


def _choice(form: Form) -> Choice:
    channel = form.whole("channel")
    known = channel is not None and 0 <= channel < _MOST_CHANNELS
    return Choice(name=form.text("microphone", _LONGEST_NAME), channel=channel if known else None)


def _listening(visit: Visit) -> bool:
    view = visit.view()
    return view is not None and not view.clock.ended and view.listening.consent


async def _levels(visit: Visit, choice: Choice) -> AsyncIterator[bytes]:
    """Lines of JSON: `{"level": dB}` while the test runs, then `{"html": verdict}`."""
    heard: asyncio.Queue[float | None] = asyncio.Queue()
    testing = asyncio.ensure_future(
        try_microphone(choice.name, choice.channel, _SECONDS, on_level=heard.put_nowait)
    )
    testing.add_done_callback(lambda _: heard.put_nowait(None))
    try:
        while (level := await heard.get()) is not None:
            yield _line({"level": round(level, 1)})
        yield _line({"html": _verdict(visit, testing)})
    finally:
        testing.cancel()


def _verdict(visit: Visit, testing: asyncio.Future[MicrophoneTest]) -> str:
    try:
        given = {"result": testing.result(), "verdict": verdict_words(visit, testing.result())}
    except CompanionError as error:
        given = {"result": None, "verdict": visit.trouble(error).text}
    return visit.house.renderer.html(visit.language, "microphone_verdict.html", **given)


def _line(message: dict[str, object]) -> bytes:
    return msgspec.json.encode(message) + b"\n"


async def _page(
    visit: Visit,
    notice: Notice | None = None,
    *,
    status: int = 200,
    result: MicrophoneTest | None = None,
    choice: Choice | None = None,
) -> Response[str]:
    devices: tuple[InputDevice, ...] = ()
    try:
        devices = await microphones()
    except MicrophoneError as error:
        notice = notice or visit.trouble(error)
    chosen = choice or await chosen_microphone(visit.session.storage, visit.session.settings)
    return visit.page(
        "microphone_form.html" if visit.enhanced else "microphone.html",
        status=status,
        notice=notice,
        devices=devices,
        chosen=chosen,
        known=any(device.name == chosen.name for device in devices),
        channels=min(max((each.channels for each in devices), default=1), _MOST_CHANNELS),
        result=result,
        verdict=verdict_words(visit, result) if result else "",
    )


def verdict_words(visit: Visit, result: MicrophoneTest) -> str:
    """What to make of a test, and what to do."""
    say = visit.wording.say
    return {
        MicrophoneVerdict.GOOD: say("Goed te horen. Zo kan het."),
        MicrophoneVerdict.QUIET: say("Te zacht. Zet de microfoon dichterbij of harder."),
        MicrophoneVerdict.LOUD: say("Te hard: het geluid slaat over. Zet hem verder weg."),
        MicrophoneVerdict.SILENT: say("Volstrekte stilte. Staat hij uit of gedempt?"),
        MicrophoneVerdict.NO_SPEECH: say("Er is geluid, maar geen spraak. Praat eens gewoon door."),
    }[result.verdict]
