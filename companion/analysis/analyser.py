"""From utterances to findings: the words end here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Final

from spacy.tokens import Doc, Span

from companion.analysis import agreement, sentence_kind, step_announcement
from companion.analysis.agreement_memory import AgreementMemory, Candidate
from companion.analysis.agreement_slots import Slots
from companion.analysis.classify import Classified, classify
from companion.analysis.commands import Command, CommandEar
from companion.analysis.features import CONTEXT, Context
from companion.analysis.pipeline import load
from companion.analysis.step_names import called_step, named_step
from companion.analysis.times import resolve
from companion.analysis.words import plain
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
from companion.vocabulary import (
    ADVICE_KINDS,
    QUESTION_KINDS,
    Role,
    SentenceKind,
    StepFunction,
    StepHint,
)

__all__ = ["Analyser", "Classified", "classify"]

_ONWARD: Final = re.compile(r"\b(?:volgende (?:stap|fase|ronde|onderdeel)|stapje? verder)\b")
_UNSURE: Final = 0.4
"""Below this the announced step is not told, and "volgende stap" means the next one."""
_SURE: Final = 0.5
_SURE_WITHOUT_WHEN: Final = 0.82
_VERY_SURE: Final = 0.9
"""Probability from which an agreement is proposed: with a moment, without one, and outside the
steps that make plans, where somebody tells of what was."""
_PLANS: Final = frozenset(
    {
        StepFunction.REACTIE,
        StepFunction.ADVIES,
        StepFunction.BESLUIT,
        StepFunction.ERVARING,
        StepFunction.LEREN,
        StepFunction.EVALUATIE,
        StepFunction.AFSLUITING,
    }
)
_REPEATED: Final = frozenset(
    {
        StepFunction.HERHALING,
        StepFunction.NOTEREN,
        StepFunction.WAARDEREN,
        StepFunction.ANTWOORDEN,
    }
)
"""What a step that repeats earlier ones consists of."""
_HERE: Final = 0.6
"""Share from which an announcement is taken to mean the step that the group is in."""
_CALLED: Final = 0.9
_HEARD_AT_ALL: Final = 0.01
_TAKES_BACK: Final = 60.0
"""Seconds after an announcement in which it can be withdrawn."""


class Analyser:
    """Listens along in one meeting; everything it remembers dies with the process.

    Not thread-safe; utterances come in the order in which they were said.
    """

    def __init__(
        self,
        language_model: str = "",
        steps: tuple[StepHint, ...] = (),
        today: date | None = None,
        wake_word: str = "companion",
    ) -> None:
        self._nlp = load(language_model)
        self._steps = steps
        self._step = 0
        self._today = today or datetime.now(UTC).astimezone().date()
        self._commands = CommandEar(wake_word)
        self._roles: dict[int, Role | None] = {}
        self._previous = ""
        self._voice: int | None = None
        self._questions = 0
        self._announced_at = float("-inf")
        self._memory = AgreementMemory()

    def enter(self, step: int) -> None:
        """The group is in this step (index) now."""
        self._step = step

    def tie(self, voice: int, role: Role | None) -> None:
        """Say that a voice belongs to somebody in that role; None: to nobody that is known."""
        self._roles[voice] = role

    def forget(self, since: float, until: float) -> None:
        """What was said between these moments is no longer known, nor what came just before."""
        self._memory.forget(since, until)
        self._previous, self._voice, self._questions = "", None, 0

    def analyse(self, heard: Heard) -> list[AnyFinding]:
        """The findings in one utterance, a TurnHeard first."""
        role = heard.role or (None if heard.voice is None else self._roles.get(heard.voice))
        if heard.voice is None or heard.voice != self._voice:
            self._questions = 0
        with self._nlp.memory_zone():  # its words leave spaCy's stores with it
            return self._findings(heard, role)

    def _findings(self, heard: Heard, role: Role | None) -> list[AnyFinding]:
        doc = self._understood(heard, role)
        turn = TurnHeard(
            at=heard.at, until=heard.until, voice=heard.voice, role=role, sure=heard.sure,
            sounds=self._sounds(doc),
        )  # fmt: skip
        self._voice = heard.voice
        said = _Said(heard, role, doc)
        return [turn, *self._sentences(said), *self._announced(said)]

    def _understood(self, heard: Heard, role: Role | None) -> Doc:
        doc = self._nlp.make_doc(heard.text.strip())
        function = self._steps[self._step].function if self._step < len(self._steps) else None
        doc.user_data[CONTEXT] = Context(
            role=role, function=function, previous=self._previous, same_voice=self._goes_on(heard),
            steps=tuple(step.function for step in self._steps),
            place=None if function is None else self._step,
        )  # fmt: skip
        doc = self._nlp(doc)
        if len(doc):
            self._previous = list(doc.sents)[-1].text
        return doc

    def _sounds(self, doc: Doc) -> dict[StepFunction, float]:
        """A chance per function that this meeting's steps have; empty where no steps are known."""
        chances: dict[StepFunction, float] = doc._.step_sounds if self._steps else {}
        kept = step_announcement.possible(chances, [step.function for step in self._steps])
        return {name: round(p, 3) for name, p in kept.items() if p >= _HEARD_AT_ALL}

    def _goes_on(self, heard: Heard) -> bool | None:
        """Whether this voice also spoke before; None where voices are not known."""
        return None if heard.voice is None or self._voice is None else heard.voice == self._voice

    def _sentences(self, said: _Said) -> Iterator[AnyFinding]:
        agreed = {span.start: span for span in said.doc.spans[agreement.GROUP]}
        for span in said.doc.spans[sentence_kind.GROUP]:
            at, _ = said.moment(span)
            self._memory.next_sentence(at)
            asked = self._commands.command(span.text, at)
            if asked is not None:
                yield from self._commanded(asked, said, span)
                continue
            kind = self._kind(said, span)
            if kind is not None:
                yield kind
            if kind is None or (isinstance(kind, AdviceHeard) and said.role is Role.INBRENGER):
                yield from self._planned(said, span, agreed.get(span.start))

    def _commanded(self, asked: Command, said: _Said, span: Span) -> Iterator[AnyFinding]:
        at, _ = said.moment(span)
        yield CommandHeard(at=at, command=asked.command, minutes=asked.minutes)
        if asked.command is VoiceCommand.NOTE_ACTION and asked.action:
            noted = self._memory.said(Slots(asked.action), 1.0, said.heard.voice)
            yield self._candidate(noted, said, span)

    def _kind(self, said: _Said, span: Span) -> QuestionHeard | AdviceHeard | None:
        label = SentenceKind(span.label_)
        at, until = said.moment(span)
        probability = round(span._.kind_scores[span.label_], 4)
        if label in QUESTION_KINDS:
            self._questions += 1
            return QuestionHeard(
                at=at, until=until, label=label, probability=probability,
                voice=said.heard.voice, role=said.role, in_turn=self._questions,
            )  # fmt: skip
        if label in ADVICE_KINDS:
            return AdviceHeard(
                at=at, until=until, label=label, probability=probability,
                voice=said.heard.voice, role=said.role,
            )  # fmt: skip
        return None

    def _planned(self, said: _Said, span: Span, agreed: Span | None) -> Iterator[AnyFinding]:
        voice = said.heard.voice
        gone = self._memory.taken_back(span.text, voice)
        if gone is not None:
            at, _ = said.moment(span)
            yield AgreementWithdrawn(at=at, candidate=gone.number)
            return
        found = self._memory.corrected(span.text, voice)
        if found is None and agreed is not None and self._plan_fits(said, agreed):
            found = self._memory.said(agreed._.slots, agreed._.probability, voice)
        if found is not None:
            yield self._candidate(found, said, span)

    def _plan_fits(self, said: _Said, agreed: Span) -> bool:
        """Whether it may be the inbrenger's plan; at the end of a meeting, anyone's."""
        function = self._steps[self._step].function if self._step < len(self._steps) else None
        when = bool(agreed._.slots.when)
        if said.role not in {None, Role.INBRENGER} and not (
            when and function is StepFunction.AFSLUITING
        ):
            return False
        if function is not None and function not in _PLANS:
            return bool(agreed._.probability >= _VERY_SURE)
        return bool(agreed._.probability >= (_SURE if when else _SURE_WITHOUT_WHEN))

    def _candidate(self, found: Candidate, said: _Said, span: Span) -> AgreementHeard:
        at, until = said.moment(span)
        due = resolve(found.slots.when, self._today) if found.slots.when else None
        return AgreementHeard(
            at=at, until=until, candidate=found.number, probability=round(found.probability, 4),
            what=found.slots.what, how=found.slots.how, with_whom=found.slots.with_whom,
            when=found.slots.when, due="" if due is None else due.isoformat()[:10],
            voice=said.heard.voice, role=said.role,
        )  # fmt: skip

    def _announced(self, said: _Said) -> Iterator[StepAnnounced]:
        found = list(self._announced_by_model(said))
        yield from found or self._called(said)

    def _called(self, said: _Said) -> Iterator[StepAnnounced]:
        """A step called by its name where the model heard no announcement."""
        for sentence in said.doc.sents:
            step = called_step(sentence.text, self._steps)
            if step is None or step == self._step:
                continue
            at, until = said.moment(sentence)
            self._announced_at = at
            function = self._steps[step].function
            yield StepAnnounced(
                at=at, until=until, probability=_CALLED, move=StepMove.TO, function=function,
                function_probability=1.0, step=step, voice=said.heard.voice, role=said.role,
                functions={function: 1.0},
            )  # fmt: skip

    def _announced_by_model(self, said: _Said) -> Iterator[StepAnnounced]:
        for span in said.doc.spans[step_announcement.GROUP]:
            at, until = said.moment(span)
            move = StepMove(span.label_)
            if move is StepMove.TO and self._is_here(span):
                continue
            if move is StepMove.WITHDRAWN:
                if at - self._announced_at > _TAKES_BACK:
                    continue
                self._announced_at = float("-inf")
            else:
                self._announced_at = at
            yield self._announcement(move, at, until, said, span)

    def _announcement(
        self, move: StepMove, at: float, until: float, said: _Said, span: Span
    ) -> StepAnnounced:
        scores: dict[str, float] = span._.move_scores
        going = sum(p for name, p in scores.items() if name in {"to", "back", "end"})
        probability = scores["withdrawn"] if move is StepMove.WITHDRAWN else going
        functions = self._possible(span._.functions) if move in {StepMove.TO, StepMove.BACK} else {}
        best = max(functions, key=lambda name: functions[name], default=None)
        step = named_step(span.text, self._steps, functions) if functions else None
        sure = functions[best] if best else 0.0
        if step is not None:
            best, sure = self._steps[step].function, 1.0
            if sum(other.function is best for other in self._steps) > 1:
                step, functions = None, {best: 1.0}  # which of them, the order tells
        if (
            move is StepMove.TO
            and step is None
            and sure < _UNSURE
            and _ONWARD.search(plain(span.text))
        ):
            move, best, sure = StepMove.NEXT, None, 0.0
        return StepAnnounced(
            at=at, until=until, probability=round(probability, 4), move=move, function=best,
            function_probability=round(sure, 4), step=step, voice=said.heard.voice, role=said.role,
            functions={name: round(p, 4) for name, p in functions.items() if p >= _HEARD_AT_ALL},
        )  # fmt: skip

    def _is_here(self, span: Span) -> bool:
        """Whether the step that the group is in already is what is announced."""
        if self._step >= len(self._steps):
            return False
        functions = self._possible(span._.functions)
        here = self._steps[self._step].function
        parts = _REPEATED if here is StepFunction.HERHALING else frozenset({here})
        named = named_step(span.text, self._steps, functions)
        if named is not None:
            again = len(parts) > 1 and self._steps[named].function in parts
            return again or named == self._step
        return sum(functions.get(part, 0.0) for part in parts) >= _HERE

    def _possible(self, functions: Mapping[StepFunction, float]) -> dict[StepFunction, float]:
        """The functions that this method has, their probabilities adding up to 1."""
        return step_announcement.possible(functions, [step.function for step in self._steps])


class _Said:
    """An utterance with who said it and how it was understood."""

    def __init__(self, heard: Heard, role: Role | None, doc: Doc) -> None:
        self.heard = heard
        self.role = role
        self.doc = doc

    def moment(self, span: Span) -> tuple[float, float]:
        """Start and end of `span` in seconds, by its share of the characters."""
        length = max(len(self.doc.text), 1)
        seconds = self.heard.until - self.heard.at
        start = self.heard.at + seconds * span.start_char / length
        return round(start, 3), round(self.heard.at + seconds * span.end_char / length, 3)
