from __future__ import annotations

import re

from companion.cues.catalogue import Cue, catalogue, filled
from companion.vocabulary import Text

# what each rule counts; a text may use no other number
COUNTS = {
    "time-20": {"minutes", "seconds", "spent", "planned"},
    "time-5": {"minutes", "seconds", "spent", "planned"},
    "time-over": {"minutes", "seconds", "spent", "planned"},
    "time-left": {"minutes", "spent", "planned"},
    "meeting-end": {"minutes", "spent", "planned"},
    "closed-in-a-row": {"count"},
    "leading": {"count", "of"},
    "stacked": {"count"},
    "early-advice": {"count"},
    "early-disguised": {"count"},
    "never-advice": {"count"},
    "inbrenger-speaks": {"seconds"},
    "inbrenger-answers": {"seconds"},
    "talk-while-writing": {"seconds"},
    "discussion": {"count"},
    "dominates": {"percent"},
    "no-turn": {"count", "of"},
    "plan-incomplete": {"actions", "complete"},
    "look-back": {"actions"},
    "praise-open": {"count", "of"},
    "listening-lost": {"seconds"},
}


def _texts(cue: Cue) -> list[Text]:
    return [cue.title, cue.text, cue.group, cue.why]


def test_the_cues_are_those_that_rules_can_raise() -> None:
    assert set(catalogue()) == set(COUNTS)


def test_every_word_stands_in_both_languages() -> None:
    for name, cue in catalogue().items():
        assert all(text.nl and text.en for text in _texts(cue)), name


def test_texts_use_only_numbers_that_their_rule_gives() -> None:
    for name, cue in catalogue().items():
        for text in _texts(cue):
            used = set(re.findall(r"{(\w+)}", text.nl + text.en))
            assert used <= COUNTS[name], name


def test_no_text_calls_anyone_wrong() -> None:
    for name, cue in catalogue().items():
        words = " ".join(t.nl.lower() for t in _texts(cue))
        assert not re.search(r"\b(fout|verkeerd|niet goed|slecht)\b", words), name


def test_long_times_are_said_in_minutes() -> None:
    text = Text(nl="nog {minutes}", en="{minutes} left")
    assert filled(text, {"minutes": 240.0}, "nl") == "nog 4 minuten"
    assert filled(text, {"minutes": 45.0}, "en") == "45 seconds left"


def test_the_clock_and_the_listener_are_not_rationed_as_behaviour() -> None:
    kinds = {name: cue.kind for name, cue in catalogue().items()}
    assert {n for n, k in kinds.items() if k == "time"} == {
        "time-20",
        "time-5",
        "time-over",
        "time-left",
        "meeting-end",
    }
    assert kinds["listening-lost"] == "listening"
    assert kinds["praise-open"] == "praise"
