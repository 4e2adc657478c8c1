from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.fuzzing import fuzz


@pytest.mark.parametrize("seed", [11, 12])
async def test_nothing_that_is_sent_breaks_the_service(tmp_path: Path, seed: int) -> None:
    assert await fuzz(tmp_path, 1000, seed) == []
