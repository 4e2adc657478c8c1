"""Sounded cues, the wake word and the spoken commands: the page to choose, and what is played."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Redirect

from companion.cues.sounding import SILENT, SUBJECTS, Played, Sound, choices_from, played
from companion.dashboard.forms import Form, parse_form
from companion.dashboard.sound_words import commands, sentences, subjects
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Visit, WebRequest, goto
from companion.errors import CompanionError
from companion.session.view import MeetingView
from companion.session.wake_word import chosen_wake_word, remember_wake_word
from companion.vocabulary import Writing

KEY = "sounds"
"""The preference: how each subject sounds."""


class Sounds(Controller):
    """Choosing, and playing."""

    path = "/"

    @get("/stem")
    async def choose(self, request: WebRequest) -> Response[str]:
        """The choices as they are."""
        visit = Visit(request)
        word = await chosen_wake_word(visit.session.storage, visit.session.settings)
        return await _page(visit, await _choices(visit), word)

    @post("/stem")
    async def keep(self, request: WebRequest) -> Response[str] | Redirect:
        """Keep other choices; a wake word that can't be used is explained at its field."""
        visit = Visit(request)
        form = parse_form(await request.body())
        choices = {subject: form.text(subject, 20) for subject in SUBJECTS}
        word = form.text("wake-word", 60)
        storage = visit.session.storage
        try:
            await storage.preferences.put(KEY, _kept(choices))
            if word != await chosen_wake_word(storage, visit.session.settings):
                await remember_wake_word(storage, word)
        except CompanionError as error:
            return await _page(visit, _kept(choices), word, error)
        return goto("/stem#bewaard")

    @post("/leiden/geluid", status_code=200)
    async def play(self, request: WebRequest) -> Response[dict[str, Any]]:
        """What a page is to play for the cue that just came up; each is given out once.

        The listener is told, so that it hears nobody say what the companion says.
        """
        visit = Visit(request)
        form = parse_form(await request.body())
        sound = await _next(visit, form)
        if sound.how is not Sound.OFF:
            await visit.session.own_sound(sound.seconds)
        body = {"how": sound.how.value, "text": sound.text, "soft": sound.soft}
        return Response(body, media_type="application/json")


async def _next(visit: Visit, form: Form) -> Played:
    view = visit.view()
    if view is None or view.cue is None or view.clock.paused or view.clock.ended:
        return SILENT
    sounded = (view.meeting, view.cue.number)
    if visit.request.app.state.get("sounded") == sounded:
        return SILENT
    visit.request.app.state["sounded"] = sounded
    how = choices_from(await _choices(visit))[view.cue.subject]
    speaks = form.text("voice") == "yes"
    return played(view.cue.subject, view.cue.aloud, how, silent=_silent(view), speaks=speaks)


def _silent(view: MeetingView) -> bool:
    return view.steps[view.clock.step].step.write is Writing.ALL


async def _choices(visit: Visit) -> dict[str, str]:
    return _kept(await visit.session.storage.preferences.get(KEY))


def _kept(stored: object) -> dict[str, str]:
    return {str(subject): sound.value for subject, sound in choices_from(stored).items()}


async def _page(
    visit: Visit, choices: dict[str, str], word: str, error: CompanionError | None = None
) -> Response[str]:
    return visit.page(
        "sounds.html",
        status=status_of(error) if error else 200,
        choices=choices,
        word=word,
        wrong={"wake-word": visit.trouble(error).text} if error else {},
        subjects=subjects(visit.wording),
        sounds=[sound.value for sound in Sound],
        sentences=sentences(visit.language),
        commands=commands(visit.wording, word),
    )
