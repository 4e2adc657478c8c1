"""The tracker's numbers in one place, so that an evaluation can tune them.

Factors above 1 speak for a step, below 1 against it. They were set by reasoning and
checked on simulated meetings (tests/method/simulated.py); tune on development scenarios.
"""

from __future__ import annotations

import msgspec


class RoleTrust(msgspec.Struct, frozen=True, kw_only=True):
    """How far an announcement is believed, by who made it."""

    begeleider: float = 1.0
    deelnemer: float = 0.8
    inbrenger: float = 0.45
    inbrenger_telling: float = 0.3
    """In his own story most of what sounds like procedure is the case."""
    unknown: float = 0.92


class Behaviour(msgspec.Struct, frozen=True, kw_only=True):
    """Likelihood of what is heard, by the kind of step."""

    question_round: float = 2.0
    question_allowed: float = 1.2
    question_misplaced: float = 0.65
    question_in_silence: float = 0.5
    advice_round: float = 2.4
    advice_neutral: float = 0.9
    advice_early: float = 0.55
    own_long: float = 1.5
    """The inbrenger talks on where he has the floor."""
    own_answer: float = 1.1
    own_elsewhere: float = 0.8
    own_silent: float = 0.35
    member_his_floor: float = 0.85
    member_floor: float = 1.1
    talk_in_silence: float = 0.7
    silence_all: float = 2.5
    silence_first: float = 1.6
    silence_else: float = 0.7


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the tracker weighs."""

    trust: RoleTrust = RoleTrust()
    behaviour: Behaviour = Behaviour()
    reach: tuple[float, ...] = (1.0, 1.0, 0.8, 0.6, 0.45, 0.35)
    """Plausibility of 0, 1, 2 … steps forward; the last counts for farther too."""
    reach_back: tuple[float, ...] = (0.6, 0.4, 0.3)
    """Of 1, 2 … steps back."""
    drift: float = 0.008
    """Chance per thing heard that the group moved on unannounced, early in a step."""
    drift_late: float = 0.03
    """The same past the planned end of the step."""
    least: float = 1e-5
    sure: float = 0.78
    """Belief at which an announced step is entered by itself."""
    sure_unannounced: float = 0.985
    unannounced_things: int = 5
    """Things heard in a row that point at the same step, before it is entered unannounced."""
    propose: float = 0.5
    propose_unannounced: float = 0.9
    settle: float = 2.0
    """Seconds after an announcement in which it can be taken back."""
    fresh: float = 90.0
    """Seconds that an announcement supports a move."""
    restated: float = 20.0
    """Seconds in which a second announcement is the same one said again."""
    overview: float = 12.0
    """Seconds in which farther and farther steps are an overview, not moves."""
    overview_trust: float = 0.35
    just_entered: float = 20.0
    """Seconds in which "the next step" names the step that was entered."""
    withdraw: float = 60.0
    hand_rest: float = 15.0
    """Seconds after a move by hand in which speech moves nothing."""
    taught: float = 0.85
    """What is left of the trust in announcements after a refusal or an undone move."""
    refusal: float = 60.0
    """Seconds (time constant) in which a refused step is believed less."""
    fades: float = 45.0
    again: float = 90.0
    """Seconds before the same step is proposed again without a new announcement."""
