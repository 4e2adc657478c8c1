"""A corpus text as it may be met: as written, without its question mark, as heard."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

from models.nl.noise.noise import NoiseModel
from models.nl.reading import CORPUS, Part

COPIES = 2
"""Distorted copies of a text."""


@cache
def noise() -> NoiseModel:
    """What the recogniser does to text."""
    return NoiseModel.load()


@cache
def real_readings(part: Part) -> dict[str, str]:
    """Corpus id → what the recogniser made of a spoken reading, where there is one."""
    file = CORPUS / "heard" / f"{part}.jsonl"
    rows = file.read_text("utf-8").splitlines() if file.exists() else []
    found = (json.loads(row) for row in rows)
    return {Path(row["id"]).name.replace(".txt", ""): row["heard"] for row in found}


def unmarked(text: str) -> str:
    """`text` as a recogniser writes it that lost its question mark."""
    return text.replace("?", ".")


class Versions:
    """Makes versions with a seed of its own, so that one use doesn't shift another."""

    def __init__(self, seed: int, copies: int = COPIES) -> None:
        self._rng = random.Random(seed)  # noqa: S311 (no secret)
        self._copies = copies

    def of(self, key: str, text: str) -> list[str]:
        """The text as written, without its question mark, as really heard, and distorted."""
        real = real_readings("train").get(key)
        heard = [noise().distort(text, self._rng) for _ in range(self._copies)]
        return [*dict.fromkeys([text, unmarked(text)]), *([real] if real else []), *heard]
