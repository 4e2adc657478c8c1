from __future__ import annotations

from typing import TypeVar

import msgspec
import pytest

from companion.analysis.analyser import Analyser
from companion.analysis.pipeline import load
from companion.analysis.rules import kind_rules
from companion.events import (
    AdviceHeard,
    AgreementHeard,
    AgreementWithdrawn,
    AnyFinding,
    CommandHeard,
    QuestionHeard,
    StepAnnounced,
    StepMove,
    TurnHeard,
    VoiceCommand,
)
from companion.speech.heard import Heard
from companion.vocabulary import Role, SentenceKind

T = TypeVar("T")


def said(text: str, at: float = 0.0, voice: int = 1, role: Role | None = None) -> Heard:
    return Heard(at=at, until=at + 10, text=text, voice=voice, role=role)


def of_kind(findings: list[AnyFinding], kind: type[T]) -> list[T]:
    return [finding for finding in findings if isinstance(finding, kind)]


def test_an_utterance_begins_with_its_turn(analyser: Analyser) -> None:
    first, *_ = analyser.analyse(said("Hoe voelde dat voor jou?"))
    assert isinstance(first, TurnHeard)
    assert msgspec.structs.replace(first, sounds={}) == TurnHeard(at=0.0, until=10.0, voice=1)


def test_the_words_of_an_utterance_stay_in_no_store_of_spacy(analyser: Analyser) -> None:
    text = "Ga jij morgen Wubbegien bellen over de zwelgzwammen?"
    assert of_kind(analyser.analyse(said(text)), QuestionHeard)
    for strings in (load().vocab.strings, kind_rules().strings):
        assert not {"Wubbegien", "wubbegien", "zwelgzwammen"} & set(strings)


def test_a_question_is_heard_with_its_kind(analyser: Analyser) -> None:
    analyser.enter(1)
    (question,) = of_kind(analyser.analyse(said("Hoe voelde dat voor jou?")), QuestionHeard)
    assert question.label is SentenceKind.OPEN
    assert question.probability > 0.5


def test_questions_of_one_voice_in_a_row_are_stacked(analyser: Analyser) -> None:
    analyser.enter(1)
    text = "Wat gebeurde er toen? En hoe laat was dat?"
    numbers = [q.in_turn for q in of_kind(analyser.analyse(said(text)), QuestionHeard)]
    other = of_kind(analyser.analyse(said("Wat dacht je toen?", 10, voice=2)), QuestionHeard)
    assert numbers == [1, 2]
    assert other[0].in_turn == 1


def test_a_later_sentence_begins_later(analyser: Analyser) -> None:
    analyser.enter(1)
    text = "Wat gebeurde er toen? En hoe laat was dat?"
    first, second = of_kind(analyser.analyse(said(text)), QuestionHeard)
    assert first.at == 0.0
    assert 3.0 < second.at < 8.0


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Als ik jou was zou ik hem gewoon bellen.", SentenceKind.ADVIES),
        ("Heb je al eens geprobeerd om met hem te praten?", SentenceKind.VERKAPT_ADVIES),
    ],
)
def test_advice_is_heard_plain_and_wrapped(
    analyser: Analyser, text: str, label: SentenceKind
) -> None:
    analyser.enter(1)
    (advice,) = of_kind(analyser.analyse(said(text, role=Role.DEELNEMER)), AdviceHeard)
    assert advice.label is label
    assert advice.role is Role.DEELNEMER


def test_a_voice_that_was_tied_has_its_role(analyser: Analyser) -> None:
    analyser.tie(1, Role.INBRENGER)
    first, *_ = analyser.analyse(said("Ik vond dat lastig."))
    assert isinstance(first, TurnHeard)
    assert first.role is Role.INBRENGER


def test_a_named_step_is_announced_with_its_index(analyser: Analyser) -> None:
    analyser.enter(1)
    text = "Dan sluiten we de vragen af. We gaan nu naar de perceptie."
    (found,) = of_kind(analyser.analyse(said(text, role=Role.BEGELEIDER)), StepAnnounced)
    assert (found.move, found.step) == (StepMove.TO, 2)


def test_the_step_that_the_group_is_in_is_not_announced(analyser: Analyser) -> None:
    analyser.enter(2)
    text = "We gaan nu naar de perceptie."
    assert of_kind(analyser.analyse(said(text, role=Role.BEGELEIDER)), StepAnnounced) == []


def test_content_that_sounds_like_procedure_announces_nothing(analyser: Analyser) -> None:
    analyser.enter(1)
    text = "De volgende stap in mijn loopbaan vind ik eigenlijk best spannend."
    assert of_kind(analyser.analyse(said(text, role=Role.INBRENGER)), StepAnnounced) == []


def test_an_agreement_is_proposed_with_its_parts_and_day(analyser: Analyser) -> None:
    analyser.enter(5)
    text = "Ik spreek af dat ik volgende week dinsdag met mijn teamleider om de tafel ga zitten."
    (found,) = of_kind(analyser.analyse(said(text, role=Role.INBRENGER)), AgreementHeard)
    assert found.with_whom == "mijn teamleider"
    assert found.when == "volgende week dinsdag"
    assert found.due == "2027-04-06"
    assert "om de tafel" in found.what


def test_a_correction_keeps_the_candidate_and_withdrawal_drops_it(analyser: Analyser) -> None:
    analyser.enter(5)
    analyser.analyse(said("Ik bel morgen mijn teamleider op.", role=Role.INBRENGER))
    (again,) = of_kind(analyser.analyse(said("Nee, toch donderdag.", 10)), AgreementHeard)
    (gone,) = of_kind(analyser.analyse(said("Nee, laat maar.", 20)), AgreementWithdrawn)
    assert (again.candidate, again.due) == (1, "2027-04-01")
    assert gone.candidate == 1


def test_a_command_crosses_without_its_words(analyser: Analyser) -> None:
    (found,) = of_kind(analyser.analyse(said("Companion, volgende stap.")), CommandHeard)
    assert found.command is VoiceCommand.NEXT


def test_an_action_that_is_dictated_becomes_a_candidate(analyser: Analyser) -> None:
    text = "Companion, noteer actie: Karin belt de gemeente."
    (found,) = of_kind(analyser.analyse(said(text)), AgreementHeard)
    assert found.what == "Karin belt de gemeente"


@pytest.mark.parametrize("text", ["", "   ", "…", "?", "Mm.", "ja " * 400])
def test_odd_text_is_no_error(analyser: Analyser, text: str) -> None:
    assert isinstance(analyser.analyse(said(text))[0], TurnHeard)


def test_no_word_of_a_meeting_is_in_the_findings_but_for_agreements(analyser: Analyser) -> None:
    analyser.enter(1)
    text = "Waarom heb je de wethouder niet gebeld? We gaan naar de perceptie."
    body = msgspec.json.encode(analyser.analyse(said(text)))
    assert b"wethouder" not in body


def test_without_steps_and_roles_it_works_too() -> None:
    findings = Analyser().analyse(Heard(at=0, until=3, text="Hoe voelde dat voor jou?"))
    assert [type(finding) for finding in findings] == [TurnHeard, QuestionHeard]


def test_what_was_forgotten_is_no_context_any_more(analyser: Analyser) -> None:
    analyser.enter(1)
    first = of_kind(analyser.analyse(said("Wat gebeurde er toen?")), QuestionHeard)
    analyser.forget(0.0, 12.0)
    later = of_kind(analyser.analyse(said("En hoe laat was dat?", 20.0)), QuestionHeard)
    assert (first[0].in_turn, later[0].in_turn) == (1, 1)
