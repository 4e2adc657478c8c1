"""A listener that speaks the real protocol and hears nothing; its behaviour is its arguments.

    python fake_worker.py LOG [--slow S] [--garbage N] [--deaf] [--exit N]

LOG gets a line of JSON for each life and each instruction. --slow: seconds before the
first sound; --garbage: after N sounds an impossible frame; --deaf: Finish has no effect;
--exit: after N sounds the process ends by itself; --missing: reports a missing model.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import sys
import time
from pathlib import Path

from companion.events import (
    AgreementHeard,
    AnyFinding,
    LevelMeasured,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    TurnHeard,
)
from companion.listening.link import (
    AnyInstruction,
    Finish,
    HearAgain,
    Listen,
    StopHearing,
    Unpacker,
    pack,
    read_instruction,
)

EVERY = 0.02
"""Seconds of sound between two measurements."""


class FakeWorker:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.unpacker = Unpacker()
        self.at: float | None = None
        self.sounds = 0
        self.born = time.monotonic()
        self.note({"pid": os.getpid()})

    def note(self, row: object) -> None:
        with Path(self.options.log).open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")

    def send(self, finding: AnyFinding) -> None:
        os.write(1, pack(finding))

    def report(self, state: ListeningState, problem: str = "") -> None:
        self.send(
            ListeningReported(at=self.at or 0.0, state=state, problem=ListeningProblem(problem))
        )

    def run(self) -> None:
        while True:
            ready, _, _ = select.select([0], [], [], EVERY)
            if ready and not self.read():
                return
            if self.at is not None and time.monotonic() - self.born >= self.options.slow:
                self.sound()

    def read(self) -> bool:
        data = os.read(0, 65536)
        bodies = self.unpacker.feed(data)
        for body in bodies:
            instruction = read_instruction(body)
            self.note(json.loads(body))
            if isinstance(instruction, Finish) and not self.options.deaf:
                return False
            self.obey(instruction)
        return bool(data)

    def obey(self, instruction: AnyInstruction) -> None:
        match instruction:
            case Listen(starts_at=at) if self.options.missing:
                self.report(ListeningState.LOST, ListeningProblem.MODEL_MISSING)
            case Listen(starts_at=at):
                self.report(ListeningState.STARTING)
                self.at = at
            case StopHearing():
                self.at = None
                self.report(ListeningState.PAUSED)
            case HearAgain(starts_at=at):
                self.at = at
                self.report(ListeningState.HEARING)
            case _:
                pass

    def sound(self) -> None:
        if self.at is None:
            return
        if self.sounds == 0:
            self.report(ListeningState.HEARING)
        self.sounds += 1
        self.at += EVERY
        self.send(LevelMeasured(at=self.at, rms_db=-30.0, peak_db=-20.0, speech=True))
        if self.sounds % 10 == 0:
            self.send(TurnHeard(at=self.at - 0.1, until=self.at, voice=1))
            self.send(
                AgreementHeard(
                    at=self.at - 0.1, until=self.at, candidate=1, probability=0.9, what="bellen"
                )
            )
        if self.sounds == self.options.garbage:
            os.write(1, b"\xff\xff\xff\xff and this is no frame")
        if self.sounds == self.options.exit:
            sys.exit(3)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("log")
    parser.add_argument("--slow", type=float, default=0.0)
    parser.add_argument("--garbage", type=int, default=0)
    parser.add_argument("--exit", type=int, default=0)
    parser.add_argument("--deaf", action="store_true")
    parser.add_argument("--missing", action="store_true")
    FakeWorker(parser.parse_args()).run()


if __name__ == "__main__":
    main()
