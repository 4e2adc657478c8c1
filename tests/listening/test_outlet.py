from __future__ import annotations

import os
import threading

import pytest

from companion.events import AgreementHeard, AnyFinding, LevelMeasured
from companion.listening.link import Unpacker, read_finding
from companion.listening.outlet import Outlet


def test_frames_of_many_threads_arrive_whole() -> None:
    ours, theirs = os.pipe()
    outlet = Outlet(theirs)
    long = AgreementHeard(at=1.0, until=2.0, candidate=1, probability=0.5, what="x" * 9_000)

    def send_many() -> None:
        for _ in range(20):
            outlet.send(long)

    threads = [threading.Thread(target=send_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    unpacker = Unpacker()
    found: list[AnyFinding] = []
    while len(found) < 80:
        found += [read_finding(body) for body in unpacker.feed(os.read(ours, 1 << 16))]
    for thread in threads:
        thread.join()
    os.close(ours)
    os.close(theirs)
    assert found == [long] * 80


def test_service_that_is_gone_is_a_broken_pipe() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with pytest.raises(BrokenPipeError):
        Outlet(theirs).send(LevelMeasured(at=0.0, rms_db=-20.0, peak_db=-10.0))
    os.close(theirs)
