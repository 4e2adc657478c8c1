"""Each refusal in a child process; the same attempt without the sandbox must succeed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from companion.listening import sandbox

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")

_PREPARE = """
import ctypes, mmap, os, socket, subprocess, sys, threading
os.chdir(sys.argv[1])
open("old.txt", "w").write("old")
from companion.listening.sandbox import enter
libc = ctypes.CDLL(None, use_errno=True)
def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
"""
_ENTER = "assert enter().enforced, enter()\n"
_ATTEMPT = """
try:
    {attempt}
except OSError as error:
    print("refused", error.errno)
else:
    print("done")
"""


def _try(folder: Path, attempt: str, enter: str) -> str:
    code = _PREPARE + enter + _ATTEMPT.format(attempt=attempt)
    result = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


_FILES = {
    "a new file": 'open("new.txt", "w")',
    "an old file": 'open("old.txt", "r+")',
    "a longer file": 'open("old.txt", "a")',
    "a temporary file": "os.open('.', os.O_TMPFILE | os.O_RDWR)",
    "shared memory": 'open("/dev/shm/companion-test", "w")',
    "a shorter file": 'os.truncate("old.txt", 0)',
    "a folder": 'os.mkdir("folder")',
    "a link that holds text": 'os.symlink("words", "link")',
    "a hard link": 'os.link("old.txt", "link")',
    "another name": 'os.rename("old.txt", "words.txt")',
    "no file": 'os.unlink("old.txt")',
    "a pipe": 'os.mkfifo("pipe")',
    "a named socket": "socket.socket(socket.AF_UNIX).bind('socket')",
    "a child that writes": 'subprocess.run("echo words > new.txt", shell=True, check=True)',
}
_NETWORK = {
    "IPv4": "socket.socket(socket.AF_INET)",
    "IPv4 datagrams": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "IPv6": "socket.socket(socket.AF_INET6)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "vsock": "socket.socket(socket.AF_VSOCK)",
}


@pytest.mark.parametrize("attempt", [*_FILES, *_NETWORK])
def test_attempt_is_refused(tmp_path: Path, attempt: str) -> None:
    code = {**_FILES, **_NETWORK}[attempt]
    if attempt == "a child that writes":  # a shell says so by its exit status
        code = 'print("refused" if subprocess.call("echo words > new.txt", shell=True) else "done")'
        code += "; raise SystemExit"
    assert _try(tmp_path, code, _ENTER).startswith("refused")
    assert (tmp_path / "old.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]


@pytest.mark.parametrize("attempt", [*_FILES, *_NETWORK])
def test_attempt_succeeds_where_there_is_no_sandbox(tmp_path: Path, attempt: str) -> None:
    code = {**_FILES, **_NETWORK}[attempt]
    try:
        assert _try(tmp_path, code, enter="") == "done"
    finally:
        Path("/dev/shm/companion-test").unlink(missing_ok=True)  # noqa: S108


def test_threads_made_later_are_bound_too(tmp_path: Path) -> None:
    code = """
    seen = []
    def write():
        try:
            open("new.txt", "w")
        except OSError:
            seen.append("file")
        try:
            socket.socket(socket.AF_INET)
        except OSError:
            seen.append("socket")
    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    print(*seen)"""
    assert _try(tmp_path, code.strip(), _ENTER).splitlines()[0] == "file socket"


def test_ways_around_are_closed(tmp_path: Path) -> None:
    io_uring = "check(libc.syscall(425, 1, None))"  # the same number on every architecture
    ptrace = "check(libc.ptrace(0, 0, 0, 0))"
    assert _try(tmp_path, io_uring, _ENTER) == "refused 1"
    assert _try(tmp_path, ptrace, _ENTER) == "refused 1"
    assert _try(tmp_path, ptrace, enter="") == "done"


def test_memory_is_not_dumped(tmp_path: Path) -> None:
    code = "import resource; print(*resource.getrlimit(resource.RLIMIT_CORE), libc.prctl(3))"
    assert _try(tmp_path, code, _ENTER).splitlines()[0] == "0 0 0"
    assert _try(tmp_path, code, enter="").splitlines()[0].endswith(" 1")


def test_what_the_microphone_needs_stays_open(tmp_path: Path) -> None:
    code = 'open("/dev/null", "w"); socket.socket(socket.AF_UNIX); os.memfd_create("sound")'
    assert _try(tmp_path, code, _ENTER) == "done"


def test_kernel_without_landlock_is_said_to_hold_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise sandbox.SandboxError("this kernel has no Landlock")

    monkeypatch.setattr(sandbox, "_no_dumps", refuse)
    assert sandbox.enter() == sandbox.Sandbox(enforced=False, why_not="this kernel has no Landlock")


def test_other_systems_are_said_to_hold_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert sandbox.enter() == sandbox.Sandbox(enforced=False, why_not="not enforced on darwin")
