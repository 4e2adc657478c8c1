"""What the trained components share: named tables of weights that spaCy saves and loads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar, Self

from companion.analysis.hashed import HashedLinear


class Weighted:
    """A component with one HashedLinear per name in `needs`."""

    needs: ClassVar[tuple[str, ...]] = ()

    def __init__(self, models: Mapping[str, HashedLinear] | None = None) -> None:
        self.models = dict(models or {})

    def model(self, name: str) -> HashedLinear:
        """The table of that name; KeyError before weights were loaded."""
        return self.models[name]

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the weights; spaCy's serialisation calls this."""
        for name in self.needs:
            self.models[name].to_disk(Path(path) / name)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Self:  # noqa: ARG002
        """Read the weights; raises ModelError when they are missing or damaged."""
        self.models = {name: HashedLinear.from_disk(Path(path) / name) for name in self.needs}
        return self
