"""The tracker's numbers in one place, so that an evaluation can tune them.

Set by reasoning, then adjusted on development scenarios (tests/scenarios); a change is
measured there, never on the test part.
"""

from __future__ import annotations

import msgspec


class RoleTrust(msgspec.Struct, frozen=True, kw_only=True):
    """How far an announcement is believed, by who made it."""

    begeleider: float = 1.0
    deelnemer: float = 0.75
    deelnemer_alone: float = 0.95
    """A member's, in a group without a begeleider."""
    inbrenger: float = 0.4
    inbrenger_telling: float = 0.2
    """In his own story most of what sounds like procedure is the case."""
    unknown: float = 0.92


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Where an announcement leads, before one knows what it names (relative weights)."""

    stay: float = 0.25
    """It concerns the present step: a word of explanation, a next speaker."""
    onward: tuple[float, ...] = (1.0, 0.25, 0.1, 0.05)
    """1, 2, 3 … steps on; the last counts for farther too."""
    back: tuple[float, ...] = (0.08, 0.05, 0.03)
    """1, 2 … steps back, when it doesn't say so."""
    made_up: float = 0.3
    """Back to a step that was passed over."""
    said_next: tuple[float, ...] = (1.0, 0.1, 0.03)
    """1, 2 … steps on, when the next step is what is said."""
    said_back: tuple[float, ...] = (1.0, 0.6, 0.4)
    """… when it does."""


class Behaviour(msgspec.Struct, frozen=True, kw_only=True):
    """How much what people do counts beside what is announced."""

    power: float = 0.9
    """Exponent on each turn's likelihood: turns are not independent of each other."""
    most: float = 10.0
    """One turn speaks at most this many times for or against a step."""
    unsure: float = 0.6
    """Weight of a turn whose voice is not certain."""
    short_turn: float = 3.0
    """Seconds; a shorter turn counts in proportion."""
    silence_from: float = 40.0
    """Seconds without speech that say something of the step."""
    sound: float = 0.4
    """Exponent on what a turn sounds like."""
    sound_least: float = 0.02
    """A turn that sounds nothing like a step counts for this share of the one it is most like."""
    silence_all: float = 2.5
    silence_first: float = 1.6
    silence_else: float = 0.7


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the tracker weighs."""

    trust: RoleTrust = RoleTrust()
    order: Order = Order()
    behaviour: Behaviour = Behaviour()
    drift: float = 0.02
    """Chance per turn that the group moved on unannounced, early in a step."""
    drift_late: float = 0.03
    """The same past the planned end of the step."""
    drift_made_up: float = 0.5
    """Chance to go back to a step that was passed over, against the chance to go on."""
    drift_skip: float = 0.05
    """Share of the drift that passes over a step."""
    least: float = 1e-5
    opening_turns: int = 2
    opening_seconds: float = 45.0
    opening: float = 0.15
    """An announcement within the first turns and seconds of a meeting opens its first step."""
    sure_next: float = 0.65
    """Belief at which the announced next step is entered by itself."""
    sure: float = 0.72
    """The same for any other announced step; the order of the method has lowered it already."""
    settled: float = 0.6
    """Share of the doubt that is dropped when a step is entered on what was heard."""
    sure_unannounced: float = 0.92
    sure_farther: float = 0.95
    """The same for a step farther on than the next: an announcement was missed."""
    unannounced_things: int = 4
    """Turns in a row that point at the same step, before it is entered unannounced."""
    farthest: int = 3
    """Steps on that a group may be found to have gone, unannounced."""
    opens: float = 3.0
    """How much more readily a turn of the begeleider opens a step than another's, looking back."""
    skips: float = 0.1
    """Chance that a step between was passed over, looking back."""
    brief: float = 15.0
    """Seconds; what looks like a shorter stay in a step between was none."""
    unsaid_back: float = 0.6
    """What an announcement counts for that leads back without saying so."""
    doubtful: float = 0.65
    """Belief in another step above which no cue is given on how people behave."""
    propose: float = 0.5
    propose_unannounced: float = 0.9
    settle: float = 4.0
    """Seconds after an announcement in which it can be taken back."""
    fresh: float = 90.0
    """Seconds that an announcement supports a move."""
    restated: float = 20.0
    """Seconds in which a second announcement is the same one said again."""
    named: float = 0.5
    """Share of the doubt that is dropped when a step is said by its name."""
    ending: float = 0.4
    """What a word of closing counts for in the last two steps: each step has its own end."""
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
