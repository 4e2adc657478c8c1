from __future__ import annotations

from companion.analysis.agreement_memory import AgreementMemory
from companion.analysis.agreement_slots import Slots

CALL = Slots("Ik bel mijn teamleider over het rooster", with_whom="mijn teamleider")


def test_each_new_agreement_gets_its_own_number() -> None:
    memory = AgreementMemory()
    first = memory.said(CALL, 0.9, 1)
    second = memory.said(Slots("Ik schrijf een brief aan de ouders"), 0.8, 1)
    assert (first.number, second.number) == (1, 2)


def test_an_agreement_said_again_keeps_its_number_and_gains_what_was_added() -> None:
    memory = AgreementMemory()
    memory.said(CALL, 0.9, 1)
    again = memory.said(Slots("Ik bel dus mijn teamleider over het rooster", when="morgen"), 0.7, 1)
    assert again.number == 1
    assert again.slots.when == "morgen"
    assert again.slots.with_whom == "mijn teamleider"
    assert again.probability == 0.9


def test_a_correction_just_after_moves_the_moment() -> None:
    memory = AgreementMemory()
    memory.said(CALL._replace(when="woensdag"), 0.9, 1)
    memory.next_sentence(0.0)
    found = memory.corrected("Nee, toch donderdag.", 1)
    assert found is not None
    assert (found.number, found.slots.when) == (1, "donderdag")


def test_a_moment_said_afterwards_completes_the_agreement() -> None:
    memory = AgreementMemory()
    memory.said(CALL, 0.9, 1)
    found = memory.corrected("Dat doe ik morgen.", 1)
    assert found is not None
    assert found.slots.when == "morgen"


def test_a_moment_in_another_story_corrects_nothing() -> None:
    memory = AgreementMemory()
    memory.said(CALL._replace(when="woensdag"), 0.9, 1)
    assert memory.corrected("Maandag was hij er ook al niet.", 1) is None


def test_another_voice_or_a_late_sentence_changes_nothing() -> None:
    memory = AgreementMemory()
    memory.said(CALL, 0.9, 1)
    assert memory.taken_back("Laat maar.", 2) is None
    for _ in range(5):
        memory.next_sentence(0.0)
    assert memory.taken_back("Laat maar.", 1) is None


def test_an_agreement_can_be_taken_back() -> None:
    memory = AgreementMemory()
    memory.said(CALL, 0.9, 1)
    gone = memory.taken_back("Nee, laat maar.", 1)
    assert gone is not None
    assert gone.number == 1
    assert memory.candidates == []


def test_agreement_of_a_forgotten_stretch_is_gone_and_its_number_never_comes_back() -> None:
    memory = AgreementMemory()
    memory.next_sentence(10.0)
    memory.said(Slots("Ik schrijf een brief aan de ouders"), 0.8, 1)
    memory.next_sentence(70.0)
    memory.said(CALL, 0.9, 1)
    memory.forget(60.0, 120.0)
    assert [candidate.number for candidate in memory.candidates] == [1]
    assert memory.corrected("Nee, toch donderdag.", 1) is None
    assert memory.said(CALL, 0.9, 1).number == 3
