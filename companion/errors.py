"""Every error that a user can meet.

    CompanionError
    ├── UsageError            exit 2   the call or the file is wrong
    │   ├── RecordingError             a recording that can't be read
    │   ├── TranscriptError            a transcript that can't be replayed
    │   └── MethodError                an unknown or invalid method
    ├── ModelError            exit 3   a speech or language model is missing or damaged
    ├── MicrophoneError       exit 4   no usable microphone
    ├── StorageError          exit 5   the database can't be opened or written
    ├── ServiceError          exit 6   the service can't start (a port in use, say)
    └── ConflictError         exit 7   the command came from a page that was behind

Raised inside, translated once at each edge: one line and the exit code on the
command line, a notice or problem+json on the page.
"""

from __future__ import annotations

from typing import ClassVar


class CompanionError(Exception):
    """An error with a stable code, a message that says what, and a hint that says what to do."""

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}".rstrip() if self.hint else self.message


class UsageError(CompanionError):
    """The call or a file given with it is wrong."""

    exit_code = 2


class RecordingError(UsageError):
    """A recording that can't be read."""


class TranscriptError(UsageError):
    """A transcript that can't be replayed."""


class MethodError(UsageError):
    """An unknown method, or a definition that breaks the rules."""


class ModelError(CompanionError):
    """A speech or language model is missing or damaged."""

    exit_code = 3


class MicrophoneError(CompanionError):
    """No usable microphone."""

    exit_code = 4


class StorageError(CompanionError):
    """The database can't be opened or written."""

    exit_code = 5


class ServiceError(CompanionError):
    """The service can't start."""

    exit_code = 6


class ConflictError(CompanionError):
    """A command was based on an older state than the present one."""

    exit_code = 7
