from __future__ import annotations

import contextlib
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.cues.catalogue import catalogue
from companion.cues.policy import BUDGET, PERIOD, QUIET
from companion.errors import CompanionError
from companion.events import (
    AdviceHeard,
    AgreementHeard,
    AgreementWithdrawn,
    AnyEvent,
    AnyFinding,
    CommandHeard,
    CueRaised,
    Gap,
    GapCause,
    LevelMeasured,
    ListeningReported,
    ListeningState,
    QuestionHeard,
    StepAnnounced,
    StepMove,
    TurnHeard,
    VoiceCommand,
    VoiceSampled,
    VoicesRelabelled,
    VoicesReported,
)
from companion.session.commands import (
    AcceptProposal,
    AddMinutes,
    AgreeToListening,
    AnyCommand,
    CloseCue,
    ConfirmAgreement,
    DropAgreement,
    ForgetLastMinute,
    GoToStep,
    MergeVoices,
    NextStep,
    Pause,
    PreviousStep,
    RefuseProposal,
    Respread,
    Resume,
    SampleVoice,
    SetMinutes,
    StopListening,
    TieVoice,
    TurnTo,
    UndoMove,
    UndoPlan,
)
from companion.session.meeting import Meeting
from companion.vocabulary import Role, SentenceKind, StepFunction, StepMode
from tests.method.meetings import METHODS, started

roles = st.sampled_from([None, *Role])
voices = st.one_of(st.none(), st.integers(0, 5))
kinds = st.sampled_from([k for k in SentenceKind if "advies" not in k and k != "neutraal"])


def _findings(at: float) -> st.SearchStrategy[AnyFinding]:
    until = st.floats(at, at + 40)
    p = st.floats(0, 1)
    return st.one_of(
        st.builds(TurnHeard, at=st.just(at), until=until, voice=voices, role=roles),
        st.builds(
            QuestionHeard,
            at=st.just(at),
            until=until,
            label=kinds,
            probability=p,
            voice=voices,
            role=roles,
            in_turn=st.integers(1, 4),
        ),
        st.builds(
            AdviceHeard,
            at=st.just(at),
            until=until,
            label=st.sampled_from([SentenceKind.ADVIES, SentenceKind.VERKAPT_ADVIES]),
            probability=p,
            voice=voices,
            role=roles,
        ),
        st.builds(
            StepAnnounced,
            at=st.just(at),
            until=until,
            probability=p,
            move=st.sampled_from(list(StepMove)),
            function=st.one_of(st.none(), st.sampled_from(list(StepFunction))),
            function_probability=p,
            step=st.one_of(st.none(), st.integers(-1, 12)),
            role=roles,
        ),
        st.builds(
            AgreementHeard,
            at=st.just(at),
            until=until,
            candidate=st.integers(0, 3),
            probability=p,
            what=st.just("iets doen"),
            when=st.sampled_from(["", "morgen"]),
        ),
        st.builds(AgreementWithdrawn, at=st.just(at), candidate=st.integers(0, 3)),
        st.builds(CommandHeard, at=st.just(at), command=st.sampled_from(list(VoiceCommand))),
        st.builds(LevelMeasured, at=st.just(at), rms_db=st.just(-30.0), peak_db=st.just(-9.0)),
        st.builds(ListeningReported, at=st.just(at), state=st.sampled_from(list(ListeningState))),
        st.builds(
            Gap,
            at=st.just(at),
            seconds=st.floats(0, 120),
            cause=st.sampled_from(list(GapCause)),
        ),
        st.builds(VoicesReported, at=st.just(at), learning=st.booleans()),
        st.builds(
            VoiceSampled,
            at=st.just(at),
            member=st.integers(-1, 6),
            voice=st.integers(0, 5),
            seconds=st.just(5.0),
            enough=st.booleans(),
        ),
        st.builds(
            VoicesRelabelled,
            at=st.just(at),
            stretches=st.lists(
                st.tuples(st.floats(max(at - 60, 0), at), st.just(at), voices, voices), max_size=3
            ).map(tuple),
        ),
    )


commands = st.one_of(
    st.just(NextStep()),
    st.just(PreviousStep()),
    st.builds(GoToStep, step=st.integers(-1, 11)),
    st.just(UndoMove()),
    st.just(Pause()),
    st.just(Resume()),
    st.builds(AddMinutes, minutes=st.floats(-10, 10)),
    st.builds(SetMinutes, step=st.integers(-1, 11), minutes=st.floats(-5, 30)),
    st.just(Respread()),
    st.just(UndoPlan()),
    st.just(AcceptProposal()),
    st.just(RefuseProposal()),
    st.builds(
        CloseCue, number=st.integers(0, 6), how=st.sampled_from(["dismissed", "later", "less"])
    ),
    st.just(TurnTo()),
    st.builds(TieVoice, voice=st.integers(0, 5), member=st.integers(-1, 6)),
    st.builds(MergeVoices, voice=st.integers(0, 5), into=st.integers(0, 5)),
    st.builds(SampleVoice, member=st.one_of(st.none(), st.integers(-1, 6))),
    st.builds(ConfirmAgreement, what=st.just("iets"), candidate=st.integers(0, 3)),
    st.builds(DropAgreement, agreement=st.just("a1")),
    st.just(ForgetLastMinute()),
    st.just(AgreeToListening(agreed=5, present=5)),
    st.just(StopListening()),
)


@st.composite
def happenings(draw: st.DrawFn) -> list[tuple[float, AnyFinding | AnyCommand | None]]:
    """A command, a finding (perhaps late) or a tick, at moments that go on."""
    out: list[tuple[float, AnyFinding | AnyCommand | None]] = []
    now = 0.0
    for _ in range(draw(st.integers(0, 40))):
        now += draw(st.floats(0, 90))
        kind = draw(st.integers(0, 9))
        if kind < 6:
            late = draw(st.floats(0, 20))
            out.append((now, draw(_findings(max(now - late, 0.0)))))
        else:
            out.append((now, draw(commands) if kind < 8 else None))
    return out


@settings(max_examples=40, deadline=None)
@given(
    happenings(), st.sampled_from(sorted(METHODS)), st.sampled_from(list(StepMode)), st.booleans()
)
def test_replaying_the_events_gives_an_equal_meeting(
    run: list[tuple[float, AnyFinding | AnyCommand | None]],
    method: str,
    mode: StepMode,
    actions: bool,  # noqa: FBT001
) -> None:
    opening = started(method, mode=mode, open_actions=int(actions))
    live, again = Meeting(opening), Meeting(opening)
    kept: list[AnyEvent] = []
    for now, what in run:
        if what is None:
            kept += live.tick(now)
        elif isinstance(what, AnyCommand):
            try:
                kept += live.command(what, now)
            except CompanionError:
                continue
        else:
            kept += live.hear(what)
    for event in kept:
        again.apply(event)
    assert again == live
    assert again.view(run[-1][0] if run else 0.0, "nl") == live.view(
        run[-1][0] if run else 0.0, "nl"
    )
    clock = live.view(1e5, "en").clock
    assert clock.meeting_elapsed >= 0
    assert live.review(1e5).length >= 0


@settings(max_examples=30, deadline=None)
@given(happenings(), st.sampled_from(sorted(METHODS)))
def test_never_two_behavioural_cues_inside_the_quiet_time(
    run: list[tuple[float, AnyFinding | AnyCommand | None]], method: str
) -> None:
    meeting = Meeting(started(method, open_actions=1))
    events: list[AnyEvent] = []
    for now, what in run:
        if isinstance(what, AnyFinding):
            events += meeting.hear(what)
        elif isinstance(what, AnyCommand):
            with contextlib.suppress(CompanionError):
                events += meeting.command(what, now)
        events += meeting.tick(now)
    rationed = [
        e.at
        for e in events
        if isinstance(e, CueRaised) and catalogue()[e.cue].kind in ("behaviour", "praise")
    ]
    gaps = [b - a for a, b in itertools.pairwise(rationed)]
    assert all(gap >= QUIET for gap in gaps)
    spans = zip(rationed, rationed[BUDGET:], strict=False)
    assert all(b - a >= PERIOD for a, b in spans)
