"""How many spoken commands arrive: `python -m tests.analysis.commands_heard [WAKE WORD]`.

Each command is read by two synthetic voices at two tempos, heard by the speech model, and
looked for in what it made of that. Needs espeak-ng, MBROLA's nl2 and nl3, and the model.
"""

from __future__ import annotations

import re
import sys

from companion.analysis.commands import Command, CommandEar
from companion.events import VoiceCommand
from companion.session.orders import model_folder
from companion.settings import Settings
from companion.speech.whisper import Whisper
from models.nl.noise.voices import Voice, read_aloud

ASKED: tuple[tuple[str, VoiceCommand], ...] = (
    ("volgende stap", VoiceCommand.NEXT),
    ("ga naar de volgende stap", VoiceCommand.NEXT),
    ("vorige stap", VoiceCommand.BACK),
    ("pauze", VoiceCommand.PAUSE),
    ("verder", VoiceCommand.RESUME),
    ("vijf minuten erbij", VoiceCommand.MORE_MINUTES),
    ("hoeveel tijd nog", VoiceCommand.TIME_LEFT),
    ("hoeveel tijd hebben we nog", VoiceCommand.TIME_LEFT),
    ("volgende spreker", VoiceCommand.NEXT_SPEAKER),
    ("noteer actie, ik bel morgen de leerplichtambtenaar", VoiceCommand.NOTE_ACTION),
    ("vergeet de laatste minuut", VoiceCommand.FORGET_MINUTE),
    ("stop met luisteren", VoiceCommand.STOP_LISTENING),
)
VOICES = tuple(
    Voice(name, pitch, tempo)
    for name, pitch in (("mb-nl2", 1.0), ("mb-nl3", 1.06))
    for tempo in (135, 160)
)


def commands_in(text: str, wake_word: str) -> list[Command]:
    """Every command in what was heard of one utterance."""
    ear = CommandEar(wake_word)
    found = (ear.command(part, 0.0) for part in re.split(r"(?<=[.?!])\s+", text))
    return [command for command in found if command]


def main() -> None:
    """Print what each reading was heard as, and how many commands arrived."""
    wake_word = sys.argv[1] if len(sys.argv) > 1 else "companion"
    whisper = Whisper(model_folder(Settings()))
    right = wrong = 0
    for words, command in ASKED:
        for seed, voice in enumerate(VOICES):
            said = f"{wake_word.capitalize()}, {words}."
            heard = whisper.recognise(read_aloud(said, voice, seed)).text
            found = [each.command for each in commands_in(heard, wake_word)]
            right += found == [command]
            wrong += bool(found) and found != [command]
            sys.stdout.write(f"{'+' if found == [command] else '-'} {words:45} {heard}\n")
    total = len(ASKED) * len(VOICES)
    sys.stdout.write(f"arrived {right} of {total}, as another command {wrong}\n")


if __name__ == "__main__":
    main()
