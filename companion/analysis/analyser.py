"""From utterances to findings: the words end here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from spacy.tokens import Doc, Span

from companion.analysis import agreement, sentence_kind, step_announcement
from companion.analysis.classify import Classified, classify
from companion.analysis.commands import command_in
from companion.analysis.features import Context
from companion.analysis.pipeline import load
from companion.events import (
    AdviceHeard,
    AgreementHeard,
    AnyFinding,
    CommandHeard,
    QuestionHeard,
    StepAnnounced,
    StepMove,
    TurnHeard,
    VoiceCommand,
)
from companion.speech.heard import Heard
from companion.vocabulary import ADVICE_KINDS, QUESTION_KINDS, Role, SentenceKind, StepHint

__all__ = ["Analyser", "Classified", "classify"]


class Analyser:
    """Listens along in one meeting; everything it remembers dies with the process."""

    def __init__(
        self,
        language_model: str = "",
        steps: tuple[StepHint, ...] = (),
        today: date | None = None,
        wake_word: str = "companion",
    ) -> None:
        self._nlp = load(language_model)
        self._steps = steps
        self._step: int | None = 0 if steps else None
        self._today = today or datetime.now(UTC).astimezone().date()
        self._wake_word = wake_word
        self._roles: dict[int, Role] = {}
        self._previous = ""
        self._voice: int | None = None
        self._questions = 0
        self._candidates = 0

    def enter(self, step: int) -> None:
        """The group is in this step (index) now."""
        self._step = step

    def tie(self, voice: int, role: Role) -> None:
        """This voice belongs to somebody in that role."""
        self._roles[voice] = role

    def analyse(self, heard: Heard) -> list[AnyFinding]:
        """The findings in one utterance, a TurnHeard first; utterances come in order."""
        role = heard.role or (self._roles.get(heard.voice) if heard.voice is not None else None)
        if heard.voice is None or heard.voice != self._voice:
            self._questions = 0
        turn = TurnHeard(
            at=heard.at, until=heard.until, voice=heard.voice, role=role, sure=heard.sure
        )
        doc = self._prepared(heard, role)
        self._voice = heard.voice
        return [turn, *self._sentences(heard, role, doc), *self._announced(heard, role, doc)]

    def _prepared(self, heard: Heard, role: Role | None) -> Doc:
        doc = self._nlp.make_doc(heard.text.strip())
        doc = self._nlp.get_pipe("sentence_boundaries")(doc)
        function = (
            self._steps[self._step].function
            if self._step is not None and self._step < len(self._steps)
            else None
        )
        same = None if heard.voice is None or self._voice is None else heard.voice == self._voice
        contexts = []
        for sentence in doc.sents:
            contexts.append(
                Context(role=role, function=function, previous=self._previous, same_voice=same)
            )
            self._previous, same = sentence.text, True
        doc.user_data[sentence_kind.CONTEXTS] = contexts
        doc.user_data[step_announcement.CONTEXT] = Context(role=role, function=function)
        for name in ("sentence_kind", "step_announcement", "agreement"):
            doc = self._nlp.get_pipe(name)(doc)
        return doc

    def _sentences(self, heard: Heard, role: Role | None, doc: Doc) -> Iterator[AnyFinding]:
        agreed = {span.start: span for span in doc.spans[agreement.GROUP]}
        for span in doc.spans[sentence_kind.GROUP]:
            at, until = _moment(heard, doc, span)
            asked = command_in(span.text, self._wake_word)
            if asked:
                yield CommandHeard(at=at, command=asked.command, minutes=asked.minutes)
                if asked.command is VoiceCommand.NOTE_ACTION:
                    yield self._candidate(at, until, 1.0, asked.action, heard, role)
                continue
            label = SentenceKind(span.label_)
            probability = span._.kind_scores[span.label_]
            if label in QUESTION_KINDS:
                self._questions += 1
                yield QuestionHeard(
                    at=at, until=until, label=label, probability=probability,
                    voice=heard.voice, role=role, in_turn=self._questions,
                )  # fmt: skip
            elif label in ADVICE_KINDS:
                yield AdviceHeard(
                    at=at, until=until, label=label, probability=probability,
                    voice=heard.voice, role=role,
                )  # fmt: skip
            elif span.start in agreed:
                sure = agreed[span.start]._.probability
                yield self._candidate(at, until, sure, span.text, heard, role)

    def _candidate(
        self,
        at: float,
        until: float,
        probability: float,
        what: str,
        heard: Heard,
        role: Role | None,
    ) -> AgreementHeard:
        self._candidates += 1
        return AgreementHeard(
            at=at, until=until, candidate=self._candidates, probability=probability, what=what,
            voice=heard.voice, role=role,
        )  # fmt: skip

    def _announced(self, heard: Heard, role: Role | None, doc: Doc) -> Iterator[StepAnnounced]:
        for span in doc.spans[step_announcement.GROUP]:
            at, until = _moment(heard, doc, span)
            functions = self._possible(span._.functions)
            best = max(functions, key=lambda name: functions[name]) if functions else None
            yield StepAnnounced(
                at=at, until=until, probability=span._.move_scores[span.label_],
                move=StepMove(span.label_), function=best,
                function_probability=functions[best] if best else 0.0,
                voice=heard.voice, role=role,
            )  # fmt: skip

    def _possible(self, functions: dict) -> dict:  # type: ignore[type-arg]
        here = {step.function for step in self._steps}
        kept = {name: p for name, p in functions.items() if not here or name in here}
        total = sum(kept.values()) or 1.0
        return {name: p / total for name, p in kept.items()}


def _moment(heard: Heard, doc: Doc, span: Span) -> tuple[float, float]:
    """Start and end of `span`, by its share of the characters."""
    length = max(len(doc.text), 1)
    seconds = heard.until - heard.at
    start = heard.at + seconds * span.start_char / length
    return round(start, 3), round(heard.at + seconds * span.end_char / length, 3)
