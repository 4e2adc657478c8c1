"""What the listener can't do, whatever its libraries try: reach a network, write a file.

Linux holds it with two of its own means, both inherited by every thread and child:

* seccomp refuses sockets that are not local (PulseAudio needs a local one) and the
  system calls that go around that or reach into other processes;
* Landlock refuses to open any file for writing, to make, rename or remove one.
  Only sound devices and /dev/null stay writable; PulseAudio's shared memory has no path.

Beside them: no core dump, no dump of memory by the same user. Landlock binds the
thread that asks and those made after it, so this comes before all heavy imports.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from dataclasses import dataclass

_WRITABLE = ("/dev/snd", "/dev/null")

# linux/landlock.h, the same number on every architecture
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _RULE_PATH_BENEATH = 1, 1
_WRITE_FILE = 1 << 1
_REMOVE_DIR, _REMOVE_FILE = 1 << 4, 1 << 5
_MAKE = sum(1 << bit for bit in range(6, 13))  # character, directory, file, socket, fifo, …
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_O_PATH = 0o10000000

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38

_NEVER = (
    # around the socket filter
    "io_uring_setup", "io_uring_enter", "io_uring_register", "pidfd_getfd",
    # into another process or the kernel
    "ptrace", "process_vm_writev", "process_vm_readv", "bpf", "userfaultfd", "perf_event_open",
    # what Landlock leaves: attributes can hold text, and mounts change what a path is
    "setxattr", "lsetxattr", "fsetxattr", "mount", "move_mount", "open_tree", "fsopen",
    "open_by_handle_at", "truncate",
)  # fmt: skip


class SandboxError(Exception):
    """The machine can't hold the listener; the text says why."""


@dataclass(frozen=True)
class Sandbox:
    """Whether it is in force, and why not where it isn't."""

    enforced: bool
    why_not: str = ""


def enter() -> Sandbox:
    """Shut this process in for good; call it before any thread exists."""
    if not sys.platform.startswith("linux"):
        return Sandbox(enforced=False, why_not=f"not enforced on {sys.platform}")
    try:
        _no_dumps()
        _no_files()
        _no_network()
    except SandboxError as error:
        return Sandbox(enforced=False, why_not=str(error))
    return Sandbox(enforced=True)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _no_dumps() -> None:
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _libc().prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) or _libc().prctl(
        _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0
    ):
        raise SandboxError("prctl was refused")


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def _no_files() -> None:
    """Landlock: nothing may be written outside _WRITABLE."""
    libc = _libc()
    version = libc.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    if version < 1:
        raise SandboxError("this kernel has no Landlock")
    handled = _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE
    if version >= 2:
        handled |= _REFER
    if version >= 3:
        handled |= _TRUNCATE
    ruleset = _Ruleset(handled)
    rules = _checked(
        libc.syscall(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.sizeof(ruleset), 0)
    )
    try:
        for path in filter(os.path.exists, _WRITABLE):
            _allow(libc, rules, path, handled)
        _checked(libc.syscall(_RESTRICT_SELF, rules, 0))
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: str, handled: int) -> None:
    access = _WRITE_FILE | (handled & _TRUNCATE)
    parent = os.open(path, _O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneath(access, parent)
        _checked(libc.syscall(_ADD_RULE, rules, _RULE_PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(parent)


def _checked(result: int) -> int:
    if result < 0:
        raise SandboxError(f"Landlock: {os.strerror(ctypes.get_errno())}")
    return result


def _no_network() -> None:
    """Seccomp: no socket but a local one, in every thread."""
    try:
        import pyseccomp  # noqa: PLC0415 - needs libseccomp, on Linux only
    except (ImportError, RuntimeError, OSError) as error:
        raise SandboxError("libseccomp2 is missing") from error
    refusal = pyseccomp.ERRNO(1)  # EPERM
    try:
        rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        rules.set_attr(pyseccomp.Attr.CTL_TSYNC, 1)
        for call in ("socket", "socketpair"):
            rules.add_rule(refusal, call, pyseccomp.Arg(0, pyseccomp.NE, socket.AF_UNIX))
        for call in _NEVER:
            rules.add_rule(refusal, call)
        rules.load()
    except OSError as error:
        raise SandboxError(f"seccomp: {error.strerror}") from error
