"""What a process has used so far, and what other work the machine had; Linux only."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Usage:
    """Processor seconds of all its threads, and memory in MiB now and at most."""

    cpu_seconds: float = 0.0
    mib: float = 0.0
    peak_mib: float = 0.0


def usage_of(pid: int) -> Usage:
    """The usage of `pid`; zeros where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        times = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return Usage()
    sizes = {name: int(size) / 1024 for name, size in re.findall(r"(Vm\w+):\s+(\d+) kB", status)}
    ticks = int(times[11]) + int(times[12])
    return Usage(ticks / os.sysconf("SC_CLK_TCK"), sizes.get("VmRSS", 0), sizes.get("VmHWM", 0))


def _worked() -> float:
    """Processor seconds of all that ran on this machine."""
    first = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0]
    user, nice, system, _, _, *interrupts = (int(ticks) for ticks in first.split()[1:9])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Watch:
    """Tells how busy the machine was with other things, since it was made."""

    began: float = field(default_factory=time.monotonic)
    worked: float = field(default_factory=_worked)

    def others(self, own: float) -> float:
        """Cores in use, apart from `own` processor seconds."""
        return max(0.0, _worked() - self.worked - own) / (time.monotonic() - self.began)


@contextmanager
def busy(count: int) -> Iterator[None]:
    """Beside so many processes that each keep a core busy, if they are let."""
    with ExitStack() as stack:
        for _ in range(count):
            command = [sys.executable, "-c", "while True: pass"]
            stack.callback(stack.enter_context(subprocess.Popen(command)).kill)
        yield
