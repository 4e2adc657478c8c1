"""The listener process: `python -m companion.listening.worker`.

Instructions come on standard input, findings go out on a descriptor of their own; the
standard output that libraries may print on is turned to standard error. Nothing that
was said is ever logged: a crash prints its type and its place, never its text. The end
of standard input, SIGTERM and Finish end the process at once; with it, all words.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from companion.listening.link import AnyInstruction, Finish, Listen, Unpacker, read_instruction
from companion.listening.sandbox import enter

if TYPE_CHECKING:
    from companion.listening.analysis import Analysis
    from companion.speech.transcriber import Transcriber
    from companion.speech.voice_network import Network

_CRASHED = 70
_BLOCK = 1 << 16


def main() -> None:
    """Shut the process in, then do as instructed until told to end."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    outlet_fd = _claim_standard_output()
    _keep_silent()
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    sandbox = enter()

    # numpy and the rest start threads: only now, since Landlock binds those made after it
    from companion.listening.listener import Listener  # noqa: PLC0415
    from companion.listening.outlet import Outlet  # noqa: PLC0415

    send = Outlet(outlet_fd).send
    listener = Listener(
        send,
        _transcriber,
        _analysis,
        enforced=sandbox.enforced,
        load_network=_network,
        load_second=_second,
    )
    for instruction in _instructions(sys.stdin.fileno()):
        if isinstance(instruction, Finish):
            break
        listener.follow(instruction)
    os._exit(0)  # no waiting for threads: what is not yet recognised is dropped


def _claim_standard_output() -> int:
    """A private descriptor for the findings; file descriptor 1 becomes standard error."""
    private = os.dup(1)
    os.dup2(2, 1)
    return private


def _keep_silent() -> None:
    """No library may log or warn words, and a crash says only what and where."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.dont_write_bytecode = True
    sys.excepthook = lambda kind, _, place: _crash(kind, place)
    threading.excepthook = lambda args: _crash(args.exc_type, args.exc_traceback)
    sys.unraisablehook = lambda args: _crash(args.exc_type, args.exc_traceback)


def _crash(kind: type[BaseException], place: TracebackType | None) -> None:
    """End the process, so that the service starts another."""
    frames = traceback.extract_tb(place)
    where = f"{Path(frames[-1].filename).stem}:{frames[-1].lineno}" if frames else "?"
    os.write(2, f"listener: {kind.__name__} at {where}\n".encode())
    os._exit(_CRASHED)


def _instructions(fd: int) -> Iterator[AnyInstruction]:
    unpacker = Unpacker()
    while data := os.read(fd, _BLOCK):
        for body in unpacker.feed(data):
            yield read_instruction(body)


def _transcriber(order: Listen) -> Transcriber:
    from companion.speech.whisper import Whisper  # noqa: PLC0415 - loaded beside the ears

    return Whisper(Path(order.speech_model))


def _second(order: Listen) -> Transcriber:
    from companion.speech.whisper import Whisper  # noqa: PLC0415 - loaded beside the ears

    return Whisper(Path(order.speech_model), threads=1)


def _network() -> Network:
    from companion.speech.voice_network import VoiceNetwork  # noqa: PLC0415 - loaded beside the ears

    return VoiceNetwork()


def _analysis(order: Listen) -> Analysis:
    from companion.analysis.analyser import Analyser  # noqa: PLC0415 - spaCy takes a second

    today = date.fromisoformat(order.today) if order.today else date.today()  # noqa: DTZ011
    return Analyser(order.language_model, order.steps, today, order.wake_word)


if __name__ == "__main__":
    main()
