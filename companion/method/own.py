"""The user's own methods as files in the configuration folder: written whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from companion.errors import MethodError
from companion.method.definitions import Methods, check_method, read_methods
from companion.method.exporting import dump_method
from companion.vocabulary import Method


class OwnMethods:
    """Reads and writes `config_dir`/methods/*.toml."""

    def __init__(self, config_dir: Path) -> None:
        self._config_dir = config_dir

    def read(self) -> Methods:
        """All methods, the shipped ones too, as they are on the disk now."""
        return read_methods(self._config_dir)

    def save(self, method: Method) -> None:
        """Write the method into its file; MethodError when it is faulty or can't be written."""
        check_method(method, method.id)
        file = self._folder / self.read().own.get(method.id, f"{method.id}.toml")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write_whole(file, dump_method(method))
        except OSError as error:
            raise MethodError(
                "method.unwritable", f"{file.name} can't be written: {error.strerror}"
            ) from error

    def remove(self, method: str) -> None:
        """Delete the own method of this id; a shipped one stays."""
        file = self.read().own.get(method)
        if file is not None:
            try:
                (self._folder / file).unlink(missing_ok=True)
            except OSError as error:
                raise MethodError(
                    "method.unwritable", f"{file} can't be removed: {error.strerror}"
                ) from error

    @property
    def _folder(self) -> Path:
        return self._config_dir / "methods"


def _write_whole(file: Path, text: str) -> None:
    """Through a file beside it, so that a full disk leaves the old one as it was."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)  # there only when it did not take its place
