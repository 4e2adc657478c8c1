"""What a process has used so far; Linux only."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
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
