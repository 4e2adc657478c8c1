"""What people say of voices, as events: ties, merges, samples. Pure."""

from __future__ import annotations

from companion.errors import UsageError
from companion.events import AnyEvent, VoiceSampled, VoiceSampling, VoicesMerged, VoiceTied
from companion.method.record import Record
from companion.session.commands import MergeVoices, SampleVoice, TieVoice
from companion.vocabulary import Role

_ONE_PERSON = frozenset({Role.INBRENGER, Role.BEGELEIDER})


def voice_events(
    command: TieVoice | MergeVoices | SampleVoice, record: Record, now: float
) -> list[AnyEvent]:
    """What the command brings about; UsageError for a member that is not there."""
    match command:
        case TieVoice():
            _check_member(command.member, record)
            return _tied(command.voice, command.member, command.role, record, now)
        case MergeVoices():
            return [VoicesMerged(at=now, voice=command.voice, into=command.into)]
        case SampleVoice():
            _check_member(command.member, record)
            return [VoiceSampling(at=now, member=command.member)]


def sampled_events(sampled: VoiceSampled, record: Record) -> list[AnyEvent]:
    """A sample that is long enough ties its voice to the member by itself."""
    if not sampled.enough or not 0 <= sampled.member < len(record.started.members):
        return []
    ties = _tied(sampled.voice, sampled.member, None, record, sampled.at)
    return [*ties, VoiceSampling(at=sampled.at, member=None)]


def _tied(
    voice: int, member: int | None, role: Role | None, record: Record, now: float
) -> list[AnyEvent]:
    """The tie, and a merge where this person's voice went by another number before."""
    events: list[AnyEvent] = [VoiceTied(at=now, voice=voice, member=member, role=role)]
    for other, tie in record.ties.items():
        same = (member is not None and tie.member == member) or (
            member is None and role in _ONE_PERSON and tie.role is role
        )
        if same and record.speakers.of(other) != record.speakers.of(voice):
            events.append(VoicesMerged(at=now, voice=other, into=voice))
    return events


def _check_member(member: int | None, record: Record) -> None:
    if member is not None and not 0 <= member < len(record.started.members):
        raise UsageError("meeting.no-member", "There is no such member")
